import { tellsOtherPlace } from "./areas.ts";
import { STEP_TIMERS } from "./conversation.ts";
import { WAITING_FOR_HELP } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/** After so long without a word an episode is over. */
const EPISODE_LIFE = 12 * 60 * 60_000;
/** After so long nobody can say when what grips now began. */
const STILL_SAME = 30 * 60_000;

/** A long silence ends an episode; after a shorter one its start counts as not known. */
export function ageEpisode(turn: Turn): void {
  const { conversation } = turn;
  const { episode } = conversation;
  if (episode === null || episode.ended) return;
  const silent = turn.now - episode.lastAt;
  if (silent >= EPISODE_LIFE) {
    finishEpisode(turn, episode);
    conversation.question = null;
    conversation.parked = [];
    turn.clearTimer(...STEP_TIMERS);
    return;
  }
  turn.silent = silent;
  if (silent >= STILL_SAME && episode.startedAt === null) {
    episode.startUnsure = true;
  }
}

export function takeWordless(turn: Turn, message: MessageEvent): void {
  turn.halted = true;
  turn.sayMessage(message.without === "picture" ? "no-pictures" : "empty");
  if (turn.conversation.question !== null) reask(turn);
}

/** A button of an older question. */
export function isStale(turn: Turn, message: MessageEvent): boolean {
  const { question } = turn.conversation;
  if (message.choice === null) return false;
  if (message.choice === "start-over" || (turn.escalated && WAITING_FOR_HELP.includes(message.choice))) return false;
  if (question === null) return true;
  if (message.choiceOf !== null && message.choiceOf !== question.id) return true;
  return !message.choice.split(",").some((value) => question.options.includes(value.trim()));
}

/** Back after so long with a hello or a cramp: it may be another one. */
const A_WHILE = 60 * 60_000;

/** "We talked about the calf a while ago. Is it still the same cramp?" Asked before old facts are built upon. */
export function askWhetherSame(turn: Turn, { choice, understanding }: MessageEvent): boolean {
  const { episode } = turn;
  if (choice !== null || episode === null || episode.area === null || turn.silent < A_WHILE || turn.escalated) return false;
  const { intent, confidence, findings, pain } = understanding;
  const comesBack = (intent === "greet" || intent === "report-spasm") && confidence >= 0.45;
  const tells = pain.value !== null || findings.get("eased") === "present" || tellsOtherPlace({ understanding }, episode);
  if (!comesBack || tells) return false;
  const choices = turn.choices("same-one", "something-new");
  turn.clearTimer("hold", "massage");
  turn.conversation.paused = null;
  turn.askMessage("resume", { id: "resume", ask: "resume", choices });
  return true;
}

import { WAITING_FOR_HELP } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/** After so long without a word an episode is over. */
const EPISODE_LIFE = 12 * 60 * 60_000;
/** After so long the bot asks whether it is still the same cramp. */
const STILL_SAME = 30 * 60_000;

/** A long silence ends an episode, or asks whether it is still the same. */
export function ageEpisode(turn: Turn): void {
  const { conversation } = turn;
  const { episode } = conversation;
  if (episode === null || episode.ended) return;
  const silent = turn.now - episode.lastAt;
  if (silent >= EPISODE_LIFE) {
    finishEpisode(turn, episode);
    conversation.question = null;
    conversation.parked = [];
    turn.clearTimer("hold", "massage", "hard-stop", "recheck", "reminder");
  } else if (silent >= STILL_SAME && episode.startedAt === null) {
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
  if (WAITING_FOR_HELP.includes(message.choice)) return false;
  if (question === null) return true;
  if (message.choiceOf !== null && message.choiceOf !== question.id) return true;
  return !message.choice.split(",").some((value) => question.options.includes(value.trim()));
}

import { asksSomething, chosen, saysDone, yesNoOf } from "./answer-reading.ts";
import { areaOf } from "./areas.ts";
import { type Conversation, type Episode, newEpisode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { bellyKindOf } from "./first-aid/belly-kind.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { markDone, unmark } from "./flow.ts";
import { isGone } from "./pending-pain.ts";
import { isSore, SORE } from "./situation.ts";
import { endStory } from "./suspicion.ts";
import type { Turn } from "./turn.ts";

/** Answers about where it is, and whether it is there at all. Each says whether the message was an answer. */

export function answerArea(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  if (value !== undefined && value in turn.content.areas) episode.area = value;
  else if (understanding.area !== null) episode.area = areaOf(understanding.area, understanding);
  else if (understanding.vague !== null && understanding.vague !== "body") episode.vague = understanding.vague;
  if (episode.area === null && understanding.vague === null) return false;
  turn.conversation.question = null;
  // The stop was said without a move: now there is a place for one.
  if (episode.area !== null && turn.area?.severe === "limb") unmark(episode, "stop-activity");
  return true;
}

export function answerBellyKind(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  if (asksSomething(message)) return false;
  const kind = value ?? bellyKindOf(message.understanding, true);
  if (kind === "muscle") {
    episode.area = "abdomen-wall";
    markDone(episode, "stretch-gate");
  } else if (kind === "period") episode.area = "pelvis";
  else if (kind !== "gut") return false;
  turn.conversation.question = null;
  return true;
}

/** "Is it still the same cramp?" after a long pause: if it is, or it has let go, the talk goes on where it was. */
export function answerResume(turn: Turn, message: MessageEvent, conversation: Conversation): boolean {
  const value = chosen(turn, message)[0];
  const gone = message.understanding.findings.get("eased") === "present";
  const answer = yesNoOf(turn, message);
  if (value !== "same-one" && value !== "something-new" && answer === null && !gone) return false;
  conversation.question = null;
  if (!gone && (value === "something-new" || answer === "no")) {
    if (turn.episode !== null) finishEpisode(turn, turn.episode);
    conversation.episode = newEpisode(conversation.turns, turn.now);
  }
  return true;
}

/** "Is it cramping right now?" of a message that tells a story. */
export function answerActiveNow(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const answer = yesNoOf(turn, message) ?? gripTold(message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "no") {
    endStory(turn, episode);
  } else {
    // What was told before is its history: this one began just now.
    if (isSore(episode) || episode.row === "flag-soon") episode.startedAt = null;
    episode.findings = episode.findings.filter((finding) => finding !== SORE);
    episode.grip = "gripping";
    applyDecision(turn, episode);
  }
  return true;
}

/** A young child writes: whether a grown-up is there, to whom the rest is written. */
export function answerGrownUp(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const answer = yesNoOf(turn, message);
  if (
    value === "grown-up-is-here" ||
    message.understanding.findings.has("grown-up-told") ||
    answer === "yes" ||
    saysDone(message)
  ) {
    turn.conversation.question = null;
    episode.patient = { who: "other", relation: null };
    turn.sayMessage("grown-up-here");
    return true;
  }
  if (value !== "nobody-here" && answer === null) return false;
  turn.sayMessage("no-grown-up", { ask: "confirm", choices: [turn.choice("grown-up-is-here")] });
  turn.halted = true;
  return true;
}

/** "It has let go", "it is cramping": an answer without a yes or no. */
function gripTold(message: MessageEvent): "yes" | "no" | null {
  const { findings, intent, confidence } = message.understanding;
  if (findings.get("eased") === "present" || isGone(message)) return "no";
  return intent === "report-spasm" && confidence >= 0.5 ? "yes" : null;
}

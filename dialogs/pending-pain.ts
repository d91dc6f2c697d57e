import { SEVERE } from "../src/understanding/pain.ts";
import { chosen, yesNoOf } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { assess, markAssessed } from "./first-aid/recheck.ts";
import { askSeverity } from "./first-aid/severity.ts";
import { painBand } from "./situation.ts";
import type { Turn } from "./turn.ts";

/** Answers about pain, its start and how it goes. Each says whether the message was an answer. */

const MINUTE = 60_000;

export function answerSeverity(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const { pain, findings } = message.understanding;
  const value = message.choice === null ? null : Number(chosen(turn, message)[0] ?? Number.NaN);
  if (pain.offScale !== null) {
    turn.sayMessage("off-scale");
    askSeverity(turn);
    return true;
  }
  if (value !== null && !Number.isNaN(value)) tellPain(turn, episode, value);
  const told = value !== null || pain.value !== null || pain.word !== null;
  const eased = findings.get("eased") === "present" || isGone(message);
  if (!told && !eased) {
    if (yesNoOf(turn, message) === "unsure" || message.understanding.intent === "done") return askForWord(turn);
    return false;
  }
  if (eased) episode.grip = "let-go";
  turn.conversation.question = null;
  const { before, now } = episode.pain;
  if (before !== null && now !== null) assess(episode, now < before ? "better" : now > before ? "worse" : "same");
  else markAssessed(episode);
  if (episode.grip === "let-go") episode.trend = "better";
  return true;
}

/** A button carries no words to understand: the number is taken over here. */
function tellPain(turn: Turn, episode: Episode, value: number): void {
  episode.pain = { ...episode.pain, before: episode.pain.now, now: value, word: null, toldAt: turn.now };
  if (value >= SEVERE) {
    episode.pain.severeOnce = true;
    turn.severeNow = true;
  }
}

/** No number: a word will do, asked once. */
export function askForWord(turn: Turn): boolean {
  const choices = turn.choices("mild", "moderate", "severe");
  turn.askMessage("ask-severity-word", { id: "severity-word", ask: "severity", choices });
  return true;
}

export function answerSeverityWord(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0] ?? message.understanding.pain.word;
  if (value !== "mild" && value !== "moderate" && value !== "severe") {
    if (message.understanding.pain.value !== null) return answerSeverity(turn, message, episode);
    // No number and no word: no level is raised for that; the flow goes on.
    turn.conversation.question = null;
    episode.pain.word = "moderate";
    markAssessed(episode);
    return true;
  }
  turn.conversation.question = null;
  episode.pain.word = value;
  episode.pain.toldAt = turn.now;
  markAssessed(episode);
  if (value === "severe") {
    episode.pain.severeOnce = true;
    turn.severeNow = true;
  }
  return true;
}

export function answerOnset(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { duration, words } = message.understanding;
  if (value === "under-10") episode.startedAt = Math.max(episode.startedAt ?? 0, turn.now - 2 * MINUTE);
  else if (value === "over-10") episode.startedAt = turn.now - 15 * MINUTE;
  else if (duration !== null) episode.startedAt = turn.now - duration.minutes * MINUTE;
  else if (value === "unsure" || yesNoOf(turn, message) === "unsure") episode.startUnsure = true;
  else if (/\b(longer|ages|long|more|over)\b/.test(words)) episode.startedAt = turn.now - 15 * MINUTE;
  else if (/\b(under|less|just|now|seconds)\b/.test(words)) episode.startedAt = turn.now - 2 * MINUTE;
  else if ((turn.conversation.question?.tries ?? 0) > 0) episode.startUnsure = true;
  else return false;
  turn.conversation.question = null;
  turn.severeNow = painBand(episode) === "severe";
  return true;
}

export function answerRecheck(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const outcome = outcomeOf(turn, message, episode);
  if (outcome === null) return false;
  turn.conversation.question = null;
  assess(episode, outcome);
  return true;
}

export type Outcome = "better" | "same" | "worse";

/** Better, the same or worse: by button, by number, by "it let go", by intent. */
export function outcomeOf(turn: Turn, message: MessageEvent, episode: Episode): Outcome | null {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  if (value === "gone" || value === "let-go" || isGone(message) || understanding.findings.get("eased") === "present") {
    episode.grip = "let-go";
    return "better";
  }
  if (value === "still") return "same";
  if (value === "better" || value === "same" || value === "worse") return value;
  return byPain(turn, message, episode) ?? byIntent(understanding.intent) ?? (understanding.pain.value !== null ? "same" : null);
}

/** "Gone" as a whole message, when no button of that name is open. */
export function isGone({ understanding }: MessageEvent): boolean {
  return /^(its |it has |it is |all |the cramp is |now )*(gone|stopped|over)( now| thanks)?$/.test(understanding.words);
}

function byPain(turn: Turn, { understanding }: MessageEvent, episode: Episode): Outcome | null {
  const { before, now } = episode.pain;
  if (understanding.pain.value !== null && now !== null) {
    if (now <= 3) return "better";
    if (before !== null && before !== now) return now < before ? "better" : "worse";
    return null;
  }
  if (!turn.severeNow || turn.bandBefore === "unknown") return null;
  return turn.bandBefore === "severe" ? "same" : "worse";
}

function byIntent(intent: string): Outcome | null {
  if (intent === "report-better") return "better";
  if (intent === "report-same") return "same";
  return intent === "report-worse" ? "worse" : null;
}

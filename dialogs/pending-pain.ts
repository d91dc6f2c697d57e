import type { Situation } from "../src/care/decide.ts";
import { SEVERE } from "../src/understanding/pain.ts";
import { asksSomething, chosen, isWell, merelyNods, saysDone, yesNoOf } from "./answer-reading.ts";
import { tellsOtherPlace } from "./areas.ts";
import { buttonsOf } from "./buttons.ts";
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
  if (pain.offScale !== null || (pain.value === null && (message.understanding.ordinals[0] ?? 0) > 10)) {
    askSeverity(turn, turn.messageText("off-scale"));
    return true;
  }
  if (value !== null && !Number.isNaN(value)) tellPain(turn, episode, value);
  const told = value !== null || pain.value !== null || pain.word !== null;
  const eased = findings.get("eased") === "present" || isGone(message);
  if (!told && !eased) return takeWithoutNumber(turn, message, episode);
  if (eased) episode.grip = "let-go";
  turn.conversation.question = null;
  const { before, now } = episode.pain;
  if (before !== null && now !== null) assess(episode, now < before ? "better" : now > before ? "worse" : "same");
  else markAssessed(episode);
  if (episode.grip === "let-go") episode.trend = "better";
  return true;
}

/** "The same", "a bit better", "no idea" to the question for a number: it is taken for what it says, and a word will do instead. */
function takeWithoutNumber(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const { intent, confidence } = message.understanding;
  if (asksSomething(message)) return false;
  const outcome = confidence >= 0.4 && episode.tried ? byIntent(intent) : null;
  // Worse needs no number: it is followed at once.
  if (outcome === "worse") return false;
  if (outcome !== null) {
    assess(episode, outcome);
    turn.sayMessage("noted", { values: { what: turn.label(outcome).toLowerCase() } });
    return askForWord(turn);
  }
  return yesNoOf(turn, message) === "unsure" || intent === "done" ? askForWord(turn) : false;
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
    if (asksSomething(message)) return false;
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
  else return countAsked(turn, message);
  turn.conversation.question = null;
  turn.severeNow = painBand(episode) === "severe";
  return true;
}

/** Something else was told instead of the start: it is asked once more, and then counts as not known. */
function countAsked(turn: Turn, message: MessageEvent): false {
  const { question } = turn.conversation;
  if (question !== null && !asksSomething(message)) question.tries++;
  return false;
}

export function answerRecheck(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const well = isWell(message) && !asksSomething(message) && !merelyNods(message);
  const outcome = outcomeOf(turn, message, episode) ?? (well ? easedNow(episode, message) : null);
  if (outcome === null) return asksSomething(message) ? false : askRecheckPlainly(turn, message);
  turn.conversation.question = null;
  assess(episode, outcome);
  return true;
}

/** "I'm good": it has let go. */
function easedNow(episode: Episode, message: MessageEvent): Outcome {
  letGo(episode, message, false);
  return "better";
}

/** "Done", "not sure" says nothing of how it is: asked once more in plainer words. */
function askRecheckPlainly(turn: Turn, message: MessageEvent): boolean {
  const { question } = turn.conversation;
  if (question === null || question.tries > 0) return false;
  if (!saysDone(message) && yesNoOf(turn, message) !== "unsure") return false;
  question.tries++;
  turn.sayMessage("ask-recheck", { again: true, ask: question.ask, choices: buttonsOf(turn) });
  turn.halted = true;
  return true;
}

/** "told": the first number of this episode, which nothing can be compared with. */
export type Outcome = "better" | "same" | "worse" | "told";

/** Better, the same or worse: by button, by number, by "it let go", by intent. */
export function outcomeOf(turn: Turn, message: MessageEvent, episode: Episode): Outcome | null {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  const elsewhere = tellsOtherPlace(message, episode);
  if (value === "gone" || value === "let-go" || isGone(message) || understanding.findings.get("eased") === "present") {
    letGo(episode, message, value === "gone" || isGone(message));
    return "better";
  }
  if (value === "still") return "same";
  if (value === "better" || value === "same" || value === "worse") return value;
  return byPain(turn, message, episode) ?? (elsewhere ? null : byIntent(understanding.intent));
}

/** It has let go: a number from before says nothing of now. "Gone" is no pain. */
function letGo(episode: Episode, { understanding: { pain } }: MessageEvent, gone: boolean): void {
  episode.grip = "let-go";
  if (pain.value !== null || pain.word !== null) return;
  episode.pain = { ...episode.pain, before: episode.pain.now, now: gone ? 0 : null, word: null };
}

/** "Gone" as a whole message, when no button of that name is open. */
export function isGone({ understanding }: MessageEvent): boolean {
  return /^(its |it has |it is |all |the cramp is |now )*(gone|stopped|over)( now| thanks)?$/.test(understanding.words);
}

function byPain(turn: Turn, { understanding }: MessageEvent, episode: Episode): Outcome | null {
  const { before, now } = episode.pain;
  if (understanding.pain.value !== null && now !== null) {
    if (now <= 3) return "better";
    if (before !== null) return now < before ? "better" : now > before ? "worse" : "same";
    return compareBands(turn.bandBefore, painBand(episode));
  }
  if (!turn.severeNow || turn.bandBefore === "unknown") return null;
  return compareBands(turn.bandBefore, "severe");
}

const BANDS: readonly Situation["pain"][] = ["0-3", "4-6", "severe"];

/** How a pain compares with the one before, where one of them was a word. */
function compareBands(before: Situation["pain"], now: Situation["pain"]): Outcome {
  if (before === "unknown") return "told";
  // "Annoying" and then a 5: two ways to say the same.
  if (before === "0-3" && now === "4-6") return "told";
  const rise = BANDS.indexOf(now) - BANDS.indexOf(before);
  return rise < 0 ? "better" : rise > 0 ? "worse" : "same";
}

function byIntent(intent: string): Outcome | null {
  if (intent === "report-better") return "better";
  if (intent === "report-same") return "same";
  return intent === "report-worse" ? "worse" : null;
}

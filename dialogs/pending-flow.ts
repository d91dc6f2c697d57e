import { chosen, yesNoOf } from "./answer-reading.ts";
import { areaOf } from "./areas.ts";
import { type Conversation, type Episode, newEpisode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { assess, markAssessed } from "./first-aid/recheck.ts";
import { askSeverity } from "./first-aid/severity.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { markDone } from "./flow.ts";
import { finishHold, stopStep } from "./holds.ts";
import type { Turn } from "./turn.ts";

/** Answers to the questions of the flow. Each says whether the message was an answer. */

const MINUTE = 60_000;

export function answerArea(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  if (value !== undefined && value in turn.content.areas) episode.area = value;
  else if (understanding.area !== null) episode.area = areaOf(understanding.area, understanding);
  else if (understanding.vague !== null && understanding.vague !== "body") episode.vague = understanding.vague;
  if (episode.area === null && understanding.vague === null) return false;
  turn.conversation.question = null;
  return true;
}

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
  if (!told && findings.get("eased") !== "present") {
    if (yesNoOf(turn, message) === "unsure" || message.understanding.intent === "done") return askForWord(turn);
    return false;
  }
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
  if (value >= 7) {
    episode.pain.severeOnce = true;
    turn.severeNow = true;
  }
}

function askForWord(turn: Turn): boolean {
  const choices = [turn.choice("mild"), turn.choice("moderate"), turn.choice("severe")];
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
  const { duration } = message.understanding;
  if (value === "under-10") episode.startedAt = Math.max(episode.startedAt ?? 0, turn.now - 2 * MINUTE);
  else if (value === "over-10") episode.startedAt = turn.now - 15 * MINUTE;
  else if (duration !== null) episode.startedAt = turn.now - duration.minutes * MINUTE;
  else if (value === "unsure" || yesNoOf(turn, message) === "unsure") episode.startUnsure = true;
  else if (/\b(longer|ages|long|more|over)\b/.test(message.understanding.words)) episode.startedAt = turn.now - 15 * MINUTE;
  else if (/\b(under|less|just|now|seconds)\b/.test(message.understanding.words)) episode.startedAt = turn.now - 2 * MINUTE;
  else if ((turn.conversation.question?.tries ?? 0) > 0) episode.startUnsure = true;
  else return false;
  turn.conversation.question = null;
  turn.severeNow = true;
  return true;
}

export function answerHold(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  if (value === "hurts" || understanding.intent === "report-worse") return stopStep(turn, episode);
  if (value === "pause") return pause(turn);
  const outcome = outcomeOf(turn, message, episode);
  if (outcome !== null) {
    finishHold(turn, episode);
    assess(episode, outcome);
    return true;
  }
  if (
    value === "done" ||
    value === "skip" ||
    understanding.intent === "done" ||
    understanding.intent === "affirm" ||
    /^(skip|done|ok|next)\b/.test(understanding.words)
  ) {
    finishHold(turn, episode);
    return true;
  }
  return false;
}

export function pause(turn: Turn): boolean {
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  if (timer === undefined) {
    turn.sayMessage("no-timer");
    return true;
  }
  turn.conversation.paused = { kind: timer.kind, remaining: Math.max(1000, timer.at - turn.now) };
  turn.clearTimer(timer.kind);
  const choices = [turn.choice("go-on"), turn.choice("done"), turn.choice("hurts")];
  turn.askMessage("hold-paused", { id: timer.kind, ask: "done", choices });
  return true;
}

export function resume(turn: Turn): boolean {
  const { paused } = turn.conversation;
  if (paused === null) return false;
  turn.conversation.paused = null;
  const seconds = Math.ceil(paused.remaining / 1000);
  turn.setTimer(paused.kind, turn.now + paused.remaining, seconds);
  const choices = [turn.choice("done"), turn.choice("hurts"), turn.choice("pause"), turn.choice("skip")];
  turn.askMessage(
    "hold-resumed",
    { id: paused.kind, ask: "done", choices },
    { values: { seconds: String(seconds) }, timerSeconds: seconds, step: paused.kind === "massage" ? "massage" : "stretch" },
  );
  return true;
}

export function answerMassage(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { intent, words } = message.understanding;
  if (value === "hurts" || intent === "report-worse") return stopStep(turn, episode);
  const outcome = outcomeOf(turn, message, episode);
  const done =
    value === "done" || value === "skip" || intent === "done" || intent === "affirm" || /^(skip|done|ok|next)\b/.test(words);
  if (outcome === null && !done) return false;
  turn.clearTimer("massage");
  turn.conversation.question = null;
  episode.massage = value === "skip" ? "skipped" : "done";
  episode.tried = episode.massage === "done";
  if (outcome !== null) assess(episode, outcome);
  return true;
}

export function answerRecheck(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const outcome = outcomeOf(turn, message, episode);
  if (outcome === null) return false;
  turn.conversation.question = null;
  assess(episode, outcome);
  return true;
}

/** Better, the same or worse: by button, by intent, by number, or by "it let go". */
function outcomeOf(turn: Turn, message: MessageEvent, episode: Episode): "better" | "same" | "worse" | null {
  const value = chosen(turn, message)[0];
  const { understanding } = message;
  if (value === "gone" || value === "let-go") {
    episode.grip = "let-go";
    return "better";
  }
  if (value === "still") return "same";
  if (value === "better" || value === "same" || value === "worse") return value;
  if (understanding.findings.get("eased") === "present") {
    episode.grip = "let-go";
    return "better";
  }
  const { before, now } = episode.pain;
  if (understanding.pain.value !== null && now !== null) {
    if (now <= 3) return "better";
    if (before !== null && before !== now) return now < before ? "better" : "worse";
  }
  if (understanding.intent === "report-better") return "better";
  if (understanding.intent === "report-same") return "same";
  if (understanding.intent === "report-worse") return "worse";
  return understanding.pain.value !== null ? "same" : null;
}

export function answerMovement(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { intent, words } = message.understanding;
  if (value === "hurts" || intent === "report-worse") return stopStep(turn, episode);
  const fine =
    value === "done" ||
    value === "skip" ||
    ["done", "affirm", "report-better", "deny", "report-same", "thanks"].includes(intent) ||
    /^(skip|done|ok|next|no)\b/.test(words);
  if (!fine) return false;
  turn.conversation.question = null;
  return true;
}

/** The reply was full: whatever comes but a question, the flow goes on. */
export function answerNext(turn: Turn, message: MessageEvent): boolean {
  const { intent } = message.understanding;
  if (intent.startsWith("ask-") || intent === "out-of-scope") return false;
  turn.conversation.question = null;
  return true;
}

export function answerExercise(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { intent, words } = message.understanding;
  if (value === "hurts" || intent === "report-worse" || intent === "report-pain-level") {
    turn.conversation.question = null;
    markDone(episode, "back-exercises");
    turn.sayMessage("exercises-stop");
    return true;
  }
  if (
    value !== "done" &&
    value !== "skip" &&
    !["done", "affirm", "report-better", "report-same"].includes(intent) &&
    !/^(skip|done|ok|next)\b/.test(words)
  )
    return false;
  turn.conversation.question = null;
  return true;
}

export function answerBackGate(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "yes") markDone(episode, "back-gate");
  else {
    markDone(episode, "back-exercises");
    turn.sayMessage("back-gate-no");
  }
  return true;
}

export function answerBellyKind(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { findings, words } = message.understanding;
  const told = (finding: string) => findings.get(finding) === "present";
  turn.conversation.question = null;
  if (value === "muscle" || told("cramp-abs") || /\b(muscle|abs|surface|outside)\b/.test(words)) {
    episode.area = "abdomen-wall";
    markDone(episode, "stretch-gate");
  } else if (value === "period" || told("period-any")) episode.area = "pelvis";
  else if (value !== "gut" && !/\b(gut|inside|deep|deeper|stomach|tummy|bowel|wind|gas)\b/.test(words)) return false;
  return true;
}

const CHECK_IN_MINUTES = 20;

export function answerCheckIn(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { words, intent } = message.understanding;
  const later = value === "in-20-minutes" || /\b(20|twenty|minutes|later)\b/.test(words);
  const tomorrow = value === "tomorrow" || /\btomorrow\b/.test(words);
  const closes = value === "no-thanks" || ["deny", "thanks", "goodbye", "done", "cancel"].includes(intent);
  if (!later && !tomorrow && !closes && yesNoOf(turn, message) !== "yes") return false;
  turn.conversation.question = null;
  finishEpisode(turn, episode);
  if (closes && !later && !tomorrow) {
    turn.sayMessage("check-in-none");
    return true;
  }
  const at = tomorrow ? tomorrowMorning(turn) : turn.now + CHECK_IN_MINUTES * MINUTE;
  turn.conversation.checkIn = { at, area: episode.area };
  turn.setTimer("check-in", at);
  turn.sayMessage("check-in-set", {
    values: { when: tomorrow ? turn.label("tomorrow").toLowerCase() : turn.label("in-20-minutes").toLowerCase() },
  });
  return true;
}

/** 09:00 of the next day where the person is; with no time zone 24 hours on. */
function tomorrowMorning(turn: Turn): number {
  const { timeZone } = turn.event;
  if (timeZone === null) return turn.now + 24 * 60 * MINUTE;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    }).formatToParts(turn.now);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
    const sinceMidnight = ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000;
    return turn.now - sinceMidnight + 33 * 60 * MINUTE;
  } catch {
    return turn.now + 24 * 60 * MINUTE;
  }
}

/** "Is it still the same cramp?" after a long pause. */
export function answerResume(turn: Turn, message: MessageEvent, conversation: Conversation): boolean {
  const value = chosen(turn, message)[0];
  const answer = yesNoOf(turn, message);
  if (value !== "same-one" && value !== "something-new" && answer === null) return false;
  conversation.question = null;
  if (value === "something-new" || answer === "no") conversation.episode = newEpisode(conversation.turns, turn.now);
  return true;
}

/** "Is it cramping right now?" of a message that tells a story. */
export function answerActiveNow(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "no") {
    episode.grip = "let-go";
    finishEpisode(turn, episode);
    turn.sayMessage("anything-else");
  } else {
    episode.grip = "gripping";
    applyDecision(turn, episode);
  }
  return true;
}

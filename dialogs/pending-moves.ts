import { asksSomething, chosen, saysDone, saysSkip, yesNoOf } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { assess } from "./first-aid/recheck.ts";
import { stretchAnotherWay } from "./first-aid/stretch.ts";
import { markDone } from "./flow.ts";
import { finishHold, stopStep } from "./holds.ts";
import { outcomeOf } from "./pending-pain.ts";
import type { Choice } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** Below this an intent alone stops nothing. */
const SURE = 0.45;

/** Answers while something is done: holds, rubbing, movement, exercises. Each says whether the message was an answer. */

export function answerHold(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  if (message.choice === null && message.understanding.findings.has("cant-do-it")) {
    stretchAnotherWay(turn, episode);
    return true;
  }
  if (asksSomething(message)) return false;
  const outcome = outcomeOf(turn, message, episode);
  if (value === "hurts" || outcome === "worse") return stopStep(turn, episode);
  if (value === "pause") return pause(turn);
  if (outcome !== null) {
    finishHold(turn, episode);
    assess(episode, outcome);
    return true;
  }
  if (value !== "done" && !saysSkip(turn, message) && !saysDone(message)) return false;
  finishHold(turn, episode);
  return true;
}

export function pause(turn: Turn): boolean {
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  if (timer === undefined) {
    turn.sayMessage("no-timer");
    return true;
  }
  turn.conversation.paused = { kind: timer.kind, remaining: Math.max(1000, timer.at - turn.now) };
  turn.clearTimer(timer.kind);
  turn.askMessage("hold-paused", { id: timer.kind, ask: "done", choices: pausedChoices(turn) });
  return true;
}

export function pausedChoices(turn: Turn): readonly Choice[] {
  return turn.choices("go-on", "done", "hurts");
}

export function resume(turn: Turn): boolean {
  const { paused } = turn.conversation;
  if (paused === null) return false;
  turn.conversation.paused = null;
  const seconds = Math.ceil(paused.remaining / 1000);
  turn.setTimer(paused.kind, turn.now + paused.remaining, seconds);
  const choices = turn.choices("done", "hurts", "pause", "skip");
  turn.askMessage(
    "hold-resumed",
    { id: paused.kind, ask: "done", choices },
    { values: { seconds: String(seconds) }, timerSeconds: seconds, step: paused.kind === "massage" ? "massage" : "stretch" },
  );
  return true;
}

export function answerMassage(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  if (asksSomething(message)) return false;
  const outcome = outcomeOf(turn, message, episode);
  if (value === "hurts" || outcome === "worse") return stopStep(turn, episode);
  if (value === "pause") return pause(turn);
  const skip = saysSkip(turn, message);
  if (outcome === null && value !== "done" && !skip && !saysDone(message)) return false;
  turn.clearTimer("massage");
  turn.conversation.paused = null;
  turn.conversation.question = null;
  episode.massage = skip ? "skipped" : "done";
  episode.tried = episode.massage === "done";
  if (outcome !== null) assess(episode, outcome);
  return true;
}

export function answerMovement(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { intent, confidence, words } = message.understanding;
  if (value === "hurts" || (intent === "report-worse" && confidence >= SURE)) return stopStep(turn, episode);
  if (asksSomething(message)) return false;
  const fine =
    value === "done" ||
    saysSkip(turn, message) ||
    saysDone(message) ||
    ["report-better", "deny", "report-same", "thanks"].includes(intent) ||
    /^no\b/.test(words);
  if (!fine) return false;
  turn.conversation.question = null;
  return true;
}

/** The reply was full: whatever comes but a question, the flow goes on. */
export function answerNext(turn: Turn, message: MessageEvent): boolean {
  const { intent } = message.understanding;
  if (message.choice === null && (intent.startsWith("ask-") || intent === "out-of-scope") && !saysSkip(turn, message))
    return false;
  turn.conversation.question = null;
  return true;
}

export function answerExercise(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { intent } = message.understanding;
  if (asksSomething(message)) return false;
  if (value === "hurts" || intent === "report-worse" || intent === "report-pain-level") {
    turn.conversation.question = null;
    markDone(episode, "back-exercises");
    turn.sayMessage("exercises-stop");
    return true;
  }
  const goesOn =
    value === "done" || saysSkip(turn, message) || saysDone(message) || ["report-better", "report-same"].includes(intent);
  if (!goesOn) return false;
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

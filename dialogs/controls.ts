import { chosen } from "./answer-reading.ts";
import { WAITING_FOR_HELP } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { firstAid } from "./first-aid/first-aid.ts";
import { sayReason } from "./first-aid/notes.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { advance, type Step, unmark } from "./flow.ts";
import { pause, pausedChoices, resume } from "./pending-moves.ts";
import { reask } from "./reask.ts";
import { repeatLast, sayWhy } from "./repeat.ts";
import { askRestart } from "./restart.ts";
import type { Turn } from "./turn.ts";

/** What works at any time: cancel, start over, one step back, say that again, why, and the clock. */
export function handleControl(turn: Turn, message: MessageEvent): boolean {
  const { understanding } = message;
  const says = (finding: string) => understanding.findings.get(finding) === "present";
  // "Says who?" may sound like "say that again".
  if (says("ask-source")) return false;
  if (message.choice === "go-on" && turn.conversation.paused !== null) return resume(turn);
  if (message.choice !== null) return message.choice === "start-over" ? askRestart(turn) : false;
  if (says("timer-left")) return sayTimeLeft(turn);
  if (understanding.findings.has("show-me") && turn.conversation.question !== null) return repeatLast(turn);
  // "I am holding on" pauses nothing where nothing runs; a bare "pause" is told so.
  if (says("timer-pause") && (hasClock(turn) || turn.conversation.paused !== null || understanding.length <= 2))
    return hasClock(turn) ? pause(turn) : sayTimeLeft(turn);
  if (
    turn.conversation.paused !== null &&
    (says("timer-resume") || says("go-again") || understanding.intent === "done" || understanding.intent === "affirm")
  )
    return resume(turn);
  // A button that is typed out or pointed at is an answer.
  if (chosen(turn, message).length > 0) return false;
  // A step that is skipped is no step back.
  if (says("skip-it") && turn.conversation.question !== null) return false;
  if (understanding.confidence < controlThreshold(turn)) return false;
  switch (understanding.intent) {
    case "cancel":
      return cancel(turn);
    case "restart":
      return askRestart(turn);
    case "go-back":
      return goBack(turn);
    case "repeat":
      return repeatLast(turn);
    case "explain":
      return sayWhy(turn, understanding);
    default:
      return false;
  }
}

/** A control must be sure of itself while a question is open, so that an answer is not taken for one. */
function controlThreshold(turn: Turn): number {
  return turn.conversation.question === null ? 0.4 : 0.5;
}

function hasClock(turn: Turn): boolean {
  return turn.hasTimer("hold") || turn.hasTimer("massage");
}

function sayTimeLeft(turn: Turn): boolean {
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  const { paused } = turn.conversation;
  if (paused !== null) {
    const values = { seconds: String(Math.ceil(paused.remaining / 1000)) };
    turn.sayMessage("paused-left", { values, ask: "done", choices: pausedChoices(turn) });
    turn.halted = true;
    return true;
  }
  if (timer === undefined) turn.sayMessage("no-timer");
  if (turn.conversation.question !== null) reask(turn);
  turn.halted = true;
  return true;
}

/** Ends everything within the turn; after an escalation the advice stands. */
function cancel(turn: Turn): boolean {
  const { episode } = turn;
  turn.halted = true;
  turn.endSteps();
  turn.clearTimer("check-in");
  if (turn.escalated) {
    turn.sayMessage("cancelled-advice", { choices: turn.choices(...WAITING_FOR_HELP) });
    return true;
  }
  turn.conversation.parked = [];
  turn.conversation.checkIn = null;
  if (episode === null) {
    turn.sayMessage("nothing-to-stop");
    return true;
  }
  // What would have been said at the end is said now.
  sayReason(turn, episode);
  finishEpisode(turn, episode);
  turn.sayMessage("cancelled");
  return true;
}

/** Takes the last finished step back and asks it again. */
function goBack(turn: Turn): boolean {
  const { episode } = turn;
  const name = episode === null || turn.escalated ? undefined : lastStep(turn);
  if (episode === null || name === undefined) {
    turn.sayMessage("no-back");
    if (turn.conversation.question !== null) reask(turn);
    turn.halted = true;
    return true;
  }
  turn.clearTimer("hold", "massage");
  turn.conversation.question = null;
  name.undo?.(turn, episode);
  unmark(episode, name.name);
  turn.sayMessage("back-to");
  advance(turn, firstAid);
  turn.halted = true;
  return true;
}

/** The step before the one whose question is open, among those that can be taken back. */
function lastStep(turn: Turn): Step | undefined {
  const { episode } = turn;
  if (episode === null) return undefined;
  const order: string[] = [];
  if (episode.card.state === "clean") order.push("safety-check");
  if (episode.holds > 0) order.push("stretch");
  if (episode.pain.now !== null && episode.assessed > 0) order.push("severity");
  if (episode.massage === "done" || episode.massage === "skipped") order.push("massage");
  for (const name of ["rest", "gentle-movement", "heat-cold"]) if (episode.done.includes(name)) order.push(name);
  const current = turn.conversation.question?.step;
  const before = order.filter((name) => name !== current).at(-1);
  return firstAid.find((step) => step.name === before);
}

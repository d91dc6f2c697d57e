import type { StepName } from "../src/care/labels.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/**
 * A step of a flow. After every turn the first step that is still needed comes next: a fact told early skips its step, and
 * a corrected fact brings back the steps that depend on it.
 */
export interface Step {
  readonly name: StepName;
  /** Whether the episode still needs it. Looks, never writes. */
  needed(turn: Turn, episode: Episode): boolean;
  /** Says it, and asks or waits by `turn.expect`; otherwise the flow goes straight on. */
  enter(turn: Turn, episode: Episode): void;
  /** Takes the step back, for "one step back"; null when it cannot be repeated. */
  undo?(turn: Turn, episode: Episode): void;
}

/** More steps than any list has: an endless loop of steps would be a mistake in a list. */
const MOST_STEPS = 20;

/** Goes on through the list until a step waits for an answer, the reply is full, or nothing is needed any more. */
export function advance(turn: Turn, steps: readonly Step[]): void {
  for (let count = 0; count < MOST_STEPS; count++) {
    const { episode } = turn;
    if (episode === null || turn.halted || turn.conversation.question !== null) return;
    const next = steps.find((step) => step.needed(turn, episode));
    if (next === undefined) return;
    if (turn.full) {
      waitForNext(turn);
      return;
    }
    next.enter(turn, episode);
  }
  throw new Error("the flow does not come to rest");
}

/** The reply is full and more is to come: the last message offers to go on. */
function waitForNext(turn: Turn): void {
  const choices = [turn.choice("done", "next")];
  turn.expect({ id: "next", ask: "done", step: "clarify", options: ["done"] });
  const last = turn.replies.at(-1);
  if (last === undefined) return;
  turn.replies[turn.replies.length - 1] = { ...last, choices, ask: "done", question: "next" };
}

export function isDone(episode: Episode, name: string): boolean {
  return episode.done.includes(name);
}

export function markDone(episode: Episode, name: string): void {
  if (!episode.done.includes(name)) episode.done.push(name);
}

export function unmark(episode: Episode, ...names: readonly string[]): void {
  episode.done = episode.done.filter((one) => !names.includes(one));
}

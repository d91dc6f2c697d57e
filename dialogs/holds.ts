import type { Episode } from "./conversation.ts";
import { assess } from "./first-aid/recheck.ts";
import type { Turn } from "./turn.ts";

/** A hold is over, by the clock or because the person says so. */
export function finishHold(turn: Turn, episode: Episode): void {
  turn.clearTimer("hold");
  turn.conversation.paused = null;
  turn.conversation.question = null;
  episode.holds++;
  episode.tried = true;
}

/** Told to stop: the step and its countdown end in this turn, and it counts as worse. */
export function stopStep(turn: Turn, episode: Episode): boolean {
  const holding = turn.hasTimer("hold") || turn.conversation.question?.id === "hold";
  turn.clearTimer("hold", "massage");
  turn.conversation.paused = null;
  turn.conversation.question = null;
  if (holding) episode.holds++;
  if (episode.massage === "running") episode.massage = "skipped";
  turn.sayMessage("stop-step");
  assess(episode, "worse");
  return true;
}

import { urgency } from "../src/care/labels.ts";
import type { Reply } from "./reply.ts";

/** Three messages are what somebody in pain reads. */
export const MOST_REPLIES = 3;

/**
 * What there is to say, in three messages: mere notes give way first, then advice of a lower level, then what is said last of
 * one level. The first advice of the highest level, the last question, and a wish to be passed on always stay.
 */
export function atMostThree(replies: readonly Reply[]): readonly Reply[] {
  let kept = replies;
  while (kept.length > MOST_REPLIES) {
    const least = leastOf(kept);
    if (least === null) break;
    kept = kept.filter((reply) => reply !== least);
  }
  return kept;
}

function leastOf(replies: readonly Reply[]): Reply | null {
  const question = replies.findLast(({ ask }) => ask !== null);
  const free = replies.filter((reply) => reply !== question && reply.handOff === undefined);
  const note = free.find(({ step }) => step !== "escalate");
  if (note !== undefined) return note;
  const level = ({ disposition }: Reply) => (disposition === null ? Number.POSITIVE_INFINITY : urgency(disposition));
  const lowest = Math.max(...free.map(level));
  const last = free.findLast((reply) => level(reply) === lowest);
  return free.length > 1 && last !== undefined ? last : null;
}

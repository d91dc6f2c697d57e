import { isEscalation } from "../care/labels.ts";
import { numbered } from "./change.ts";
import { type Compute, type Computed, type Mind, settingOf } from "./compute.ts";
import { fallbackReply } from "./fallback.ts";
import type { Handled, Incoming, Observer } from "./port.ts";
import { seenTurn } from "./seen.ts";

/** The turn was computed, but could not be kept. */
export class CommitError extends Error {
  readonly turn: Computed;

  constructor(cause: unknown, turn: Computed) {
    super("the turn could not be kept", { cause });
    this.turn = turn;
  }
}

/**
 * Answers while the store is down, of which nothing is kept: an emergency still gets its answer, everybody else the fixed text.
 * @param error what the turn failed with: a CommitError brings the answer that the talk so far had led to
 */
export type WithoutStore = (incoming: Incoming, known: Mind, error: unknown) => Handled;

export function createWithoutStore(observer: Observer, compute: Compute): WithoutStore {
  return (incoming, known, error) => {
    const unkept = error instanceof CommitError ? error : null;
    observer.failure("store", unkept === null ? error : unkept.cause);
    const began = performance.now();
    const turn = unkept?.turn ?? compute(incoming, null, known);
    const helps = turn.replies.some(({ step, disposition }) => step === "escalate" && isEscalation(disposition));
    const replies = helps ? turn.replies : [fallbackReply(known.world, settingOf(incoming), turn.conversation.country)];
    observer.turn(seenTurn(incoming, turn.intent, replies, false, began));
    return { replies: numbered(replies, 0, incoming.at, false), repeated: false, kept: false, sequence: 0, forgotten: false };
  };
}

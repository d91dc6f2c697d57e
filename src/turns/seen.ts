import type { Reply } from "../../dialogs/reply.ts";
import type { Incoming, SeenTurn } from "./port.ts";

/** What the observer is told of a turn that answers what came in. @param began as of `performance.now()` */
export function seenTurn(
  { channel, what }: Incoming,
  intent: string | null,
  replies: readonly Reply[],
  repeated: boolean,
  began: number,
): SeenTurn {
  return { ...seenReplies(replies, began), channel, kind: what.kind, intent, repeated };
}

/** What the observer is told of a timer that fired. @param began as of `performance.now()` */
export function seenTimer(channel: string, replies: readonly Reply[], began: number): SeenTurn {
  return { ...seenReplies(replies, began), channel, kind: "timer", intent: null, repeated: false };
}

function seenReplies(replies: readonly Reply[], began: number): Omit<SeenTurn, "channel" | "kind" | "intent" | "repeated"> {
  return {
    steps: replies.map(({ step }) => step),
    disposition: replies.at(-1)?.disposition ?? null,
    escalated: replies.some(({ step }) => step === "escalate"),
    milliseconds: performance.now() - began,
  };
}

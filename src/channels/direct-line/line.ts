import type { Reply } from "../../../dialogs/reply.ts";
import type { KeptMessage } from "../../store/store.ts";
import type { Outgoing } from "../../turns/port.ts";
import { activityOfReply } from "./activity.ts";

/** A message of a transcript, ready to send. */
export interface Line {
  readonly sequence: number;
  /** The activity, as JSON. */
  readonly json: string;
}

export function lineOf(conversation: string, said: Omit<Outgoing, "pending">): Line {
  return { sequence: said.sequence, json: JSON.stringify(activityOfReply(conversation, said)) };
}

/** What a client may see of a transcript: not the wishes for a clinic, nor what has no words any more. */
export function linesOf(conversation: string, kept: readonly KeptMessage[]): Line[] {
  return kept
    .filter(({ from, body }) => from !== "clinic" && body !== "")
    .map(({ sequence, from, at, body }) =>
      from === "user" ? { sequence, json: body } : lineOf(conversation, { sequence, at, reply: JSON.parse(body) as Reply }),
    );
}

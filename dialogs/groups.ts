import { isEscalation } from "../src/care/labels.ts";
import { isSevere } from "../src/understanding/pain.ts";
import type { MessageEvent } from "./event.ts";
import type { Turn } from "./turn.ts";

/**
 * Where others read along: no health detail is asked for or repeated, nothing is kept. An emergency text still goes out at
 * once, without detail; everything else leads to a private chat.
 */
export function respondInGroup(turn: Turn, message: MessageEvent): void {
  const { understanding } = message;
  turn.halted = true;
  const disposition = understanding.disposition;
  const severe = isSevere(understanding.pain);
  if (disposition === "emergency-now") turn.sayMessage("group-emergency", { sources: [] });
  else if (isEscalation(disposition) || severe) turn.sayMessage("group-today", { sources: [] });
  else turn.sayMessage("group-private", { sources: [] });
  const level = isEscalation(disposition) ? disposition : severe ? "urgent-same-day" : null;
  turn.replies.splice(0, turn.replies.length, ...turn.replies.map((reply) => ({ ...reply, disposition: level })));
}

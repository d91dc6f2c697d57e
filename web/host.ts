import { type Disposition, isEscalation } from "../src/care/labels.ts";
import type { Message } from "./message.ts";
import type { Shelf } from "./shelf.ts";
import type { Standing } from "./transcript.ts";

/** What the page around the chat is told, as events of the element that bubble. */
export type HostEvent =
  | { readonly name: "unknot-escalated"; readonly detail: { disposition: Disposition; emergencyNumber: string | null } }
  | { readonly name: "unknot-ended"; readonly detail: { disposition: Disposition | null } };

/** Tells each thing once, also over reloads. */
export function createHostEvents(shelf: Shelf): (messages: readonly Message[], standing: Standing) => readonly HostEvent[] {
  let [escalated = "", ended = ""] = (shelf.read() ?? "").split(" ");
  return (messages, { disposition, emergencyNumber }) => {
    const events: HostEvent[] = [];
    const last = messages.findLast(({ from }) => from === "bot");
    const level = disposition !== null && isEscalation(disposition) ? disposition : "";
    const end = (last?.step === "wrap-up" && last.id) || ended;
    if (level === escalated && end === ended) return events;
    if (level !== escalated && level !== "") {
      events.push({ name: "unknot-escalated", detail: { disposition: level, emergencyNumber } });
    }
    if (end !== ended) events.push({ name: "unknot-ended", detail: { disposition } });
    escalated = level;
    ended = end;
    shelf.write(`${escalated} ${ended}`);
    return events;
  };
}

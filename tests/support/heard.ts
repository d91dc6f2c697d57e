import type { MessageEvent } from "../../dialogs/event.ts";
import type { Understanding } from "../../src/understanding/understanding.ts";

/** A message that was understood, alone with the bot; what is given replaces its parts. */
export function heard(understanding: Understanding, parts: Partial<MessageEvent> = {}): MessageEvent {
  return {
    kind: "message",
    understanding,
    choice: null,
    choiceOf: null,
    without: null,
    long: false,
    locale: "en-GB",
    timeZone: null,
    scope: "personal",
    reach: "push",
    ...parts,
  };
}

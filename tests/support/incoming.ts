import type { Incoming } from "../../src/turns/port.ts";

/** Words that reached a channel, whose replies go out apart and are acknowledged; what is given replaces its parts. */
export function incoming(
  text: string,
  parts: Pick<Incoming, "conversation" | "activity" | "channel" | "at"> & Partial<Incoming>,
): Incoming {
  return {
    what: { kind: "message", text, choice: null, choiceOf: null, without: null },
    reference: '"there"',
    echo: null,
    mustDeliver: true,
    locale: "en-GB",
    timeZone: null,
    scope: "personal",
    reach: "push",
    ...parts,
  };
}

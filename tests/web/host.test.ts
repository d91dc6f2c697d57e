import { describe, expect, it } from "vitest";
import { createHostEvents } from "../../web/host.ts";
import { type Message, readActivity } from "../../web/message.ts";
import { standingOf } from "../../web/transcript.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

function said(sequence: number, more: Partial<Message>): Message {
  const read = readActivity({ type: "message", id: `c|${sequence}`, from: { role: "bot" }, text: "x" });
  if (read === null) throw new Error("not read");
  return { ...read, emergencyNumber: "999", ...more };
}

/** The page's ear: the events that a talk makes it hear, message by message. */
function heard(messages: readonly Message[], place = memoryShelf()) {
  const events = createHostEvents(place);
  return messages.flatMap((_, at) => {
    const known = messages.slice(0, at + 1);
    return events(known, standingOf(known));
  });
}

const ESCALATED = { name: "unknot-escalated", detail: { disposition: "emergency-now", emergencyNumber: "999" } };
const emergency = (sequence: number) => said(sequence, { disposition: "emergency-now", step: "escalate" });

describe("the page around the chat", () => {
  it("is told once that somebody was sent to help, however many messages follow", () => {
    expect(heard([emergency(1), emergency(2), emergency(3)])).toEqual([ESCALATED]);
  });

  it("is told of each level, and not of care at home", () => {
    const levels = ["self-care", "urgent-same-day", "emergency-now"] as const;
    const told = heard(levels.map((disposition, at) => said(at, { disposition, step: "escalate" })));
    expect(told.map(({ detail }) => detail.disposition)).toEqual(["urgent-same-day", "emergency-now"]);
  });

  it("is not told again after a reload", () => {
    const place = memoryShelf();
    expect(heard([emergency(1)], place)).toEqual([ESCALATED]);
    expect(heard([emergency(1)], place)).toEqual([]);
  });

  it("is told of an end, once, with no words of anybody", () => {
    const told = heard([said(1, { step: "wrap-up", disposition: "self-care" }), said(2, { step: "small-talk" })]);
    expect(told).toEqual([{ name: "unknot-ended", detail: { disposition: "self-care" } }]);
  });
});

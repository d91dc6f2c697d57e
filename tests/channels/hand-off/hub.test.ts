import { beforeEach, describe, expect, it } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

let clinic: Clinic;

describe("a hub behind the channel", () => {
  beforeEach(async () => {
    clinic = await openClinic({ hub: true });
    return () => clinic.close();
  });

  it("is asked by handoff.initiate, after the words to the person", async () => {
    await clinic.passedOn();
    const events = clinic.events();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ name: "handoff.initiate", value: { summary: "left calf, pain 5 of 10" } });
    expect(events[0]).not.toHaveProperty("attachments");
    expect(clinic.called).toEqual([]);
  });

  it.each([
    ["accepted", /quiet/],
    ["failed", /Nobody has taken over/],
  ])("reports by handoff.status: %s", async (status, words) => {
    await clinic.passedOn();
    expect(await clinic.say("", { type: "event", name: "handoff.status", value: { state: status } })).toMatch(words);
  });

  it("may send other events, which are taken in silence", async () => {
    expect(await clinic.say("", { type: "event", name: "handoff.status", value: { state: "queued" } })).toBe("");
    expect(await clinic.say("", { type: "event", name: "tokens/response", value: {} })).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import { inkOn } from "../../web/accent.ts";
import { clockOffset, countdownAt } from "../../web/clock.ts";
import { type Message, readActivity } from "../../web/message.ts";
import { answerOf, merge, standingOf } from "../../web/transcript.ts";

function message(sequence: number, more: Partial<Message> = {}): Message {
  const read = readActivity({
    type: "message",
    id: `c|${String(sequence).padStart(7, "0")}`,
    from: { role: "bot" },
    text: `say ${sequence}`,
  });
  if (read === null) throw new Error("not read");
  return { ...read, ...more };
}

const choices = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

describe("an activity", () => {
  it("that is nonsense is left out, or read as far as it makes sense", () => {
    for (const data of [null, 7, "x", [], {}, { type: "typing" }]) expect(readActivity(data)).toBe(null);
    const read = readActivity({
      type: "message",
      id: 5,
      text: { html: "<b>" },
      from: "x",
      entities: "none",
      channelData: {
        unknot: {
          choices: [{ value: 1 }, null, { value: "a", label: "A" }],
          picture: { id: "../../etc/passwd" },
          clock: { state: "running", endsAt: "soon" },
          emergencyNumber: "javascript:alert(1)",
        },
      },
    });
    expect(read).toMatchObject({
      text: "",
      from: "bot",
      choices: [{ value: "a", label: "A" }],
      picture: null,
      clock: null,
      emergencyNumber: null,
      disposition: null,
    });
  });
});

describe("a transcript", () => {
  it("holds each message once and in order, in whatever order they arrive", () => {
    const known = merge([], [message(1), message(4)]);
    const merged = merge(known, [message(3), message(4), message(2)]);
    expect(merged.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(merge(merged, [message(2)])).toEqual(merged);
  });

  it("puts what the server could not keep by its time, also when what was said before it arrives later", () => {
    const unkept = (id: string, at: number) => message(0, { id, at, sequence: Number.NaN });
    const kept = (sequence: number) => message(sequence, { at: sequence * 10 });
    const alone = merge([], [unkept("echo", 25), unkept("answer", 25)]);
    const all = merge(merge(alone, [kept(1), kept(2)]), [kept(3), unkept("echo", 25), kept(4)]);
    const ids = [kept(1).id, kept(2).id, "echo", "answer", kept(3).id, kept(4).id];
    expect(all.map(({ id }) => id)).toEqual(ids);
    const inOrder = merge(merge(merge([], [kept(1), kept(2)]), [unkept("echo", 25), unkept("answer", 25)]), [kept(3), kept(4)]);
    expect(inOrder.map(({ id }) => id)).toEqual(ids);
  });

  it("lets the buttons of the last turn count, and none once the person has answered", () => {
    const asked = message(2, { choices, question: "q", ask: "confirm" });
    expect(standingOf([message(1), asked]).questions.map(({ id }) => id)).toEqual([asked.id]);
    expect(standingOf([asked, message(3, { from: "user" })]).questions).toEqual([]);
    expect(standingOf([asked, message(3, { from: "user" }), message(4)]).questions).toEqual([]);
  });

  it("keeps the buttons of a question while a later reminder repeats it without any", () => {
    const asked = message(2, { choices, question: "q", ask: "confirm", at: 1 });
    const reminder = message(3, { question: "q", ask: "confirm", at: 2 });
    expect(standingOf([asked, reminder]).questions.map(({ id }) => id)).toEqual([asked.id]);
    expect(standingOf([asked, { ...reminder, question: "another" }]).questions).toEqual([]);
  });

  it("asks for a place with the welcome and with the question for the area, and not in an emergency", () => {
    expect(standingOf([message(1, { step: "welcome" })]).wantsPlace).toBe(true);
    expect(standingOf([message(1, { step: "clarify", ask: "area", choices })]).wantsPlace).toBe(true);
    expect(standingOf([message(1, { step: "escalate", disposition: "emergency-now", choices })]).wantsPlace).toBe(false);
  });

  it("joins ticked lines into one answer", () => {
    expect(answerOf(choices)).toEqual({ text: "Yes; No", value: "yes,no" });
  });
});

describe("a countdown", () => {
  it("runs by the server's clock, stands while paused, and never falls below 0", () => {
    const clock = { state: "running", endsAt: 100_000, seconds: 30 } as const;
    expect(countdownAt(clock, 85_000, 30)).toEqual({ state: "running", secondsLeft: 15, share: 0.5 });
    expect(countdownAt(clock, 101_000, 30)).toEqual({ state: "over", secondsLeft: 0, share: 0 });
    expect(countdownAt({ state: "paused", secondsLeft: 12 }, 0, 30)).toEqual({ state: "paused", secondsLeft: 12, share: 0.4 });
  });

  it("learns how far the server's clock is ahead from a message that was stamped between two moments", () => {
    expect(clockOffset(0, 10_000, { from: 4_000, to: 6_000 })).toBe(5_000);
    expect(clockOffset(4_500, 10_000, { from: 5_900, to: 6_000 })).toBe(4_050);
  });

  it("does not unlearn it from a message that says less, such as one tried again after a minute", () => {
    expect(clockOffset(5_200, 10_000, { from: 4_000, to: 64_000 })).toBe(5_200);
  });
});

describe("words on the site's colour", () => {
  it("are black or white, whichever has a contrast of 4.5 or more", () => {
    const luminance = (rgb: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = rgb.map((one) => {
        const share = one / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let colour = 0; colour < 4096; colour++) {
      const rgb = [(colour >> 8) * 17, ((colour >> 4) & 15) * 17, (colour & 15) * 17];
      const ground = luminance(rgb);
      const contrast = inkOn(rgb) === "#000" ? (ground + 0.05) / 0.05 : 1.05 / (ground + 0.05);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }
  });
});

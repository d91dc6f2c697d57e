import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Conversation, newConversation } from "../../dialogs/conversation.ts";
import type { Event } from "../../dialogs/event.ts";
import { createWorld, respond } from "../../dialogs/respond.ts";
import { brokenText } from "../../scripts/broken-text.ts";
import { eventOf } from "../../src/turns/event-of.ts";
import type { Understand } from "../../src/understanding/understand.ts";
import { incoming } from "../support/incoming.ts";
import { knowledge } from "../support/knowledge.ts";

const { content, understand } = knowledge();
const world = createWorld(content, null);
const START = Date.parse("2026-01-01T09:00:00Z");
const SETTING = { locale: "en-GB", timeZone: "Europe/London", scope: "personal", reach: "push" } as const;

/** One thing that happens: words, a button, time that passes, somebody who opens the chat. */
type Happening =
  | { readonly say: string }
  | { readonly pick: number }
  | { readonly button: string }
  | { readonly wait: number }
  | { readonly sends: "picture" | "text" }
  | { readonly opens: true };

/** What people write, of every kind: the questions that the bot was taught, the signs, and the talk of the flow. */
const WORDS = [
  ...content.answers.flatMap(({ asks }) => asks.slice(0, 1)),
  ...content.flags.flatMap(({ phrases }) => phrases.slice(0, 1)),
  ...[
    "calf cramp",
    "my lower back is in spasm",
    "my mum's foot is cramping",
    "hand cramp too",
    "yes",
    "no",
    "not sure",
    "yeah no",
  ],
  ...["skip", "go on", "done", "pause", "how long left", "go back", "stop, forget it", "start over", "say that again", "why?"],
  ...[
    "better",
    "same",
    "worse",
    "gone",
    "3",
    "6",
    "9",
    "15",
    "eight out of ten",
    "2",
    "the second one",
    "last one",
    "thanks",
    "bye",
  ],
  ...["I'm in Ireland", "change country", "forget me", "what do you know about me", "where is that from?", "talk to a person"],
  ...["actually the left thigh", "it's not me, it's my son", "no, it isn't swollen", "wrong button", "in 20 minutes", "tomorrow"],
  ...[
    "",
    "👍",
    "🤷",
    "https://example.com",
    "....",
    "x".repeat(5000),
    "tengo un calambre muy fuerte en la pierna, ayuda por favor",
  ],
];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS).map((say) => ({ say })) },
  { weight: 5, arbitrary: fc.integer({ min: -1, max: 11 }).map((pick) => ({ pick })) },
  { weight: 3, arbitrary: fc.constantFrom(1, 15, 30, 60, 200, 700, 4000, 50_000).map((wait) => ({ wait })) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: "binary" }).map((say) => ({ say })) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((button) => ({ button })) },
  { weight: 1, arbitrary: fc.constantFrom("picture" as const, "text" as const).map((sends) => ({ sends })) },
  { weight: 1, arbitrary: fc.constant({ opens: true } as const) },
);

const readings = new Map<string, ReturnType<typeof understand>>();

const read: Understand = (text, expecting) => {
  const name = JSON.stringify([text, expecting]);
  const understanding = readings.get(name) ?? understand(text, expecting);
  if (WORDS.includes(text)) readings.set(name, understanding);
  return understanding;
};

function happened(what: Happening, conversation: Conversation): Event {
  const message = (text: string, choice: string | null, without: "picture" | "text" | null = null): Event => {
    const nobody = { conversation: "", channel: "", activity: null, at: START };
    const said = { kind: "message", text, choice, choiceOf: null, without } as const;
    return eventOf(incoming(text, { ...nobody, ...SETTING, what: said }), conversation, read);
  };
  if ("say" in what) return message(what.say, null);
  if ("button" in what) return message("", what.button);
  if ("sends" in what) return message("", null, what.sends);
  if ("pick" in what) return message("", conversation.question?.options.at(what.pick) ?? null);
  return { ...SETTING, kind: "arrival" };
}

interface Played {
  readonly conversation: Conversation;
  readonly turns: readonly { readonly event: Event; readonly texts: readonly string[]; readonly asks: number }[];
  readonly largest: number;
}

/** Plays it all; due timers fire first, each at its own time, as the runtime does. */
function play(happenings: readonly Happening[]): Played {
  let conversation = newConversation();
  let now = START;
  let largest = 0;
  const turns: Played["turns"][number][] = [];
  const take = (event: Event, at: number) => {
    const response = respond(world, conversation, event, at);
    conversation = response.conversation;
    largest = Math.max(largest, JSON.stringify(conversation).length);
    turns.push({
      event,
      texts: response.replies.map(({ text }) => text),
      asks: response.replies.slice(0, -1).filter(({ ask }) => ask !== null).length,
    });
  };
  for (const what of happenings) {
    now += "wait" in what ? what.wait * 1000 : 1000;
    for (;;) {
      const due = conversation.timers.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      take({ ...SETTING, kind: "timer", timer: due.id }, due.at);
    }
    if (!("wait" in what)) take(happened(what, conversation), now);
  }
  return { conversation, turns, largest };
}

describe("whatever happens, in any order", () => {
  test("nothing throws, no text has a hole, three replies at most, only the last asks, and a message is answered", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 40 }), (happenings) => {
        for (const { event, texts, asks } of play(happenings).turns) {
          expect(texts.length).toBeLessThanOrEqual(3);
          expect(asks).toBe(0);
          if (event.kind === "message") expect(texts.length).toBeGreaterThan(0);
          for (const text of texts) {
            expect(brokenText(text)).toBeNull();
            expect(text.trim()).not.toBe("");
          }
        }
      }),
      { numRuns: 300, seed: 20_260_101 },
    );
  });

  test("the same happenings give the same talk", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), (happenings) => {
        const { conversation, turns } = play(happenings);
        const again = play(happenings);
        expect(again.turns.map(({ texts }) => texts)).toEqual(turns.map(({ texts }) => texts));
        expect(again.conversation).toEqual(conversation);
      }),
      { numRuns: 25, seed: 20_260_102 },
    );
  });

  test("the state stays under 16 KB after 1000 turns", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1000, maxLength: 1000, size: "max" }), (happenings) => {
        expect(play(happenings).largest).toBeLessThan(16 * 1024);
      }),
      { numRuns: 3, seed: 20_260_103, endOnFailure: true },
    );
  });
});

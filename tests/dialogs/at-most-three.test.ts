import { expect, test } from "vitest";
import { atMostThree } from "../../dialogs/at-most-three.ts";
import { newConversation } from "../../dialogs/conversation.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { createWorld, respond } from "../../dialogs/respond.ts";
import { heard } from "../support/heard.ts";
import { knowledge } from "../support/knowledge.ts";

const { content, understand } = knowledge();
const [some] = respond(createWorld(content, null), newConversation(), heard(understand("hello")), 0).replies;
const reply = (text: string, more: Partial<Reply> = {}): Reply => ({ ...(some as Reply), text, ask: null, ...more });
const note = reply("Noted.", { step: "answer", disposition: null });
const urgent = (text: string) => reply(text, { step: "escalate", disposition: "urgent-same-day" });
const emergency = (text: string) => reply(text, { step: "escalate", disposition: "emergency-now" });
const question = reply("Which?", { step: "safety-check", ask: "safety-check", disposition: null });
const passedOn = reply("I passed it on.", { step: "hand-off", handOff: { summary: "calf" } as never });
const textsOf = (...replies: readonly Reply[]) => atMostThree(replies).map(({ text }) => text);

test("a mere note gives way, wherever it stands", () => {
  expect(textsOf(note, urgent("See a doctor today."), urgent("Stay down."), question)).toEqual([
    "See a doctor today.",
    "Stay down.",
    "Which?",
  ]);
});

test("of two levels the lower gives way, of one level what is said last", () => {
  expect(
    textsOf(urgent("See a doctor today."), urgent("Stay down."), emergency("Call 999."), emergency("Do not drive.")),
  ).toEqual(["See a doctor today.", "Call 999.", "Do not drive."]);
  expect(textsOf(urgent("See a doctor today."), urgent("Stay down."), urgent("No rubbing."), question)).toEqual([
    "See a doctor today.",
    "Stay down.",
    "Which?",
  ]);
});

test("a wish to be passed on stays, and so does the last question", () => {
  expect(textsOf(note, question, passedOn, reply("Noted."), reply("Is it better?", { ask: "recheck" }))).toEqual([
    "I passed it on.",
    "Noted.",
    "Is it better?",
  ]);
});

test("three are left as they are", () => {
  expect(textsOf(note, note, question)).toEqual(["Noted.", "Noted.", "Which?"]);
});

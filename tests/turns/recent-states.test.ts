import { expect, test } from "vitest";
import { newConversation } from "../../dialogs/conversation.ts";
import { createRecentStates } from "../../src/turns/recent-states.ts";

const MINUTE = 60_000;
const conversation = { ...newConversation(), turns: 3 };
const json = JSON.stringify(conversation);

test("what was kept is given back for the very JSON it was written as", () => {
  const recent = createRecentStates();
  recent.keep("a", json, conversation, 0);
  expect(recent.read("a", json).conversation).toBe(conversation);
});

test("another instance went on: its state counts", () => {
  const recent = createRecentStates();
  recent.keep("a", json, conversation, 0);
  const theirs = JSON.stringify({ ...conversation, turns: 4 });
  expect(recent.read("a", theirs).conversation.turns).toBe(4);
  expect(recent.read("a", null).conversation.turns).toBe(0);
  expect(recent.read("b", json).conversation).not.toBe(conversation);
});

test("a damaged state is never hidden by what is remembered", () => {
  const recent = createRecentStates();
  recent.keep("a", json, conversation, 0);
  expect(recent.read("a", "{").problem).toBe("not JSON");
});

test("what was forgotten, what is old and what is too much goes", () => {
  const recent = createRecentStates();
  const isKept = (key: string) => recent.read(key, json).conversation === conversation;
  recent.keep("forgotten", json, conversation, 0);
  recent.keep("forgotten", null, conversation, 1);
  expect(isKept("forgotten")).toBe(false);

  recent.keep("old", json, conversation, 0);
  recent.keep("young", json, conversation, 9 * MINUTE);
  recent.keep("new", json, conversation, 10 * MINUTE);
  expect([isKept("old"), isKept("young"), isKept("new")]).toEqual([false, true, true]);

  for (let at = 0; at < 500; at++) recent.keep(`many-${at}`, json, conversation, 10 * MINUTE);
  expect([isKept("new"), isKept("many-0"), isKept("many-499")]).toEqual([false, true, true]);
});

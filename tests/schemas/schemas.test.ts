import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { newConversation } from "../../dialogs/conversation.ts";
import { createWorld, respond } from "../../dialogs/respond.ts";
import { AREAS, ASKS, DISPOSITIONS, INTENTS, PAIN_WORDS, POLARITIES, SIDES, STEPS } from "../../src/care/labels.ts";
import { createLineChat } from "../../src/channels/terminal/lines.ts";
import { understandingLine } from "../../src/channels/terminal/understanding-line.ts";
import { turnEntity } from "../../src/channels/turn-entity.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import { createTurns } from "../../src/turns/turns.ts";
import { heard } from "../support/heard.ts";
import { knowledge } from "../support/knowledge.ts";

const folder = join(import.meta.dirname, "..", "..", "schemas");
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
const texts = new Map(
  readdirSync(folder).map((file) => [file.replace(".schema.json", ""), readFileSync(join(folder, file), "utf8")]),
);
const schemas = new Map([...texts].map(([name, text]) => [name, ajv.compile(JSON.parse(text))]));

function fits(name: string, value: unknown): true | unknown {
  const check = schemas.get(name) as ValidateFunction;
  return check(JSON.parse(JSON.stringify(value))) ? true : [check.errors, value];
}

const { content, understand } = knowledge();
const world = createWorld(content, null);
const TALK = [
  "hello",
  "my calf is cramping",
  "none",
  "it hurts 8/10",
  "no swelling, but my foot is cold and white",
  "my son's neck, since yesterday, about a 3",
  "why?",
  "forget me",
  "yes",
  "",
  "ich habe einen Krampf in der Wade und weiß nicht was ich tun soll",
];

describe("what the code makes fits its schema", () => {
  test("events, replies and entities", () => {
    let conversation = newConversation();
    for (const [at, text] of TALK.entries()) {
      const event = heard(understand(text), { without: text === "" ? "text" : null });
      expect(fits("event", event)).toBe(true);
      const response = respond(world, conversation, event, at * 60_000);
      expect(response.replies.length).toBeGreaterThan(0);
      for (const reply of response.replies) {
        expect(fits("reply", reply)).toBe(true);
        expect(fits("turn-entity", turnEntity(reply))).toBe(true);
      }
      conversation = response.conversation;
    }
    expect(
      fits("event", { kind: "timer", timer: "hold-1", locale: null, timeZone: null, scope: "personal", reach: "none" }),
    ).toBe(true);
  });

  test("lines of the terminal", async () => {
    const observer = { turn: () => {}, failure: () => {} };
    const mind = Promise.resolve({ world, understand });
    const chat = createLineChat(createTurns({ store: createMemoryStore(), mind, observer }));
    for (const text of TALK) {
      const line = { conversation: "a", text, locale: "en-IE" };
      expect(fits("chat-line-in", line)).toBe(true);
      const out = await chat(JSON.stringify(line));
      expect(out.error).toBeUndefined();
      expect(fits("chat-line-out", out)).toBe(true);
    }
    for (const wrong of [
      "{",
      "[]",
      "{}",
      '{"conversation":"a"}',
      '{"conversation":"a","advanceSeconds":-1}',
      '{"conversation":"a","scope":"all","text":"hi"}',
    ]) {
      const out = await chat(wrong);
      expect(out.error).toMatch(/\w/);
      expect(fits("chat-line-out", out)).toBe(true);
    }
  });

  test("lines of understand", () => {
    for (const text of TALK) expect(fits("understanding-line", understandingLine(text, understand(text)))).toBe(true);
  });
});

test("the schemas know exactly the labels of the code", () => {
  const lists = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { enum: names } = value as { enum?: unknown[] };
    if (Array.isArray(names)) lists.add(names.filter((one) => one !== null).join());
    Object.values(value).forEach(collect);
  };
  for (const text of texts.values()) collect(JSON.parse(text));
  for (const labels of [INTENTS, DISPOSITIONS, AREAS, SIDES, PAIN_WORDS, POLARITIES, STEPS, ASKS]) {
    expect(lists).toContain(labels.join());
  }
});

test("a message with a wrong field does not fit", () => {
  expect(fits("turn-entity", { type: "unknot.turn", step: "dance" })).not.toBe(true);
  expect(fits("chat-line-in", { conversation: "", text: "hi" })).not.toBe(true);
});

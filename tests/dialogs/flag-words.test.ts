import { describe, expect, test } from "vitest";
import { TABLE_FLAGS } from "../../dialogs/absorb.ts";
import { type Conversation, newConversation } from "../../dialogs/conversation.ts";
import type { MessageEvent } from "../../dialogs/event.ts";
import type { Response } from "../../dialogs/finish.ts";
import { createWorld, respond } from "../../dialogs/respond.ts";
import { type Person, wording } from "../../src/care/said.ts";
import type { Understanding } from "../../src/understanding/understanding.ts";
import { heard } from "../support/heard.ts";
import { knowledge } from "../support/knowledge.ts";

const { content, understand } = knowledge();
const world = createWorld(content, "GB");
const START = Date.parse("2026-01-01T09:00:00Z");

const CRAMP: Readonly<Record<Person, string>> = { you: "I have a cramp", they: "my husband has a cramp" };
const told = content.flags.filter(({ id, disposition }) => disposition !== "self-care" && !TABLE_FLAGS.has(id));
const held = told.filter(({ id, disposition }) => disposition !== "see-clinician-soon" && id !== "crisis-self-harm");

function message(text: string, changes: Partial<Understanding> = {}): MessageEvent {
  return heard({ ...understand(text), ...changes }, { timeZone: "Europe/London" });
}

function pick(conversation: Conversation, choice: string): MessageEvent {
  return { ...message(""), choice, choiceOf: conversation.question?.id ?? null };
}

const textOf = ({ replies }: Response) => replies.map(({ text }) => text).join("\n");
const filled = (text: string) => new RegExp(text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[a-z_]+\}/g, ".+"));

describe.each(["you", "they"] as const)('the words of the red flags, to "%s"', (person) => {
  /** The card is answered, and the place is not told: neither asks for the sign by itself, so the second net does. */
  const checked = (): Conversation => {
    const { conversation } = respond(
      world,
      newConversation(),
      message(CRAMP[person], { suspected: null, area: null, vague: null }),
      START,
    );
    const { episode } = conversation;
    if (episode === null) throw new Error("no episode has begun");
    return { ...conversation, question: null, timers: [], episode: { ...episode, card: { ...episode.card, state: "clean" } } };
  };
  const suspecting = (flag: string) =>
    respond(world, checked(), message(CRAMP[person], { suspected: flag, area: null, vague: null }), START + 1000);

  test.each(told.map((flag) => [flag.id, flag] as const))("%s: asked once, yes and unsure raise it, no closes it", (id, flag) => {
    const asked = suspecting(id);
    const question = wording(flag.ask[0] ?? "", person);
    expect(textOf(asked)).toContain(question);
    expect(asked.replies.at(-1)?.choices.map(({ value }) => value)).toEqual(["yes", "no", "unsure"]);
    for (const answer of ["yes", "unsure"]) {
      const after = respond(world, asked.conversation, pick(asked.conversation, answer), START + 5000);
      expect(after.conversation.episode?.flags.map((one) => one.id)).toContain(id);
    }
    const after = respond(world, asked.conversation, pick(asked.conversation, "no"), START + 5000);
    expect(after.conversation.episode?.flags).toEqual([]);
    expect(after.conversation.episode?.closedFlags).toContain(id);
    expect(textOf(after)).not.toContain(question);
  });

  test.each([...TABLE_FLAGS])("%s: yes is as if it had been told, and sends to advice today", (id) => {
    const asked = suspecting(id);
    for (const answer of ["yes", "unsure"]) {
      const after = respond(world, asked.conversation, pick(asked.conversation, answer), START + 5000);
      expect(after.replies[0]).toMatchObject({ step: "escalate", disposition: "urgent-same-day" });
      expect(textOf(after)).toContain("get medical advice today");
      expect(after.conversation.episode?.flags.map((one) => one.id)).toContain(id);
    }
    const after = respond(world, asked.conversation, pick(asked.conversation, "no"), START + 5000);
    expect(after.conversation.episode?.disposition).not.toBe("urgent-same-day");
  });

  test.each(held.map((flag) => [flag.id, flag] as const))(
    "%s: the list after the call, a line a turn, to its end",
    (id, flag) => {
      const asked = suspecting(id);
      let last = respond(world, asked.conversation, pick(asked.conversation, "yes"), START + 5000);
      if (flag.first !== undefined) expect(textOf(last)).toMatch(filled(wording(flag.first, person)));
      for (const [at, line] of flag.action.slice(1).entries()) {
        last = respond(world, last.conversation, message("ok, done"), START + 10_000 + at * 5000);
        expect(last.replies).toHaveLength(1);
        expect(textOf(last)).toMatch(filled(`^${wording(line, person)}$`.replace(/^\^|\$$/g, "")));
        expect(textOf(last)).not.toMatch(/[{}]/);
        expect(last.replies[0]?.sources).toEqual(flag.sources);
      }
      last = respond(world, last.conversation, message("ok, done"), START + 60_000);
      expect(last.replies[0]?.step).toBe("escalate");
      for (const line of flag.action) expect(textOf(last)).not.toBe(wording(line, person));
    },
  );
});

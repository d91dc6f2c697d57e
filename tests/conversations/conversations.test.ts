import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createWorld } from "../../dialogs/respond.ts";
import { DISPOSITIONS } from "../../src/care/labels.ts";
import { createLineChat, type LineOut } from "../../src/channels/terminal/lines.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import { createTurns } from "../../src/turns/turns.ts";
import { knowledge } from "../support/knowledge.ts";
import { type Dialogue, type DialogueTurn, mistakesOf, readDialogues } from "./dialogue.ts";

const { content, understand } = knowledge();
const mind = Promise.resolve({ world: createWorld(content, null), understand });

describe.each(readdirSync(import.meta.dirname).filter((file) => file.endsWith(".yaml")))("%s", (file) => {
  test.each(readDialogues(join(import.meta.dirname, file)))("$title", async (dialogue) => {
    expect(await play(dialogue)).toEqual([]);
  });
});

/** Plays the dialogue against the real bot and gives what was wrong, with the talk up to there. */
async function play(dialogue: Dialogue): Promise<string[]> {
  const observer = {
    turn: () => {},
    failure: (_where: string, error: unknown) => {
      throw error;
    },
  };
  const chat = createLineChat(createTurns({ store: createMemoryStore(), mind, observer }));
  const heard: string[] = [];
  for (const turn of dialogue.talk) {
    const out = JSON.parse(JSON.stringify(await chat(lineOf(dialogue, turn)))) as LineOut;
    heard.push(`> ${turn.say ?? (turn.pick === undefined ? `(${turn.wait} s)` : `[${turn.pick}]`)}`);
    heard.push(...out.replies.map((reply) => `  ${reply.text} {${reply.step} ${reply.disposition} ${reply.ask ?? ""}}`));
    const mistakes = [
      ...mistakesOf(turn, out),
      ...alwaysWrong(dialogue, out),
      // Several timers may fire while time passes: each is a turn of its own.
      ...(turn.wait === undefined ? wrongInOneTurn(out) : []),
    ];
    if (mistakes.length > 0) return [...mistakes, ...heard];
  }
  return [];
}

function lineOf({ locale, scope }: Dialogue, { say, pick, wait }: DialogueTurn): string {
  return JSON.stringify({
    conversation: "test",
    locale,
    scope,
    ...(say === undefined ? {} : { text: say }),
    ...(pick === undefined ? {} : { choice: pick }),
    ...(wait === undefined ? {} : { advanceSeconds: wait }),
  });
}

function alwaysWrong({ never, never_steps, never_above }: Dialogue, { replies }: LineOut): string[] {
  const mistakes: string[] = [];
  for (const { text, step, disposition } of replies) {
    for (const words of never ?? [])
      if (text.toLowerCase().includes(words.toLowerCase())) mistakes.push(`never to say "${words}"`);
    if (never_steps?.includes(step)) mistakes.push(`never to come to ${step}`);
    if (/\{[a-z_]+\}|undefined|null|NaN/.test(text)) mistakes.push(`a hole in "${text}"`);
    const above =
      never_above !== undefined && disposition !== null && DISPOSITIONS.indexOf(disposition) < DISPOSITIONS.indexOf(never_above);
    if (above) mistakes.push(`${disposition} is above ${never_above}`);
  }
  return mistakes;
}

function wrongInOneTurn({ replies }: LineOut): string[] {
  const mistakes: string[] = [];
  if (replies.length > 3) mistakes.push(`${replies.length} replies in one turn`);
  if (replies.slice(0, -1).some(({ ask }) => ask !== null)) mistakes.push("a reply before the last asks");
  return mistakes;
}

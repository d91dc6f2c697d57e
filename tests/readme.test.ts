import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createWorld } from "../dialogs/respond.ts";
import { INTENTS } from "../src/care/labels.ts";
import { createLineChat } from "../src/channels/terminal/lines.ts";
import { createMemoryStore } from "../src/store/memory.ts";
import { createTurns } from "../src/turns/turns.ts";
import { knowledge } from "./support/knowledge.ts";

const root = join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const readme = text("README.md");
const { content, understand } = knowledge();

/** The talk in the README: what the person says, and the paragraphs of the bot up to the next such line. */
function talk(): { said: string; paragraphs: string[] }[] {
  const block = /```\n(> .*?)```/s.exec(readme)?.[1] ?? "";
  return block
    .split(/^> /m)
    .slice(1)
    .map((part) => {
      const [said = "", ...rest] = part.split("\n");
      const lines = rest.map((line) => (/^ {2}/.test(line) ? "" : line));
      const paragraphs = lines
        .join("\n")
        .trim()
        .split(/\n{2,}/);
      return { said, paragraphs: paragraphs.map((one) => one.replaceAll("\n", " ").trim()) };
    });
}

describe("README.md", () => {
  it("shows a talk as the bot really has it", async () => {
    const store = createMemoryStore();
    const world = createWorld(content, null);
    const observer = { turn: () => {}, failure: (_: string, error: unknown) => expect.fail(String(error)) };
    const answer = createLineChat(
      createTurns({ store, mind: Promise.resolve({ world, understand }), observer }),
      async () => null,
    );
    const shown = talk();
    expect(shown.length).toBe(3);
    for (const { said, paragraphs } of shown) {
      const out = await answer(JSON.stringify({ conversation: "readme", text: said, locale: "en-GB" }));
      expect(paragraphs, said).toEqual(out.replies.map((reply) => reply.text));
    }
  });

  it("counts red flags, intents and held-out messages as they are", () => {
    const lines = (file: string) =>
      text(join("eval", "held-out", file))
        .trim()
        .split("\n").length;
    const thousands = new Intl.NumberFormat("en");
    expect(readme).toContain(` ${content.flags.length} red flags are rules`);
    expect(readme).toContain(`(${thousands.format(lines("intents.jsonl"))} messages, ${INTENTS.length} intents)`);
    expect(readme).toContain(`(${lines("triage.jsonl")} first messages;`);
  });
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";
import { readDialogues } from "./dialogue.ts";
import { createPlayer, doneBy, type PlayedTurn } from "./play.ts";

const play = createPlayer(knowledge());
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".yaml"));

describe.each(files)("%s", (file) => {
  test.each(readDialogues(join(import.meta.dirname, file)))("$title", async (dialogue) => {
    const played = await play(dialogue);
    const failed = played.findIndex(({ mistakes }) => mistakes.length > 0);
    expect(failed < 0 ? [] : [...(played[failed]?.mistakes ?? []), ...told(played.slice(0, failed + 1))]).toEqual([]);
  });
});

/** The talk up to the mistake, for the message of the failing test. */
function told(played: readonly PlayedTurn[]): string[] {
  return played.flatMap(({ turn, heard }) => [
    `> ${doneBy(turn)}`,
    ...heard.replies.map(({ text, step, disposition, ask }) => `  ${text} {${step} ${disposition} ${ask ?? ""}}`),
  ]);
}

/** The lines of the behaviour list, by letter. */
const LINES = { A: 12, B: 6, C: 10, D: 7, E: 9 };
/** What no dialogue can show: the whole state graph, logs, reading grades, the rendering of cards. */
const ELSEWHERE = new Set(["D2", "E5", "E7", "E8"]);

test("every line of the behaviour list is proved by three dialogues or more", () => {
  const all = files.flatMap((file) => readDialogues(join(import.meta.dirname, file)));
  const short = Object.entries(LINES)
    .flatMap(([letter, most]) => Array.from({ length: most }, (_, at) => `${letter}${at + 1}`))
    .filter((line) => !ELSEWHERE.has(line) && all.filter(({ proves }) => proves.includes(line)).length < 3);
  expect(short).toEqual([]);
});

test("no title is used twice", () => {
  const titles = files.flatMap((file) => readDialogues(join(import.meta.dirname, file)).map(({ title }) => title));
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
});

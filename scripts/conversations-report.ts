import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { loadKnowledge } from "../src/load.ts";
import { type Dialogue, readDialogues } from "../tests/conversations/dialogue.ts";
import { createPlayer, doneBy, type PlayedTurn } from "../tests/conversations/play.ts";

/** `node scripts/conversations-report.ts`: plays every scripted dialogue and writes docs/conversations.md, to be read. */
const root = join(import.meta.dirname, "..");
const folder = join(root, "tests", "conversations");

function told(dialogue: Dialogue, played: readonly PlayedTurn[]): string {
  const proves = dialogue.proves.length > 0 ? ` (${dialogue.proves.join(", ")})` : "";
  const lines = played.flatMap(({ turn, heard, mistakes }) => [
    `- **${escapeMarkdown(doneBy(turn))}**`,
    ...heard.replies.map(
      ({ text, disposition }) => `  - ${escapeMarkdown(text)}${disposition === null ? "" : ` *${disposition}*`}`,
    ),
    ...mistakes.map((mistake) => `  - **Wrong:** ${escapeMarkdown(mistake)}`),
  ]);
  return [`### ${dialogue.title}${proves}`, "", ...lines, ""].join("\n");
}

function escapeMarkdown(text: string): string {
  return text.replace(/[<>*_`[\]\\]/g, "\\$&").replace(/\n/g, " ");
}

const play = createPlayer(
  await loadKnowledge(join(root, "content", "en"), join(root, ".cache"), (what) => process.stderr.write(`${what}\n`)),
);
const pages: string[] = [];
let count = 0;
let wrong = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
  pages.push(
    `## ${basename(file, ".yaml")
      .replace(/^[a-z]-/, "")
      .replace(/-/g, " ")}`,
    "",
  );
  for (const dialogue of readDialogues(join(folder, file))) {
    const played = await play(dialogue);
    count++;
    if (played.some(({ mistakes }) => mistakes.length > 0)) wrong++;
    pages.push(told(dialogue, played));
  }
}
const head = [
  "# Conversations",
  "",
  `What the bot says in each of the ${count} scripted dialogues of tests/conversations/, made by \`node scripts/conversations-report.ts\` from`,
  `the bot itself. ${wrong === 0 ? "All are as expected." : `${wrong} are not as expected.`} In bold what the person does; in italics what the bot advises as of that message.`,
  "",
];
writeFileSync(join(root, "docs", "conversations.md"), [...head, ...pages].join("\n"));
process.stdout.write(`docs/conversations.md: ${count} dialogues, ${wrong} not as expected\n`);

import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createWorld } from "../dialogs/respond.ts";
import { createLineChat } from "./channels/terminal/lines.ts";
import { talk } from "./channels/terminal/talk.ts";
import { readContentConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { oneLine } from "./errors.ts";
import { loadKnowledge } from "./load.ts";
import { createMemoryStore } from "./store/memory.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import { createTurns } from "./turns/turns.ts";

/**
 * `npm run chat`: the bot in a terminal, for a person, for lines of text, or for lines of JSON. It remembers nothing, unless
 * `--data DIR` names a folder to keep conversations in.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { jsonl: { type: "boolean", default: false }, data: { type: "string" } } });
  const warn = (text: string) => process.stderr.write(`unknot: ${text}\n`);
  const { contentFolder, cacheFolder, defaultCountry } = readContentConfig(environment());
  const knowledge = await loadKnowledge(contentFolder, cacheFolder, warn);
  const store = values.data === undefined ? createMemoryStore() : openSqliteStore(values.data);
  const observer = { turn: () => {}, failure: (where: string, error: unknown) => warn(`${where}: ${(error as Error).stack}`) };
  const world = createWorld(knowledge.content, defaultCountry);
  const turns = createTurns({ store, mind: Promise.resolve({ world, understand: knowledge.understand }), observer });
  if (values.jsonl) {
    const answer = createLineChat(turns, async (key) => (await store.load(key, null)).conversation?.at ?? null);
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== "") process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
    }
  } else {
    const locale = localeOf(process.env);
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const interactive = process.stdin.isTTY === true;
    await talk({ turns, input: process.stdin, output: process.stdout, interactive, locale, timeZone, now: Date.now });
  }
  await store.close();
}

/** "en_GB.UTF-8" → "en-GB". */
function localeOf(env: NodeJS.ProcessEnv): string | null {
  const name = (env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "").split(".")[0] as string;
  return /^[a-z]{2}_[A-Z]{2}$/.test(name) ? name.replace("_", "-") : null;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

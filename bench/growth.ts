import { rmSync } from "node:fs";
import { join } from "node:path";
import { CORE_SCHEMA, dump, load } from "js-yaml";
import { createWorld } from "../dialogs/respond.ts";
import type { ContentFiles } from "../src/care/content.ts";
import { readContentFiles } from "../src/care/load-content.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import type { Mind } from "../src/turns/turns.ts";
import { buildKnowledge, openKnowledge } from "../src/understanding/knowledge.ts";
import { type Figure, type Suite, timesAtMost } from "./figures.ts";
import { bestMind, talk, turnsWith } from "./load.ts";
import { interleaved, median, ratio } from "./measure.ts";
import { ROOT, temporaryFolder } from "./support.ts";

const ROUNDS = 11;
const TALKS = 40;
const LONG = 1000;
const LEXICON = /^lexicon\/concepts\//;

/** What a turn costs as a conversation gets long, and as the content grows. */
export async function benchGrowth(): Promise<Suite> {
  return { title: "Growth: a turn with SQLite", figures: [await withLength(), await withContent()] };
}

async function withLength(): Promise<Figure> {
  const folder = temporaryFolder();
  const store = openSqliteStore(folder);
  const turns = turnsWith(store, await bestMind());
  const old = Array.from({ length: 4 }, (_, at) => `old:${at}`);
  for (const key of old) for (let said = 0; said < LONG; said += 4) await talk(turns, key, []);
  let fresh = 0;
  const of = await interleaved(
    {
      fresh: async () => await costOf((milliseconds) => talk(turns, `fresh:${fresh++}`, milliseconds)),
      long: async () => await costOf((milliseconds, at) => talk(turns, old[at % old.length] as string, milliseconds)),
    },
    ROUNDS,
  );
  await store.close();
  rmSync(folder, { recursive: true });
  const times = ratio(of("long"), of("fresh"));
  const what = `a turn after ${LONG.toLocaleString("en")} turns`;
  return {
    what,
    value: median(of("long")),
    unit: "ms",
    beside: [{ peer: "one of the first four", times }],
    goal: timesAtMost("the first", times, 1.2),
  };
}

async function withContent(): Promise<Figure> {
  const { content, understand } = openKnowledge(await buildKnowledge(doubled(readContentFiles(join(ROOT, "content", "en")))));
  const minds: Readonly<Record<string, Mind>> = {
    single: await bestMind(),
    double: { world: createWorld(content, null), understand },
  };
  const folder = temporaryFolder();
  const stores = Object.keys(minds).map((name) => [name, openSqliteStore(join(folder, name))] as const);
  let fresh = 0;
  const loads = Object.fromEntries(
    stores.map(([name, store]) => {
      const turns = turnsWith(store, minds[name] as Mind);
      return [name, async () => await costOf((milliseconds) => talk(turns, `fresh:${fresh++}`, milliseconds))];
    }),
  );
  const of = await interleaved(loads, ROUNDS);
  for (const [, store] of stores) await store.close();
  rmSync(folder, { recursive: true });
  const times = ratio(of("double"), of("single"));
  return {
    what: "with twice the lexicon and twice the answers",
    value: median(of("double")),
    unit: "ms",
    beside: [{ peer: "as it is", times }],
    goal: timesAtMost("as it is", times, 2),
  };
}

async function costOf(talkOnce: (milliseconds: number[], at: number) => Promise<void>): Promise<number> {
  const milliseconds: number[] = [];
  for (let at = 0; at < TALKS; at++) await talkOnce(milliseconds, at);
  return milliseconds.reduce((sum, one) => sum + one, 0) / milliseconds.length;
}

interface Concepts {
  readonly concepts: Readonly<Record<string, { readonly says?: readonly string[]; readonly maybe?: readonly string[] }>>;
}

interface Answers {
  readonly answers: readonly { readonly id: string; readonly asks: readonly string[] }[];
}

/** Content of twice the size: each concept and each answer once more, under another name and with another word in it. */
function doubled(source: ContentFiles): ContentFiles {
  const again = source.files
    .filter(({ path }) => LEXICON.test(path))
    .map(({ path, text }) => {
      const { concepts } = load(text, { schema: CORE_SCHEMA }) as Concepts;
      const twins = Object.entries(concepts).map(([name, one]) => [
        `${name}-twin`,
        { ...one, says: (one.says ?? one.maybe ?? []).map((phrase) => `${phrase} twinned`) },
      ]);
      return { path: path.replace(".yaml", "-twin.yaml"), text: dump({ concepts: Object.fromEntries(twins) }) };
    });
  const files = source.files.map(({ path, text }) => ({ path, text: path === "answers.yaml" ? twiceAnswered(text) : text }));
  return { ...source, files: [...files, ...again] };
}

function twiceAnswered(text: string): string {
  const { answers, ...rest } = load(text, { schema: CORE_SCHEMA }) as Answers;
  const twins = answers.map((one) => ({ ...one, id: `${one.id}-twin`, asks: one.asks.map((ask) => `${ask} twinned`) }));
  return dump({ ...rest, answers: [...answers, ...twins] });
}

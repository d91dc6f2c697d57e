import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createMemoryStore } from "../src/store/memory.ts";
import { openPostgresStore } from "../src/store/postgres.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { startPostgres } from "../tests/support/postgres.ts";
import { fillPostgres, fillSqlite } from "./fill.ts";
import { growth, type Measure, merged, type Round, sideBySide, turnsOf } from "./load.ts";
import { scale } from "./scale.ts";

/**
 * `node bench/stores.ts`: turns a second and milliseconds a turn with each store, few conversations and many stored, all side
 * by side in one run: they take turns in short rounds so that whatever else the machine does falls on all of them.
 * `--stored 1000,1000000` says how many conversations are there already, `--turns` how many are measured a round.
 */
const { values } = parseArgs({
  options: {
    stored: { type: "string", default: "1000,1000000" },
    turns: { type: "string", default: "600" },
    rounds: { type: "string", default: "7" },
  },
});
const counts = values.stored.split(",").map(Number);
const turns = Number(values.turns);
const rounds = Number(values.rounds);
const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = () => Math.round(process.memoryUsage().rss / 1024 / 1024);
const MEMORY = "memory";

const folder = mkdtempSync(join(tmpdir(), "unknot-bench-"));
const server = await startPostgres(["fsync=on", "shared_buffers=256MB"]);
try {
  const stores = [{ name: MEMORY, kind: MEMORY, stored: 0, store: createMemoryStore() }];
  for (const stored of counts) stores.push(...(await openAll(stored)));
  const loads = stores.map(({ name, store, stored }) => ({ name, run: turnsOf(store, stored, turns) }));
  const measured = await sideBySide(loads, rounds);
  report(measured);
  for (const kind of ["SQLite", "PostgreSQL"]) reportGrowth(kind, measured);
  for (const { store } of stores) await store.close();
  say(await scale(await server.createDatabase("scale"), turns));
} finally {
  await server.remove();
  rmSync(folder, { recursive: true });
}

function nameOf(kind: string, stored: number): string {
  return `${kind}, ${stored.toLocaleString("en")}`;
}

async function openAll(stored: number): Promise<{ name: string; kind: string; stored: number; store: Store }[]> {
  const data = join(folder, String(stored));
  const url = await server.createDatabase(`bench_${stored}`);
  const sqlite = openSqliteStore(data);
  const postgres = await openPostgresStore({ url, connections: 10, failed: () => {} });
  const began = performance.now();
  fillSqlite(data, stored);
  await fillPostgres(url, stored);
  say(`${stored.toLocaleString("en")} conversations stored in ${Math.round((performance.now() - began) / 1000)} s`);
  return [
    { name: nameOf("SQLite", stored), kind: "SQLite", stored, store: sqlite },
    { name: nameOf("PostgreSQL", stored), kind: "PostgreSQL", stored, store: postgres },
  ];
}

function report(measured: ReadonlyMap<string, readonly Round[]>): void {
  const memory = merged(measured.get(MEMORY) ?? []);
  const width = Math.max(...[...measured.keys()].map(({ length }) => length));
  say(`\n${"store, stored".padEnd(width)}   turns/s   p50 ms   p99 ms   of memory   8 at once/s   commit ms`);
  for (const [name, all] of measured) {
    const one: Measure = merged(all);
    const cost = Math.max(0, 1000 / one.perSecond - 1000 / memory.perSecond);
    const cells = [
      name.padEnd(width),
      one.perSecond.toFixed(0).padStart(9),
      one.p50.toFixed(2).padStart(8),
      one.p99.toFixed(2).padStart(8),
      `${Math.round((one.perSecond / memory.perSecond) * 100)}%`.padStart(11),
      one.together.toFixed(0).padStart(13),
      cost.toFixed(2).padStart(11),
    ];
    say(cells.join(" "));
  }
  say(`memory of this process: ${megabytes()} MB`);
}

function reportGrowth(kind: string, measured: ReadonlyMap<string, readonly Round[]>): void {
  const [few, many] = [counts[0], counts.at(-1)];
  if (few === undefined || many === undefined || few === many) return;
  const { mean, p50 } = growth(measured.get(nameOf(kind, few)) ?? [], measured.get(nameOf(kind, many)) ?? []);
  const [least, most] = [few, many].map((count) => count.toLocaleString("en"));
  say(`${kind}: a turn with ${most} stored costs ${mean.toFixed(2)} times one with ${least} (p50 ${p50.toFixed(2)} times)`);
}

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
import { type Measure, merged, sideBySide, turnsOf } from "./load.ts";
import { scale } from "./scale.ts";

/**
 * `node bench/stores.ts`: turns a second and milliseconds a turn with each store, side by side in one run, the stores taking
 * turns in short rounds so that whatever else the machine does falls on all of them. `--stored 1000,1000000` says how many
 * conversations are there already, `--turns` how many are measured a round.
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

const folder = mkdtempSync(join(tmpdir(), "unknot-bench-"));
const server = await startPostgres(["fsync=on", "shared_buffers=256MB"]);
try {
  const measured = new Map<string, Map<number, Measure>>();
  for (const stored of counts) {
    const stores = await openAll(stored);
    const loads = [...stores].map(([name, store]) => ({ name, run: turnsOf(store, name === "memory" ? 0 : stored, turns) }));
    for (const [name, measures] of await sideBySide(loads, rounds)) {
      const all = measured.get(name) ?? new Map<number, Measure>();
      measured.set(name, all.set(stored, merged(measures)));
    }
    report(stored, measured);
    for (const store of stores.values()) await store.close();
  }
  reportGrowth(measured);
  say(await scale(await server.createDatabase("scale"), turns));
} finally {
  await server.remove();
  rmSync(folder, { recursive: true });
}

async function openAll(stored: number): Promise<Map<string, Store>> {
  const data = join(folder, String(stored));
  const url = await server.createDatabase(`bench_${stored}`);
  const sqlite = openSqliteStore(data);
  const postgres = await openPostgresStore({ url, connections: 10, failed: () => {} });
  const began = performance.now();
  fillSqlite(data, stored);
  await fillPostgres(url, stored);
  say(`\n${stored.toLocaleString("en")} conversations stored in ${Math.round((performance.now() - began) / 1000)} s`);
  return new Map([
    ["memory", createMemoryStore()],
    ["SQLite", sqlite],
    ["PostgreSQL", postgres],
  ]);
}

function report(stored: number, measured: ReadonlyMap<string, ReadonlyMap<number, Measure>>): void {
  const memory = measured.get("memory")?.get(stored);
  say("store        turns/s   p50 ms   p99 ms   of memory   8 at once/s   commit ms");
  for (const [name, all] of measured) {
    const one = all.get(stored);
    if (one === undefined || memory === undefined) continue;
    const cost = Math.max(0, 1000 / one.perSecond - 1000 / memory.perSecond);
    const cells = [
      name.padEnd(10),
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

function reportGrowth(measured: ReadonlyMap<string, ReadonlyMap<number, Measure>>): void {
  const [few, many] = [counts[0], counts.at(-1)];
  if (few === undefined || many === undefined || few === many) return;
  say(
    `\na turn with ${many.toLocaleString("en")} stored costs, of one with ${few.toLocaleString("en")}, taking memory's as the same:`,
  );
  const drift = (measured.get("memory")?.get(few)?.p50 ?? 1) / (measured.get("memory")?.get(many)?.p50 ?? 1);
  for (const [name, all] of measured) {
    const [before, after] = [all.get(few), all.get(many)];
    if (before === undefined || after === undefined || name === "memory") continue;
    say(`${name.padEnd(10)} ${((after.p50 / before.p50) * drift).toFixed(2)} times (p50)`);
  }
}

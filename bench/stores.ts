import { rmSync } from "node:fs";
import { join } from "node:path";
import { createMemoryStore } from "../src/store/memory.ts";
import { openPostgresStore } from "../src/store/postgres.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { startPostgres } from "../tests/support/postgres.ts";
import { type Figure, type Suite, timesAtLeast, timesAtMost } from "./figures.ts";
import { fillPostgres, fillSqlite } from "./fill.ts";
import { perSecond, type Round, turnsOf } from "./load.ts";
import { interleaved, median, ratio } from "./measure.ts";
import { scale } from "./scale.ts";
import { temporaryFolder } from "./support.ts";

const ROUNDS = 9;
const TURNS = 400;
const MEMORY = "memory";
const KINDS = ["SQLite", "PostgreSQL"] as const;

/**
 * Whole turns (understand, respond, commit) with each store, few conversations in it and many, all in one run that goes round
 * and round, so that whatever else the machine does falls on all of them.
 * @param counts how many conversations are stored already: few and many
 */
export async function benchStores(counts: readonly [number, number]): Promise<Suite> {
  const folder = temporaryFolder();
  const server = await startPostgres(["fsync=on", "shared_buffers=256MB"]);
  const stores: Store[] = [];
  const loads: Record<string, () => Promise<Round>> = {};
  const add = async (name: string, store: Store, stored: number) => {
    stores.push(store);
    loads[name] = await turnsOf(store, stored, TURNS);
  };
  try {
    await add(MEMORY, createMemoryStore(), 0);
    for (const stored of counts) {
      const data = join(folder, String(stored));
      const sqlite = openSqliteStore(data);
      fillSqlite(data, stored);
      await add(nameOf("SQLite", stored), sqlite, stored);
      const url = await server.createDatabase(`bench_${stored}`);
      const postgres = await openPostgresStore({ url, connections: 10, failed: () => {} });
      await fillPostgres(url, stored);
      await add(nameOf("PostgreSQL", stored), postgres, stored);
    }
    const of = await interleaved(loads, ROUNDS);
    const figures = [...rates(of, Object.keys(loads)), ...KINDS.map((kind) => growth(of, kind, counts))];
    const processes = await scale(await server.createDatabase("scale"), TURNS);
    return { title: "Stores: whole turns, one after the other", figures: [...figures, processes] };
  } finally {
    for (const store of stores) await store.close();
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}

type Rounds = (name: string) => readonly Round[];

function nameOf(kind: string, stored: number): string {
  return `${kind}, ${stored.toLocaleString("en")} stored`;
}

function rates(of: Rounds, names: readonly string[]): readonly Figure[] {
  const speed = (name: string) => of(name).map(perSecond);
  return names.map((name): Figure => {
    const value = median(speed(name));
    if (name === MEMORY) return { what: name, value, unit: "turns/s" };
    const times = ratio(speed(name), speed(MEMORY));
    const goal = name.startsWith("SQLite") ? { goal: timesAtLeast(MEMORY, times, 0.7) } : {};
    return { what: name, value, unit: "turns/s", beside: [{ peer: MEMORY, times }], ...goal };
  });
}

function growth(of: Rounds, kind: string, [few, many]: readonly [number, number]): Figure {
  const cost = (stored: number) => of(nameOf(kind, stored)).map((round) => 1000 / perSecond(round));
  const times = ratio(cost(many), cost(few));
  const peer = `one with ${few.toLocaleString("en")}`;
  const what = `${kind}: a turn with ${many.toLocaleString("en")} stored`;
  return { what, value: median(cost(many)), unit: "ms", beside: [{ peer, times }], goal: timesAtMost(peer, times, 1.2) };
}

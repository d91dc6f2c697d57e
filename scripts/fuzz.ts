import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSqliteStore } from "../src/store/sqlite.ts";
import prepare from "../tests/support/prepare.ts";
import { KINDS, type Kind, runCampaign } from "./fuzz/campaign.ts";

/**
 * Sends the bot what no client should, mutated from what real ones send. `--count` cases: half of them texts, three in ten
 * activities, the rest requests over HTTP with SQLite behind; or all of one `--kind`. At most `--minutes`. Prints the seed and
 * the memory before, on the way and after; `--kind texts --seed N --count 25` plays one session again. Ends with 1 when
 * something crashed, hung, was answered 5xx or with nonsense.
 */
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    kind: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string", default: "60" },
  },
});
const SHARES: Readonly<Record<Kind, number>> = { texts: 0.5, activities: 0.3, requests: 0.2 };
const kinds = KINDS.filter((kind) => values.kind === undefined || values.kind === kind);
if (kinds.length === 0) throw new Error(`--kind is one of ${KINDS.join(", ")}`);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

await prepare();
const folder = mkdtempSync(join(tmpdir(), "unknot-fuzz-"));
const began = performance.now();
const end = began + Number(values.minutes) * 60_000;
let failed = 0;
for (const kind of kinds) {
  const count = Math.round(Number(values.count) * (values.kind === undefined ? SHARES[kind] : 1));
  const store = openSqliteStore(join(folder, kind));
  const start = performance.now();
  say(`${kind}: ${count} from seed ${seed}; ${memory()}`);
  const { cases, troubles } = await runCampaign({
    kind,
    seed,
    count,
    store,
    until: () => performance.now() > end,
    progress: (done) => say(`  ${done} in ${seconds(start)} s; ${memory()}`),
  });
  await store.close();
  for (const { seed: which, step, what, call } of troubles) say(`seed ${which}, step ${step}: ${what}\n  ${call}`);
  say(`${kind}: ${cases} in ${seconds(start)} s, ${troubles.length} troubles; ${memory()}`);
  failed += troubles.length;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;

function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `heap ${megabytes(heapUsed)} MB, resident ${megabytes(rss)} MB`;
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}

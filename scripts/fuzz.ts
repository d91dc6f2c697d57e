import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSqliteStore } from "../src/store/sqlite.ts";
import prepare from "../tests/support/prepare.ts";
import { runCampaign } from "./fuzz/campaign.ts";

/**
 * Sends the server what no client should: requests mutated from real ones, with SQLite behind it. Prints the seed; with
 * `--seed N --count 25` one session is played again. `--count` requests, for at most `--minutes`. Ends with 1 when something
 * crashed, hung, answered 5xx or said nonsense.
 */
const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, seed: { type: "string" }, minutes: { type: "string", default: "60" } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
};

await prepare();
const folder = mkdtempSync(join(tmpdir(), "unknot-fuzz-"));
const store = openSqliteStore(folder);
const began = performance.now();
const end = began + Number(values.minutes) * 60_000;
say(`seed ${seed}, ${values.count} requests`);
const { requests, troubles } = await runCampaign({
  seed,
  count: Number(values.count),
  store,
  until: () => performance.now() > end,
  progress: (done) => say(`${done} requests, ${Math.round((performance.now() - began) / 1000)} s, heap ${megabytes()} MB`),
});
await store.close();
rmSync(folder, { recursive: true, force: true });
for (const { seed: which, step, what, call } of troubles) say(`seed ${which}, step ${step}: ${what}\n  ${call}`);
say(`${requests} requests, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;

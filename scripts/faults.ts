import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killRun } from "../tests/faults/kill-run.ts";
import { startPostgres } from "../tests/support/postgres.ts";
import prepare from "../tests/support/prepare.ts";

/**
 * `npm run faults`: the kill -9 test of tests/faults, longer. `--rounds`, `--conversations`, `--kills` say how long; a round
 * that failed is run again with `--seed`.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    conversations: { type: "string", default: "500" },
    kills: { type: "string", default: "8" },
    seed: { type: "string" },
  },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1e6));
await prepare();
const server = await startPostgres();
const totals = { turns: 0, kills: 0, repeats: 0, lost: 0 };
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    const seed = first + round;
    for (const [name, instances] of [
      ["SQLite", 1],
      ["PostgreSQL", 2],
    ] as const) {
      const folder = mkdtempSync(join(tmpdir(), "unknot-faults-"));
      const databaseUrl = name === "SQLite" ? null : await server.createDatabase(`faults_${round}`);
      const settings = { dataFolder: folder, databaseUrl };
      const load = { conversations: Number(values.conversations), kills: Number(values.kills) };
      const { turns, kills, repeats, seconds, lost } = await killRun({ settings, instances, ...load, seed });
      process.stdout.write(
        `${name}, seed ${seed}: ${turns} turns, ${kills} kills, ${repeats} replies came again, ${lost.length} lost, ${seconds.toFixed(1)} s\n`,
      );
      for (const one of lost) process.stdout.write(`  ${one}\n`);
      totals.turns += turns;
      totals.kills += kills;
      totals.repeats += repeats;
      totals.lost += lost.length;
      rmSync(folder, { recursive: true });
    }
  }
} finally {
  await server.remove();
}
const { turns, kills, repeats, lost } = totals;
process.stdout.write(`in all: ${turns} turns, ${kills} kills, ${repeats} replies came again, ${lost} lost\n`);
process.exitCode = lost === 0 ? 0 : 1;

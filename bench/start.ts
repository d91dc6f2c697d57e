import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { median, print } from "./measure.ts";
import { ROOT, run, temporaryFolder } from "./support.ts";

const ROUNDS = 5;

/** From the start of the process to listening and to ready, with the models kept and without. */
export async function benchStart(): Promise<void> {
  const kept = temporaryFolder();
  cpSync(join(ROOT, ".cache"), kept, { recursive: true });
  const listening: number[] = [];
  const ready: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    listening.push(await startOnce(kept, "/healthz"));
    ready.push(await startOnce(kept, "/readyz"));
  }
  const empty = temporaryFolder();
  const learning = await startOnce(empty, "/healthz");
  print("Start", [
    {
      what: "to listening, models kept",
      value: `${median(listening).toFixed(0)} ms`,
      target: "≤ 1500 ms",
      met: median(listening) <= 1500,
    },
    { what: "to ready, models kept", value: `${median(ready).toFixed(0)} ms` },
    {
      what: "to listening, models to be learned",
      value: `${learning.toFixed(0)} ms`,
      target: "≤ 3000 ms",
      met: learning <= 3000,
    },
  ]);
  for (const folder of [kept, empty]) rmSync(folder, { recursive: true, force: true });
}

async function startOnce(cache: string, path: string): Promise<number> {
  const server = await run("src/main.ts", { CACHE_DIR: cache }, path);
  await server.stop();
  return server.millisecondsToListen;
}

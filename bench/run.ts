import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchBytes } from "./bytes.ts";
import { benchClassifiers } from "./classifiers.ts";
import { type Suite, table } from "./figures.ts";
import { benchGrowth } from "./growth.ts";
import { benchMemory } from "./memory.ts";
import { benchSockets } from "./sockets.ts";
import { benchStart } from "./start.ts";
import { benchStores } from "./stores.ts";
import { benchTurn } from "./turn.ts";
import { benchUnderstanding } from "./understanding.ts";
import { benchWeb } from "./web.ts";

/**
 * `npm run bench`, or `npm run bench -- web start`: figures of one run on this machine, beside floors and peers of the same run;
 * the ratios are what counts. `--save FILE` keeps them as JSON for `scripts/figures-page.ts`, suite by suite.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clinc: { type: "string" },
    banking: { type: "string" },
    webchat: { type: "string" },
    dialogs: { type: "string" },
    stored: { type: "string", default: "1000,100000" },
    conversations: { type: "string", default: "10000" },
    save: { type: "string" },
  },
});
const [few = 1000, many = 100_000] = values.stored.split(",").map(Number);
const dialogs = values.dialogs ?? null;
const suites: Readonly<Record<string, () => Promise<Suite | readonly Suite[]>>> = {
  understanding: benchUnderstanding,
  turn: benchTurn,
  web: () => benchWeb(dialogs),
  sockets: benchSockets,
  start: benchStart,
  memory: () => benchMemory(dialogs, Number(values.conversations)),
  stores: () => benchStores([few, many]),
  growth: benchGrowth,
  bytes: () => benchBytes(values.webchat ?? null),
  classifiers: () => benchClassifiers({ clinc: values.clinc ?? null, banking: values.banking ?? null }),
};
const wanted = positionals.length > 0 ? positionals : Object.keys(suites);
const unknown = wanted.find((name) => suites[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`bench: no suite "${unknown}"; there are ${Object.keys(suites).join(", ")}\n`);
  process.exit(1);
}
for (const name of wanted) {
  for (const suite of [await suites[name]?.()].flat()) {
    if (suite === undefined) continue;
    process.stdout.write(`${table(suite)}\n`);
    if (values.save !== undefined) keep(values.save, suite);
  }
}

/** Puts a suite into the file, in the place of its last figures. */
function keep(file: string, suite: Suite): void {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  const day = new Date().toISOString().slice(0, 10);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { note?: string; suites: Suite[] }) : { suites: [] };
  const at = kept.suites.findIndex(({ title }) => title === suite.title);
  const suites = at < 0 ? [...kept.suites, suite] : kept.suites.with(at, suite);
  writeFileSync(file, `${JSON.stringify({ ...kept, day, machine, suites }, null, 2)}\n`);
}

import { parseArgs } from "node:util";
import { benchClassifiers } from "./classifiers.ts";
import { benchStart } from "./start.ts";
import { benchUnderstanding } from "./understanding.ts";
import { benchWeb } from "./web.ts";

/** `npm run bench`, or `npm run bench -- web start`: figures of one run on this machine; the ratios are what counts. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { clinc: { type: "string" }, banking: { type: "string" } },
});
const suites: Readonly<Record<string, () => Promise<void>>> = {
  understanding: benchUnderstanding,
  start: benchStart,
  web: benchWeb,
  classifiers: () => benchClassifiers({ clinc: values.clinc ?? null, banking: values.banking ?? null }),
};
const wanted = positionals.length > 0 ? positionals : Object.keys(suites);
for (const name of wanted) {
  const suite = suites[name];
  if (suite === undefined) {
    process.stderr.write(`bench: no suite "${name}"; there are ${Object.keys(suites).join(", ")}\n`);
    process.exitCode = 1;
  } else await suite();
}

import { parseArgs } from "node:util";
import { knowledge } from "../tests/support/knowledge.ts";
import prepare from "../tests/support/prepare.ts";
import { type Marks, marksOf } from "./simulate/marks.ts";
import { playPerson, type Talk } from "./simulate/play.ts";

/**
 * `npm run simulate`: plays simulated people from their first words to the end, and counts what can be counted. The same seed
 * plays the same people. `--show` prints the talks that broke a mark; `--only` plays one seed and prints it.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    show: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

await prepare();
const known = knowledge();
if (values.only !== undefined) printTalk(await playPerson(known, Number(values.only)));
else {
  const first = Number(values.seed);
  const talks: Talk[] = [];
  for (let at = 0; at < Number(values.people); at++) talks.push(await playPerson(known, first + at));
  report(marksOf(talks), talks);
}

function printTalk({ person, lines, missed, falsely }: Talk): void {
  say(JSON.stringify(person));
  for (const line of lines) say(line);
  for (const fault of [...missed, ...falsely]) say(`! ${fault}`);
}

function report(marks: Marks, talks: readonly Talk[]): void {
  const { people, turnsToRelief, questionsMedian, questionsMost, turnsMedian, ...faults } = marks;
  say(`people                                ${people}`);
  say(`turns to the first help, a limb       ${turnsToRelief} at most`);
  say(`questions, an ordinary limb           ${questionsMedian} as usual, ${questionsMost} at most`);
  say(`turns to the end                      ${turnsMedian} (median)`);
  for (const [name, found] of Object.entries(faults)) {
    say(`${name.padEnd(38)}${found.length}`);
    for (const one of found.slice(0, values.show ? found.length : 8)) say(`    ${one.slice(0, 300)}`);
  }
  const broken = new Set(Object.values(faults).flatMap((found) => found.map((one) => Number(one.match(/^seed (\d+)/)?.[1]))));
  if (values.show) for (const talk of talks.filter(({ seed }) => broken.has(seed))) printTalk(talk);
  process.exitCode = broken.size === 0 ? 0 : 1;
}

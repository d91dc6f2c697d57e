import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadKnowledge } from "../src/load.ts";
import { confusionPicture } from "./confusion-picture.ts";
import { type EntityScore, scoreEntities } from "./entities.ts";
import { GATES } from "./gates.ts";
import { type IntentScores, scoreIntents } from "./intents.ts";
import { clopperPearson } from "./interval.ts";
import { readDurations, readMessages, readTriage } from "./sets.ts";
import { scoreTriage, type TriageScores } from "./triage.ts";

/**
 * `npm run eval`: how well messages are understood, on the held-out sets (or `--everyday`, `--development`). Ends with code 1 when a gate is
 * missed. The failures go to a file, so that nobody reads the held-out lines by accident.
 */
const flag = { type: "boolean", default: false } as const;
const { values } = parseArgs({ options: { everyday: flag, development: flag } });
const set = values.development ? "development" : values.everyday ? "everyday" : "held-out";
const root = join(import.meta.dirname, "..");
const { understand } = await loadKnowledge(join(root, "content", "en"), join(root, ".cache"), (what) => print(what));

const messages = readMessages(set);
const intents = scoreIntents(messages, understand);
const entities = scoreEntities(set === "held-out" ? [...messages, ...readDurations()] : messages, understand);
const triage = scoreTriage(readTriage(set), understand);
printIntents(intents);
printEntities(entities);
printTriage(triage);

const folder = join(root, "data", "eval");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "confusion.svg"), confusionPicture(intents.confusion));
writeFileSync(
  join(folder, "failures.txt"),
  [...intents.wrong, ...entities.flatMap(({ wrong }) => wrong), ...triage.wrong].join("\n"),
);
print(`\nfailures: data/eval/failures.txt   picture: data/eval/confusion.svg`);

if (set === "held-out") {
  const missed = GATES.filter(({ passes }) => !passes({ intents, entities, triage }));
  for (const { name } of missed) print(`GATE MISSED: ${name}`);
  if (missed.length > 0) process.exitCode = 1;
  else print(`all ${GATES.length} gates passed`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function printIntents(scores: IntentScores): void {
  print(`Intents: ${messages.length} messages of the ${set} set`);
  print(`  ${"intent".padEnd(20)}  n   precision  recall     F1`);
  for (const { intent, count, precision, recall, f1 } of scores.rows) {
    print(
      `  ${intent.padEnd(20)} ${String(count).padStart(3)}   ${percent(precision).padStart(8)}  ${percent(recall).padStart(8)}  ${percent(f1).padStart(8)}`,
    );
  }
  print(
    `  accuracy ${percent(scores.accuracy)}   macro-F1 ${scores.macroF1.toFixed(3)}   with typos ${percent(scores.withTypos)}   calibration error ${scores.calibrationError.toFixed(3)}`,
  );
  print(`  near misses accepted ${percent(scores.acceptedOutOfScope)}   good messages rejected ${percent(scores.rejectedGood)}`);
}

function printEntities(scores: readonly EntityScore[]): void {
  print("\nEntities");
  for (const { name, right, all } of scores) print(`  ${name.padEnd(10)} ${percent(right / all)} of ${all}`);
}

function printTriage({ rows, falseAlarms, exact }: TriageScores): void {
  print("\nTriage of first messages (95% intervals after Clopper and Pearson)");
  for (const row of rows) {
    const [low, high] = clopperPearson(row.sent + row.asked, row.count);
    const reached =
      row.disposition === "self-care"
        ? ""
        : `   sent ${percent(row.sent / row.count)}, with asked ${percent((row.sent + row.asked) / row.count)} [${percent(low)} – ${percent(high)}]`;
    const [above, most] = clopperPearson(row.above, row.count);
    print(
      `  ${row.disposition.padEnd(20)} ${String(row.count).padStart(3)}${reached}   exact or accepted ${percent(row.exact / row.count)}   above ${percent(row.above / row.count)} [${percent(above)} – ${percent(most)}]`,
    );
  }
  print(`  exact or accepted, all: ${percent(exact)}`);
  for (const [theme, { count, above }] of falseAlarms) if (above > 0) print(`    false alarms, ${theme}: ${above} of ${count}`);
}

import { INTENTS, type Intent } from "../src/care/labels.ts";
import { withTypos } from "../src/understanding/typos.ts";
import type { Understand } from "../src/understanding/understand.ts";
import type { LabelledMessage } from "./sets.ts";

export interface IntentScores {
  readonly accuracy: number;
  readonly macroF1: number;
  readonly withTypos: number;
  /** Expected calibration error over ten bins (Naeini et al. 2015). */
  readonly calibrationError: number;
  /** Near misses that were taken for one of ours. */
  readonly acceptedOutOfScope: number;
  /** Good messages that were taken for out of scope. */
  readonly rejectedGood: number;
  readonly rows: readonly {
    readonly intent: Intent;
    readonly count: number;
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
  }[];
  /** confusion[truth][told] */
  readonly confusion: readonly (readonly number[])[];
  readonly wrong: readonly string[];
}

export function scoreIntents(messages: readonly LabelledMessage[], understand: Understand): IntentScores {
  const confusion = INTENTS.map(() => INTENTS.map(() => 0));
  const bins = Array.from({ length: 10 }, () => ({ count: 0, right: 0, confidence: 0 }));
  const wrong: string[] = [];
  let typos = 0;
  for (const { text, intent } of messages) {
    const told = understand(text);
    const row = confusion[INTENTS.indexOf(intent)] as number[];
    const column = INTENTS.indexOf(told.intent);
    row[column] = (row[column] ?? 0) + 1;
    const bin = bins[Math.min(9, Math.floor(told.confidence * 10))] as (typeof bins)[0];
    bin.count++;
    bin.confidence += told.confidence;
    if (told.intent === intent) bin.right++;
    else wrong.push(`${intent} → ${told.intent} (${told.confidence.toFixed(2)}): ${text}`);
    if (understand(withTypos(text)).intent === intent) typos++;
  }
  const rows = INTENTS.map((intent, at) => scoreOf(intent, at, confusion)).filter(({ count }) => count > 0);
  const right = INTENTS.reduce((sum, _, at) => sum + (confusion[at]?.[at] ?? 0), 0);
  const outside = INTENTS.indexOf("out-of-scope");
  const near = sum(confusion[outside] ?? []);
  const good = messages.length - near;
  const rejected = confusion.reduce((total, row, at) => total + (at === outside ? 0 : (row[outside] ?? 0)), 0);
  return {
    accuracy: right / messages.length,
    macroF1: sum(rows.map(({ f1 }) => f1)) / rows.length,
    withTypos: typos / messages.length,
    calibrationError:
      sum(bins.map(({ count, right: hits, confidence }) => Math.abs(hits - confidence) * (count > 0 ? 1 : 0))) / messages.length,
    acceptedOutOfScope: (near - (confusion[outside]?.[outside] ?? 0)) / near,
    rejectedGood: rejected / good,
    rows,
    confusion,
    wrong,
  };
}

function scoreOf(intent: Intent, at: number, confusion: readonly (readonly number[])[]) {
  const hits = confusion[at]?.[at] ?? 0;
  const count = sum(confusion[at] ?? []);
  const told = sum(confusion.map((row) => row[at] ?? 0));
  const precision = told === 0 ? 0 : hits / told;
  const recall = count === 0 ? 0 : hits / count;
  return { intent, count, precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

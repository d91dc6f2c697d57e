import { join } from "node:path";
import { countsAsPresent, isEscalation, moreUrgent, urgency } from "../src/care/labels.ts";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import type { Classifier } from "../src/understanding/classifier.ts";
import { readDictionary } from "../src/understanding/dictionary.ts";
import { flagSignsOf } from "../src/understanding/found-flags.ts";
import { intentFeatures, repairOf, trainModels } from "../src/understanding/models.ts";
import { scoreAll } from "../src/understanding/quantise.ts";
import { compileLexicon, createReader } from "../src/understanding/reader.ts";
import { judgeByNet, LEAD, listenTo } from "../src/understanding/second-net.ts";
import { createUnderstand } from "../src/understanding/understand.ts";
import { readMessages, readTriage } from "./sets.ts";

/**
 * `node eval/thresholds.ts`: what other temperatures and leads would do, on the development sets. The tables of
 * docs/understanding.md come from here. It learns first, which takes some ten seconds.
 */
const TEMPERATURES = [0.1, 0.15, 0.2, 0.28, 0.4, 0.6, 1];
const RAISE = [-0.1, 0, 0.1, 0.2, 0.3, 0.5];
const ASK = [-0.5, -0.3, -0.2, -0.1, 0, 0.1];

const content = await compileContent(readContentFiles(join(import.meta.dirname, "..", "content", "en")));
const reader = createReader(content, compileLexicon(content));
const models = trainModels(content, reader, readDictionary());
const repair = repairOf(models);
const understand = createUnderstand(content, models, reader);

temperatures();
leads();

/** Confidence against how often the intent is right, by softmax temperature; then the two opinions. */
function temperatures(): void {
  const told = readMessages("development").map(({ text, intent }) => {
    const reading = reader.read(text, repair);
    const { scores, best } = scoresOf(models.intents, reading);
    return { scores, right: best === intent, agrees: models.secondOpinion.best(reading.stems) === best };
  });
  print("temperature   mean confidence   right    calibration error");
  const right = share(told, (one) => one.right);
  for (const temperature of TEMPERATURES) {
    const sure = told.map((one) => ({ right: one.right, confidence: confidenceOf(one.scores, temperature) }));
    const mean = sure.reduce((sum, { confidence }) => sum + confidence, 0) / sure.length;
    print(
      `${String(temperature).padStart(11)}   ${percent(mean).padStart(15)}   ${percent(right)}   ${calibrationError(sure).toFixed(3)}`,
    );
  }
  const agreeing = told.filter(({ agrees }) => agrees);
  const other = told.filter(({ agrees }) => !agrees);
  print(`\nBayes agrees: ${agreeing.length}, right ${percent(share(agreeing, (one) => one.right))}`);
  print(`Bayes differs: ${other.length}, right ${percent(share(other, (one) => one.right))}`);
}

/** Of messages that call for help and that the rules miss: found; of ordinary ones: disturbed. */
function leads(): void {
  const flags = flagSignsOf(content);
  const messages = readTriage("development").map((message) => {
    const rules = understand(message.text).redFlags.filter(({ by, polarity }) => by === "rule" && countsAsPresent(polarity));
    const found = rules.reduce<(typeof rules)[0]["disposition"] | null>((sum, flag) => moreUrgent(sum, flag.disposition), null);
    return { ...message, reading: reader.read(message.text, repair), found };
  });
  const missed = messages.filter(({ disposition, found }) => isEscalation(disposition) && !isEscalation(found));
  const ordinary = messages.filter(({ disposition, found }) => urgency(disposition) === 3 && !isEscalation(found));
  const judged = (list: typeof messages, raise: number, ask: number, kind: "raised" | "suspected") =>
    list.filter(
      ({ reading, found }) =>
        judgeByNet(models.secondNet, reading, listenTo(reading, models.secondNet), flags, found, { ...LEAD, raise, ask })[
          kind
        ] !== null,
    ).length;
  print(`\n${missed.length} messages that call for help and that no rule finds, ${ordinary.length} ordinary ones`);
  print("raise from   of the missed raised   of the ordinary raised");
  for (const raise of RAISE)
    print(
      `${String(raise).padStart(10)}   ${String(judged(missed, raise, LEAD.ask, "raised")).padStart(20)}   ${String(judged(ordinary, raise, LEAD.ask, "raised")).padStart(22)}`,
    );
  print("ask from   of the missed asked   of the ordinary asked");
  for (const ask of ASK)
    print(
      `${String(ask).padStart(8)}   ${String(judged(missed, LEAD.raise, ask, "suspected")).padStart(19)}   ${String(judged(ordinary, LEAD.raise, ask, "suspected")).padStart(21)}`,
    );
}

function scoresOf({ space, model }: Classifier, reading: Parameters<typeof intentFeatures>[0]) {
  const scores = [...scoreAll(model, space.vectorOf(intentFeatures(reading)))];
  return { scores, best: model.classes[scores.indexOf(Math.max(...scores))] };
}

function confidenceOf(scores: readonly number[], temperature: number): number {
  const top = Math.max(...scores);
  return 1 / scores.reduce((sum, score) => sum + Math.exp((score - top) / temperature), 0);
}

/** Expected calibration error over ten bins (Naeini et al. 2015). */
function calibrationError(told: readonly { readonly right: boolean; readonly confidence: number }[]): number {
  const bins = Array.from({ length: 10 }, () => 0);
  for (const { right, confidence } of told) {
    const bin = Math.min(9, Math.floor(confidence * 10));
    bins[bin] = (bins[bin] as number) + Number(right) - confidence;
  }
  return bins.reduce((sum, gap) => sum + Math.abs(gap), 0) / told.length;
}

function share<T>(list: readonly T[], is: (one: T) => boolean): number {
  return list.filter(is).length / list.length;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

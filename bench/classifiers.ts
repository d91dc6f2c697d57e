import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { rank, trainClassifier } from "../src/understanding/classifier.ts";
import { type Features, featuresOf } from "../src/understanding/features.ts";
import { stem } from "../src/understanding/stem.ts";
import type { Suite } from "./figures.ts";
import { median } from "./measure.ts";
import { type Example, learnNlpJs, learnStockBayes, type Tell } from "./rivals.ts";

/** Public corpora, by path; they are not part of this project. */
export interface CorpusPaths {
  /** data_small.json of CLINC150 (Larson et al. 2019, CC BY 3.0). */
  readonly clinc: string | null;
  /** Folder with banking77-train.csv and banking77-test.csv (Casanueva et al. 2020, CC BY 4.0), or the path of the first. */
  readonly banking: string | null;
}

interface Corpus {
  readonly name: string;
  readonly train: readonly Example[];
  readonly test: readonly Example[];
}

interface Contender {
  readonly name: string;
  train(examples: readonly Example[]): Promise<Tell>;
}

/** Ours, the stock Bayes of natural and nlp.js on the same data, one after the other in one run. */
export async function benchClassifiers({ clinc, banking }: CorpusPaths): Promise<readonly Suite[]> {
  const corpora = [clinc === null ? null : readClinc(clinc), banking === null ? null : readBanking(banking)];
  const suites: Suite[] = [];
  for (const corpus of corpora) if (corpus !== null) suites.push(await compare(corpus));
  return suites;
}

async function compare(corpus: Corpus): Promise<Suite> {
  const results: Measured[] = [];
  for (const contender of [ours, stockBayes, nlpJs]) results.push(await measure(contender, corpus));
  const [own, ...others] = results as [Measured, ...Measured[]];
  const best = Math.max(...others.map(({ accuracy }) => accuracy));
  const fastest = Math.min(...others.map(({ microseconds }) => microseconds));
  const beside = (of: (one: Measured) => number) => others.map((other) => ({ peer: other.name, times: of(own) / of(other) }));
  return {
    title: `${corpus.name}: ${corpus.train.length} to learn from, ${corpus.test.length} to tell`,
    figures: [
      {
        what: "right",
        value: 100 * own.accuracy,
        unit: "%",
        beside: beside(({ accuracy }) => accuracy),
        goal: { words: "more than both", met: own.accuracy > best },
      },
      {
        what: "a message",
        value: own.microseconds,
        unit: "µs",
        beside: beside(({ microseconds }) => microseconds),
        goal: { words: "less than both", met: own.microseconds <= fastest },
      },
      { what: "to learn", value: own.seconds * 1000, unit: "ms", beside: beside(({ seconds }) => seconds) },
      { what: "memory of what was learned", value: own.megabytes, unit: "MB" },
    ],
  };
}

interface Measured {
  readonly name: string;
  readonly accuracy: number;
  readonly seconds: number;
  readonly microseconds: number;
  readonly megabytes: number;
}

async function measure(contender: Contender, { train, test }: Corpus): Promise<Measured> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const tell = await contender.train(train);
  const seconds = (performance.now() - start) / 1000;
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  let right = 0;
  for (const [text, label] of test) if ((await tell(text)) === label) right++;
  const times: number[] = [];
  for (const [text] of test.slice(0, 1500)) {
    const began = performance.now();
    await tell(text);
    times.push(performance.now() - began);
  }
  const microseconds = 1000 * median(times);
  return { name: contender.name, accuracy: right / test.length, seconds, microseconds, megabytes };
}

const ours: Contender = {
  name: "ours",
  train: async (examples) => {
    const classifier = trainClassifier(
      examples.map(([text, label]) => ({ features: featuresOfText(text), label })),
      { cost: 1, rounds: 10, least: 2 },
    );
    return (text) => rank(classifier, featuresOfText(text), 1, 1)[0]?.label ?? "";
  },
};

/** The same features as the bot's, without what its lexicon adds. */
function featuresOfText(text: string): Features {
  const words =
    text
      .toLowerCase()
      .replaceAll("'", "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return featuresOf({ words, stems: words.map(stem), marks: [] });
}

const require = createRequire(import.meta.url);
const stockBayes: Contender = { name: "stock natural", train: (examples) => learnStockBayes(require, examples) };
const nlpJs: Contender = { name: "nlp.js", train: (examples) => learnNlpJs(require, examples) };

function readClinc(path: string): Corpus {
  const { train, test } = JSON.parse(readFileSync(path, "utf8")) as { train: Example[]; test: Example[] };
  return { name: "CLINC150 (small)", train, test };
}

function readBanking(path: string): Corpus {
  const folder = path.replace(/\/?[^/]*\.csv$/, "");
  const read = (part: string): Example[] =>
    rowsOf(readFileSync(`${folder}/banking77-${part}.csv`, "utf8"))
      .slice(1)
      .flatMap(([text, label]) => (text === undefined || label === undefined ? [] : [[text, label] as const]));
  return { name: "BANKING77", train: read("train"), test: read("test") };
}

/** Comma-separated values with quotes (RFC 4180). */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    const [, field = "", end = ""] = match;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== ",") rows.push([]);
    if (end === "" && match[0] === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

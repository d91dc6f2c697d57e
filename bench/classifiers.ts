import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { rank, trainClassifier } from "../src/understanding/classifier.ts";
import { type Features, featuresOf } from "../src/understanding/features.ts";
import { stem } from "../src/understanding/stem.ts";
import { median, print } from "./measure.ts";

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
type Example = readonly [text: string, label: string];

interface Contender {
  readonly name: string;
  train(examples: readonly Example[]): Promise<(text: string) => Promise<string> | string>;
}

/** Ours, the stock Bayes of natural and nlp.js on the same data, one after the other in one run. */
export async function benchClassifiers({ clinc, banking }: CorpusPaths): Promise<void> {
  const corpora = [clinc === null ? null : readClinc(clinc), banking === null ? null : readBanking(banking)].filter(
    (one) => one !== null,
  );
  if (corpora.length === 0) {
    process.stdout.write(
      "\nClassifiers: no corpus given. Pass --clinc PATH (data_small.json of CLINC150) and --banking PATH (folder of banking77-train.csv and -test.csv).\n",
    );
    return;
  }
  for (const corpus of corpora) {
    const results = [];
    for (const contender of [ours, stockBayes, nlpJs])
      results.push({ name: contender.name, ...(await measure(contender, corpus)) });
    const [own, ...others] = results as [(typeof results)[0], ...typeof results];
    const fastest = Math.min(...others.map(({ microseconds }) => microseconds));
    print(`${corpus.name}: ${corpus.train.length} to learn from, ${corpus.test.length} to tell`, [
      ...results.map(({ name, accuracy, seconds, microseconds, megabytes }) => ({
        what: name,
        value: `${(100 * accuracy).toFixed(1)} % right   ${seconds.toFixed(1)} s to learn   ${microseconds.toFixed(0)} µs a message   ${megabytes.toFixed(0)} MB`,
      })),
      {
        what: "more accurate than both",
        value: `${others.map(({ accuracy }) => `+${(100 * (own.accuracy - accuracy)).toFixed(1)}`).join(", ")} points`,
        target: "> 0",
        met: others.every(({ accuracy }) => own.accuracy > accuracy),
      },
      {
        what: "time : the faster of the others",
        value: `${(own.microseconds / fastest).toFixed(2)} times`,
        target: "≤ 1",
        met: own.microseconds <= fastest,
      },
    ]);
  }
}

async function measure(contender: Contender, { train, test }: Corpus) {
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
  return { accuracy: right / test.length, seconds, microseconds, megabytes };
}

const ours: Contender = {
  name: "ours (linear SVM)",
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

interface StockBayes {
  addDocument(text: string, label: string): void;
  train(): void;
  classify(text: string): string;
}

const require = createRequire(import.meta.url);

const stockBayes: Contender = {
  name: "natural, stock Bayes",
  train: async (examples) => {
    const Bayes = require("natural/lib/natural/classifiers/bayes_classifier.js") as new () => StockBayes;
    const classifier = new Bayes();
    for (const [text, label] of examples) classifier.addDocument(text, label);
    classifier.train();
    return (text) => classifier.classify(text);
  },
};

interface NlpJs {
  readonly container: { use(plugin: unknown): void };
  addLanguage(language: string): void;
  addDocument(language: string, text: string, label: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ readonly intent: string }>;
}

const nlpJs: Contender = {
  name: "nlp.js",
  train: async (examples) => {
    // Neither package has types of its own.
    const { Nlp } = require("@nlpjs/nlp") as { Nlp: new (settings: object) => NlpJs };
    const { LangEn } = require("@nlpjs/lang-en") as { LangEn: unknown };
    const nlp = new Nlp({ languages: ["en"], autoSave: false, autoLoad: false, modelFileName: "", nlu: { log: false } });
    nlp.container.use(LangEn);
    nlp.addLanguage("en");
    for (const [text, label] of examples) nlp.addDocument("en", text, label);
    await nlp.train();
    return async (text) => (await nlp.process("en", text)).intent;
  },
};

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

/** A function that tells the label of a text, learned from examples. */
export type Tell = (text: string) => Promise<string> | string;
export type Example = readonly [text: string, label: string];

interface StockBayes {
  addDocument(text: string, label: string): void;
  train(): void;
  classify(text: string): string;
}

/** natural as its page shows it. */
export async function learnStockBayes(require: NodeJS.Require, examples: readonly Example[]): Promise<Tell> {
  const Bayes = require("natural/lib/natural/classifiers/bayes_classifier.js") as new () => StockBayes;
  const classifier = new Bayes();
  for (const [text, label] of examples) classifier.addDocument(text, label);
  classifier.train();
  return (text) => classifier.classify(text);
}

interface NlpJs {
  readonly container: { use(plugin: unknown): void };
  addLanguage(language: string): void;
  addDocument(language: string, text: string, label: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ readonly intent: string }>;
}

/** nlp.js with its defaults. */
export async function learnNlpJs(require: NodeJS.Require, examples: readonly Example[]): Promise<Tell> {
  // Neither package has types of its own.
  const { Nlp } = require("@nlpjs/nlp") as { Nlp: new (settings: object) => NlpJs };
  const { LangEn } = require("@nlpjs/lang-en") as { LangEn: unknown };
  const nlp = new Nlp({ languages: ["en"], autoSave: false, autoLoad: false, modelFileName: "", nlu: { log: false } });
  nlp.container.use(LangEn);
  nlp.addLanguage("en");
  for (const [text, label] of examples) nlp.addDocument("en", text, label);
  await nlp.train();
  return async (text) => (await nlp.process("en", text)).intent;
}

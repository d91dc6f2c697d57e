import type { Content } from "../care/content.ts";
import type { Disposition } from "../care/labels.ts";
import { SecondOpinion } from "./bayes.ts";
import { type FeatureInput, FeatureSpace } from "./features.ts";
import { quantise, type SmallModel } from "./quantise.ts";
import type { Reader, Reading } from "./reader.ts";
import { createTypoRepair, type TypoRepair } from "./repair.ts";
import { trainLinear } from "./svm.ts";
import { clean, tokenise } from "./tokens.ts";

/** What training makes of the content: kept in one file, by the version of the content it belongs to. */
export interface Models {
  /** Words that are right as they stand, and how common the words of the domain are. */
  readonly known: ReadonlySet<string>;
  readonly targets: ReadonlyMap<string, number>;
  readonly intents: Classifier;
  readonly secondOpinion: SecondOpinion;
  /** The second net: what a whole message sounds like, as one of the dispositions. */
  readonly triage: Classifier;
  /** For each red flag the mean direction of its training sentences. */
  readonly flagCentres: FlagCentres;
  /** Signs that nearly only people with a red flag name: "foot is cold", not "calf hurts". */
  readonly tellingSigns: ReadonlySet<string>;
  /** Which answer a question wants. */
  readonly answers: Classifier;
}

export interface Classifier {
  readonly space: FeatureSpace;
  readonly model: SmallModel;
}

export interface FlagCentres {
  readonly flags: readonly string[];
  /** One row a feature of the triage space, one column a flag, as in SmallModel. */
  readonly centres: SmallModel;
}

const LEAST_DOCUMENTS = 2;
/** A word must stand in this many training sentences before typos are repaired to it. */
const COMMON_WORD = 4;

/** Typing errors are written out on purpose in these voices: their words are no model for spelling. */
export function trainModels(content: Content, reader: Reader, dictionary: ReadonlySet<string>): Models {
  const { known, targets } = vocabularyOf(content, reader, dictionary);
  const repair = createTypoRepair(known, targets);
  const intents = content.intents.map(({ text, label }) => ({ reading: reader.read(text, repair), label }));
  const triage = content.triage.map(({ text, about, disposition }) => ({
    reading: reader.read(text, repair),
    about,
    disposition,
  }));
  const answers = content.answers.flatMap(({ id, asks }) =>
    asks.map((text) => ({ reading: reader.read(text, repair), label: id })),
  );
  // Everyday messages teach the second net what is harmless; a score of pain is left out, it has a level of its own.
  const harmless = intents.filter(({ label }, at) => label !== "report-pain-level" && at % 3 === 0);
  const triageInputs = [
    ...triage.map(({ reading, disposition }) => ({ input: triageFeatures(reading), label: disposition })),
    ...harmless.map(({ reading }) => ({ input: triageFeatures(reading), label: "self-care" as const })),
  ];
  const triageNet = trainClassifier(triageInputs, { cost: 1, rounds: 12 });
  return {
    known,
    targets,
    intents: trainClassifier(
      intents.map(({ reading, label }) => ({ input: intentFeatures(reading), label })),
      { cost: 1, rounds: 10 },
    ),
    secondOpinion: SecondOpinion.train(intents.map(({ reading, label }) => ({ stems: reading.stems, label }))),
    triage: triageNet,
    flagCentres: centresOf(
      triage.filter(({ disposition }) => disposition !== "self-care").map(({ reading, about }) => ({ reading, about })),
      triageNet.space,
    ),
    tellingSigns: tellingSigns(triage),
    answers: trainClassifier(
      answers.map(({ reading, label }) => ({ input: intentFeatures(reading), label })),
      { cost: 1, rounds: 10 },
    ),
  };
}

/** Of the sentences that name a telling sign as present, at least this share tells of something urgent. */
const TELLING = 0.9;
const LEAST_SENTENCES = 3;

function tellingSigns(examples: readonly { readonly reading: Reading; readonly disposition: Disposition }[]): Set<string> {
  const counts = new Map<string, { urgent: number; all: number }>();
  for (const { reading, disposition } of examples) {
    if (disposition === "see-clinician-soon") continue;
    for (const [finding, polarity] of reading.signs.findings) {
      if (polarity !== "present") continue;
      const count = counts.get(finding) ?? { urgent: 0, all: 0 };
      counts.set(finding, { urgent: count.urgent + (disposition === "self-care" ? 0 : 1), all: count.all + 1 });
    }
  }
  const telling = [...counts].filter(([, { urgent, all }]) => all >= LEAST_SENTENCES && urgent / all >= TELLING);
  return new Set(telling.map(([finding]) => finding));
}

function trainClassifier(
  examples: readonly { readonly input: FeatureInput; readonly label: string }[],
  options: { cost: number; rounds: number },
): Classifier {
  const space = FeatureSpace.learn(
    examples.map(({ input }) => input),
    LEAST_DOCUMENTS,
  );
  const vectors = examples.map(({ input }) => space.vectorOf(input));
  const model = trainLinear(
    vectors,
    examples.map(({ label }) => label),
    space.size,
    options,
  );
  return { space, model: quantise(model) };
}

/** Numbers count as numbers, not as the digits they are. */
function wordsOf(reading: Reading): string[] {
  return reading.tokens.map((token) => (token.kind === "number" ? "#" : token.word));
}

export function intentFeatures(reading: Reading): FeatureInput {
  const marks = reading.topics.map((topic) => `topic ${topic}`);
  if (reading.places.length > 0) marks.push("place");
  for (const word of new Set(reading.painWords.map((match) => match.concept))) marks.push(`pain ${word}`);
  marks.push(lengthMark(reading.tokens.length));
  return { words: wordsOf(reading), stems: stemsOf(reading), marks };
}

export function triageFeatures(reading: Reading): FeatureInput {
  const marks: string[] = [];
  for (const [finding, polarity] of reading.signs.findings) {
    if (polarity === "present" || polarity === "unsure") marks.push(finding);
    else marks.push(`${finding}:${polarity === "negated" ? "no" : "far"}`);
  }
  return { words: wordsOf(reading), stems: stemsOf(reading), marks };
}

function stemsOf(reading: Reading): string[] {
  return reading.stems.map((stem, at) => (reading.tokens[at]?.kind === "number" ? "#" : stem));
}

function lengthMark(tokens: number): string {
  return tokens <= 2
    ? "length 2"
    : tokens <= 5
      ? "length 5"
      : tokens <= 12
        ? "length 12"
        : tokens <= 30
          ? "length 30"
          : "length more";
}

function centresOf(examples: readonly { reading: Reading; about: string }[], space: FeatureSpace): FlagCentres {
  const flags = [...new Set(examples.map(({ about }) => about))].sort();
  const sums = new Float32Array(space.size * flags.length);
  const lengths = new Float32Array(flags.length);
  for (const { reading, about } of examples) {
    const column = flags.indexOf(about);
    const { indices, values } = space.vectorOf(triageFeatures(reading));
    for (let j = 0; j < indices.length; j++) {
      const at = (indices[j] as number) * flags.length + column;
      sums[at] = (sums[at] as number) + (values[j] as number);
    }
  }
  for (let from = 0; from < sums.length; from += flags.length) {
    for (let column = 0; column < flags.length; column++) {
      lengths[column] = (lengths[column] as number) + (sums[from + column] as number) ** 2;
    }
  }
  for (let from = 0; from < sums.length; from += flags.length) {
    for (let column = 0; column < flags.length; column++) {
      sums[from + column] = (sums[from + column] as number) / Math.sqrt(lengths[column] || 1);
    }
  }
  return { flags, centres: quantise({ classes: flags, weights: sums, bias: new Float32Array(flags.length) }) };
}

function vocabularyOf(
  content: Content,
  reader: Reader,
  dictionary: ReadonlySet<string>,
): { known: ReadonlySet<string>; targets: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  const texts = [...content.intents.map(({ text }) => text), ...content.triage.map(({ text }) => text)];
  for (const text of texts) {
    for (const word of new Set(tokenise(clean(text), reader.grammar).map((token) => token.word))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const known = new Set(dictionary);
  const targets = new Map<string, number>();
  for (const word of reader.vocabulary) known.add(word);
  for (const [word, count] of counts) {
    const right = dictionary.has(word) || reader.vocabulary.has(word);
    if (right && (count >= COMMON_WORD || reader.vocabulary.has(word))) targets.set(word, count);
  }
  for (const word of reader.vocabulary) if (!targets.has(word)) targets.set(word, 1);
  for (const short of reader.grammar.shortForms.keys()) known.add(short);
  return { known, targets };
}

export function repairOf(models: Pick<Models, "known" | "targets">): TypoRepair {
  return createTypoRepair(models.known, models.targets);
}

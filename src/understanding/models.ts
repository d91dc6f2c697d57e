import type { Content } from "../care/content.ts";
import type { Intent } from "../care/labels.ts";
import { SecondOpinion } from "./bayes.ts";
import { type Classifier, trainClassifier } from "./classifier.ts";
import { type Features, featuresOf } from "./features.ts";
import { readPain } from "./pain.ts";
import { type Reader, type Reading, stemsOf, wordsOf } from "./reader.ts";
import { createTypoRepair, type TypoRepair } from "./repair.ts";
import { type SecondNet, trainSecondNet } from "./second-net.ts";
import { readDuration } from "./time.ts";
import { clean, tokenise } from "./tokens.ts";
import { withTypos } from "./typos.ts";

/** What training makes of the content: kept in one file, by the version of the content it belongs to. */
export interface Models {
  /** Words that are right as they stand, and how common the words of the domain are. */
  readonly known: ReadonlySet<string>;
  readonly targets: ReadonlyMap<string, number>;
  readonly intents: Classifier;
  readonly secondOpinion: SecondOpinion;
  readonly secondNet: SecondNet;
  /** Which answer a question wants. */
  readonly answers: Classifier;
}

/** A word must stand in this many training sentences before typos are repaired to it. */
const COMMON_WORD = 4;
/** In units of the classifier's score. */
const LEAN = 0.15;

/**
 * Trains everything that is learned from examples. The intents learn each example twice more with typing errors in it, as
 * thumbs in pain make them.
 * @param dictionary English words
 */
export function trainModels(content: Content, reader: Reader, dictionary: ReadonlySet<string>): Models {
  const { known, targets } = vocabularyOf(content, reader, dictionary);
  const repair = createTypoRepair(known, targets);
  const read = (text: string) => reader.read(text, repair);
  const intents = content.intents.map(({ text, label }) => ({ reading: read(text), label }));
  const mistyped = content.intents.flatMap(({ text, label }) =>
    // Other errors in the same words: the errors hang on the text.
    [text, `${text} `].map((one) => ({ reading: read(withTypos(one)), label })),
  );
  const triage = content.triage.map(({ text, about, disposition }) => ({ reading: read(text), about, disposition }));
  const answers = content.answers.flatMap(({ id, asks }) => asks.map((text) => ({ reading: read(text), label: id })));
  const featured = ({ reading, label }: { readonly reading: Reading; readonly label: string }) => ({
    features: intentFeatures(reading),
    label,
  });
  return {
    known,
    targets,
    intents: leaningTo(
      "out-of-scope",
      trainClassifier([...intents, ...mistyped].map(featured), { cost: 0.5, rounds: 10, least: 3 }),
    ),
    secondOpinion: SecondOpinion.train(intents.map(({ reading, label }) => ({ stems: reading.stems, label }))),
    secondNet: trainSecondNet(
      triage,
      intents.map(({ reading }) => reading),
    ),
    answers: trainClassifier(answers.map(featured), { cost: 1, rounds: 10, least: 2 }),
  };
}

/**
 * What nearly sounds like something else is taken for something else: to answer a question that was not asked does more harm
 * than to ask again. docs/understanding.md says what more or less would do.
 */
function leaningTo(label: Intent, { space, model }: Classifier): Classifier {
  const bias = model.bias.map((value, at) => (model.classes[at] === label ? value + LEAN : value));
  return { space, model: { ...model, bias } };
}

/** What other readers found in the message: "left calf, 6, five minutes ago" is a report with no verb. */
export function intentFeatures(reading: Reading): Features {
  const marks = reading.topics.map((topic) => `topic ${topic}`);
  const told = [
    ...(reading.places.length > 0 ? ["place"] : []),
    ...(readPain(reading.tokens, reading.painWords, reading.cues, false).value === null ? [] : ["score"]),
    ...(readDuration(reading.tokens, false) === null ? [] : ["time"]),
    ...(reading.signs.findings.get("cramp-strict") === "present" ? ["cramp"] : []),
  ];
  marks.push(...told);
  if (told.length > 1) marks.push(told.join("+"));
  for (const word of new Set(reading.painWords.map((match) => match.concept))) marks.push(`pain ${word}`);
  marks.push(lengthMark(reading.tokens.length));
  if (reading.text.trimEnd().endsWith("?")) marks.push("asks");
  return featuresOf({ words: wordsOf(reading), stems: stemsOf(reading), marks });
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

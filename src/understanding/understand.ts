import type { Content } from "../care/content.ts";
import type { Intent } from "../care/labels.ts";
import { readBody } from "./body.ts";
import { type Classifier, type Ranked, rank } from "./classifier.ts";
import { readCountry } from "./country.ts";
import type { Features } from "./features.ts";
import { createFlagFinder } from "./found-flags.ts";
import { createLanguageReader } from "./language.ts";
import { intentFeatures, type Models, repairOf } from "./models.ts";
import { readPain } from "./pain.ts";
import { readAge, readPatient, readTemperature, readWeeksPregnant } from "./person.ts";
import type { Reader, Reading } from "./reader.ts";
import { readOrdinal, readOrdinals, readYesNo } from "./reply-words.ts";
import { readDuration } from "./time.ts";
import type { StatedFacts, Understanding } from "./understanding.ts";

/** What the pending question expects: it decides how a bare "8" or "left" is read. */
export interface Expecting {
  readonly severity?: boolean;
  readonly onset?: boolean;
  readonly country?: boolean;
}

export type Understand = (text: string, expecting?: Expecting) => Understanding;

/** A message of this length or more is cut before reading: nobody types that, and every reader stays linear. */
export const LONGEST_MESSAGE = 8000;

/**
 * Thresholds of the statistical parts, found on the project's development sets (docs/understanding.md has the tables).
 */
const CONFIDENCE = {
  /** Softmax temperature that makes confidence mean what it says. */
  intentTemperature: 0.15,
  answerTemperature: 0.25,
  /** Bayes is asked for a second opinion below this. */
  secondOpinion: 0.75,
  /** Agreement of the two lifts, disagreement lowers the confidence by this much of what is left. */
  agreement: 0.35,
};
/** An alternative that is less likely than this is not followed up. */
const FAINT = 0.03;

/** Binds content and models into one function from text to meaning. Same text, same answer. */
export function createUnderstand(content: Content, models: Models, reader: Reader): Understand {
  const repair = repairOf(models);
  const relatives = new Set(content.lexicon.groups["relative"] ?? []);
  const readLanguage = createLanguageReader(content.lexicon.languages, models.known);
  const findFlags = createFlagFinder(content, models.secondNet);

  return (raw, expecting = {}) => {
    const reading = reader.read(raw.length > LONGEST_MESSAGE ? raw.slice(0, LONGEST_MESSAGE) : raw, repair);
    const { tokens, cues } = reading;
    const pain = readPain(tokens, reading.painWords, cues, expecting.severity ?? false);
    const duration = readDuration(tokens, expecting.onset ?? false);
    const body = readBody(tokens, reading.places, cues, reading.onSkin);
    const facts = readFacts(reading);
    const features = intentFeatures(reading);
    const intent = readIntent(reading, features, models);
    const flags = findFlags(reading, { ...facts, pain, duration, area: body.area });
    return {
      words: tokens.map((token) => token.word).join(" "),
      length: tokens.length,
      ...intent,
      answer: mayAsk(intent) ? readAnswer(features, models.answers) : null,
      area: body.area,
      otherAreas: body.others,
      vague: body.vague,
      deniedAreas: body.denied,
      side: body.side,
      pain,
      duration,
      patient: readPatient(tokens, relatives),
      facts,
      ...flags,
      yesNo: readYesNo(tokens),
      ordinals: ordinalsOf(reading),
      country: readCountry(tokens, content.numbers.numbers, expecting.country ?? false),
      otherLanguage: readLanguage(reading.text, tokens),
      repairs: reading.repairs,
    };
  };
}

function readFacts(reading: Reading): StatedFacts {
  const { tokens, signs } = reading;
  return {
    age: readAge(tokens),
    weeks: readWeeksPregnant(tokens, signs.findings.get("pregnant") === "present"),
    temperature: readTemperature(tokens),
    sudden: signs.findings.get("sudden") === "present",
  };
}

function ordinalsOf(reading: Reading): readonly number[] {
  const several = readOrdinals(reading.tokens);
  if (several.length > 1) return several;
  const one = readOrdinal(reading.tokens);
  return one === null ? [] : [one];
}

function readIntent(
  reading: Reading,
  features: Features,
  models: Models,
): Pick<Understanding, "intent" | "confidence" | "alternatives"> {
  const [best, ...others] = rank(models.intents, features, CONFIDENCE.intentTemperature, 4) as [Ranked, ...Ranked[]];
  let confidence = best.confidence;
  if (confidence < CONFIDENCE.secondOpinion) {
    const agrees = models.secondOpinion.best(reading.stems) === best.label;
    confidence = agrees ? confidence + (1 - confidence) * CONFIDENCE.agreement : confidence * (1 - CONFIDENCE.agreement / 2);
  }
  return {
    intent: best.label as Intent,
    confidence,
    alternatives: others.map((one) => ({ intent: one.label as Intent, confidence: one.confidence })),
  };
}

/** Questions have an answer to find; of everything else it is not worked out. */
function mayAsk({ intent, alternatives }: Pick<Understanding, "intent" | "alternatives">): boolean {
  const asks = (name: Intent) => name.startsWith("ask-") || name === "explain";
  return asks(intent) || alternatives.some((one) => asks(one.intent) && one.confidence >= FAINT);
}

function readAnswer(features: Features, answers: Classifier): Understanding["answer"] {
  const best = rank(answers, features, CONFIDENCE.answerTemperature, 1)[0];
  return best === undefined ? null : { id: best.label, confidence: best.confidence };
}

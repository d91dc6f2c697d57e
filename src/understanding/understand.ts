import type { Content } from "../care/content.ts";
import { type Disposition, type Intent, moreUrgent } from "../care/labels.ts";
import { raiseFlags } from "../care/red-flags.ts";
import { namesIn } from "../care/rules.ts";
import { saidFinding } from "../care/said-finding.ts";
import { readBody } from "./body.ts";
import type { Classifier } from "./classifier.ts";
import { readCountry } from "./country.ts";
import { otherLanguage } from "./language.ts";
import { intentFeatures, type Models, repairOf } from "./models.ts";
import { readPain } from "./pain.ts";
import { readAge, readPatient, readTemperature, readWeeksPregnant } from "./person.ts";
import { scoreAll } from "./quantise.ts";
import type { Reader, Reading } from "./reader.ts";
import { readOrdinal, readOrdinals, readYesNo } from "./reply-words.ts";
import { type FlagSigns, judgeByNet, type NetRaise } from "./second-net.ts";
import { readDuration } from "./time.ts";
import type { FoundFlag, StatedFacts, Understanding } from "./understanding.ts";

/** What the pending question expects: it decides how a bare "8" or "left" is read. */
export interface Expecting {
  readonly severity?: boolean;
  readonly onset?: boolean;
  readonly country?: boolean;
}

export type Understand = (text: string, expecting?: Expecting) => Understanding;

/** A message of this length or more is cut before reading: nobody types that, and every reader stays linear. */
const LONGEST_MESSAGE = 8000;

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
  const flagsById = flagSignsOf(content);
  const rules = content.flags.map((flag) => ({
    ...flag,
    rule: { any: [flag.rule, saidFinding(flag.id)] },
  }));

  return (raw, expecting = {}) => {
    const reading = reader.read(raw.length > LONGEST_MESSAGE ? raw.slice(0, LONGEST_MESSAGE) : raw, repair);
    const { tokens, cues, signs } = reading;
    const pain = readPain(tokens, reading.painWords, cues, expecting.severity ?? false);
    const duration = readDuration(tokens, expecting.onset ?? false);
    const body = readBody(tokens, reading.places, cues, reading.onSkin);
    const facts = readFacts(reading);
    const intent = readIntent(reading, models);
    const flagByNet = ({ flag, signs: told }: NetRaise): FoundFlag => ({
      id: flag,
      disposition: flagsById.get(flag)?.disposition as Disposition,
      polarity: "present",
      evidence: evidenceOf(told, reading),
      by: "net",
    });
    const severe = pain.value === null ? pain.word === "severe" : pain.value >= 7;
    const factOf = (name: string) => {
      switch (name) {
        case "pain":
          return pain.value ?? (severe ? 8 : null);
        case "severe":
          return severe;
        case "minutes":
          return duration === null || duration.over ? null : duration.minutes;
        case "area":
          return body.area;
        default:
          return facts[name as keyof StatedFacts] ?? null;
      }
    };
    const byRule: FoundFlag[] = raiseFlags(rules, signs.findings, factOf).map((flag) => ({
      id: flag.id,
      disposition: flag.disposition,
      polarity: flag.polarity,
      evidence: evidenceOf(flag.findings, reading),
      by: "rule",
    }));
    const net = judgeByNet(models.secondNet, reading, flagsById, dispositionOfWords(byRule));
    const redFlags: FoundFlag[] = net?.kind === "raise" ? [...byRule, flagByNet(net)] : byRule;
    return {
      words: tokens.map((token) => token.word).join(" "),
      length: tokens.length,
      ...intent,
      answer: mayAsk(intent) ? readAnswer(reading, models.answers) : null,
      area: body.area,
      otherAreas: body.others,
      vague: body.vague,
      deniedAreas: body.denied,
      side: body.side,
      pain,
      duration,
      patient: readPatient(tokens, relatives),
      facts,
      findings: signs.findings,
      redFlags,
      disposition: dispositionOfWords(redFlags),
      suspected: net?.kind === "ask" ? net.flag : null,
      yesNo: readYesNo(tokens),
      ordinals: ordinalsOf(reading),
      country: readCountry(tokens, content.numbers.numbers, expecting.country ?? false),
      otherLanguage: otherLanguage(reading.text, tokens, models.known, content.lexicon.languages),
      repairs: reading.repairs,
    };
  };
}

/** The level of each flag, and the findings that count as signs of it. */
export function flagSignsOf({ flags, lexicon }: Content): ReadonlyMap<string, FlagSigns> {
  const circumstances = new Set(lexicon.circumstances);
  return new Map(
    flags.map(({ id, disposition, rule }) => {
      // For an appointment a circumstance may be the whole reason.
      const counted = (finding: string) => disposition === "see-clinician-soon" || !circumstances.has(finding);
      const signs = namesIn(rule).findings.filter(counted);
      return [id, { disposition, signs: new Set([...signs, saidFinding(id)]) }];
    }),
  );
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

function readIntent(reading: Reading, models: Models): Pick<Understanding, "intent" | "confidence" | "alternatives"> {
  const ranked = rank(models.intents, intentFeatures(reading), CONFIDENCE.intentTemperature);
  const [best, ...rest] = ranked as [Ranked, ...Ranked[]];
  let confidence = best.confidence;
  if (confidence < CONFIDENCE.secondOpinion) {
    const agrees = models.secondOpinion.best(reading.stems) === best.label;
    confidence = agrees ? confidence + (1 - confidence) * CONFIDENCE.agreement : confidence * (1 - CONFIDENCE.agreement / 2);
  }
  return {
    intent: best.label as Intent,
    confidence,
    alternatives: rest.slice(0, 3).map((one) => ({ intent: one.label as Intent, confidence: one.confidence })),
  };
}

/** Questions have an answer to find; of everything else it is not worked out. */
function mayAsk({ intent, alternatives }: Pick<Understanding, "intent" | "alternatives">): boolean {
  const asks = (name: Intent) => name.startsWith("ask-") || name === "explain";
  return asks(intent) || alternatives.some((one) => asks(one.intent) && one.confidence >= FAINT);
}

function readAnswer(reading: Reading, classifier: Classifier): Understanding["answer"] {
  const best = rank(classifier, intentFeatures(reading), CONFIDENCE.answerTemperature)[0];
  return best === undefined ? null : { id: best.label, confidence: best.confidence };
}

interface Ranked {
  readonly label: string;
  readonly confidence: number;
}

/** The classes from likeliest to least, the first few with a probability (softmax with a temperature). */
function rank(classifier: Classifier, input: Parameters<Classifier["space"]["vectorOf"]>[0], temperature: number): Ranked[] {
  const { indices, values } = classifier.space.vectorOf(input);
  const scores = scoreAll(classifier.model, indices, values);
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, 6);
  const top = scores[order[0] as number] as number;
  const weights = Array.from(scores, (score) => Math.exp((score - top) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return order.map((at) => ({ label: classifier.model.classes[at] as string, confidence: (weights[at] as number) / sum }));
}

function counts(polarity: FoundFlag["polarity"]): boolean {
  return polarity === "present" || polarity === "unsure";
}

function dispositionOfWords(flags: readonly FoundFlag[]): Disposition | null {
  return flags
    .filter((flag) => counts(flag.polarity))
    .reduce<Disposition | null>((sum, flag) => moreUrgent(sum, flag.disposition), null);
}

/** The words of the message that the findings were read from. */
function evidenceOf(findings: readonly string[], reading: Reading): string {
  const spans = findings.flatMap((finding) => {
    const span = reading.signs.evidence.get(finding);
    return span === undefined ? [] : [span];
  });
  const texts = spans.map(([from, to]) => reading.text.slice(reading.tokens[from]?.start, reading.tokens[to - 1]?.end));
  return [...new Set(texts)].join(" … ");
}

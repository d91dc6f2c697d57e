import { countsAsPresent, DISPOSITIONS, type Disposition, isEscalation, isMoreUrgent, urgency } from "../care/labels.ts";
import { type Classifier, trainClassifier } from "./classifier.ts";
import { type Features, featuresOf, type Vector } from "./features.ts";
import { quantise, type SmallModel, scoreAll } from "./quantise.ts";
import { type Reading, stemsOf, wordsOf } from "./reader.ts";
import { trainLinear } from "./svm.ts";

/**
 * What the rules miss, a classifier may hear: it was trained on whole messages of people with a red flag, and of people with an
 * ordinary cramp. It never lowers anything.
 */
export interface SecondNet {
  /** Does the message sound like help today or now, like a clinician soon, or like an ordinary cramp? */
  readonly urgency: Classifier;
  /** Which red flag it would be; over the same features. */
  readonly flags: SmallModel;
  /**
   * Signs that nearly only people with a red flag name ("foot is cold", not "calf hurts"), with the most urgent level that
   * they nearly always go with.
   */
  readonly tellingSigns: ReadonlyMap<string, Disposition>;
}

export interface TriageExample {
  readonly reading: Reading;
  /** The red flag, or the kind of harmless message. */
  readonly about: string;
  readonly disposition: Disposition;
}

/** What the net makes of a message. */
export interface NetJudgement {
  /** A flag of which signs were told, and these. */
  readonly raised: { readonly flag: string; readonly signs: readonly string[] } | null;
  /** A flag that is more urgent than all that was found: worth one question. */
  readonly suspected: string | null;
}

/** What the net needs to know of each flag. */
export interface FlagSigns {
  readonly disposition: Disposition;
  readonly signs: ReadonlySet<string>;
}

const URGENT = "urgent";
/** Leads of one class over the others; docs/understanding.md has the table that they come from. */
export const LEAD = {
  /** Of the urgent class, for a flag one of whose own signs was told. */
  raise: 0.1,
  /** Of the urgent class, for a question. */
  ask: -0.3,
  /** Of a level, for signs of it that are loosely told. */
  believe: 0,
  /** Of see-clinician-soon over self-care, with a sign. */
  soon: 0.2,
};
/** So many of the likeliest flags are looked at for a sign. */
const LIKELIEST = 3;
/** Tokens. */
const LONG_MESSAGE = 25;
/** One in so many of the other everyday messages. */
const SAMPLE = 6;
/** Too short to sound like anything. */
const FEWEST_WORDS = 3;
const SOON_MARGIN = 0.1;

/** @param everyday ordinary messages of every kind */
export function trainSecondNet(examples: readonly TriageExample[], everyday: readonly Reading[]): SecondNet {
  const ordinary = everyday.filter(teachesHarmless).map(harmless);
  const all = [...examples, ...ordinary];
  const inputs = all.map(({ reading, disposition }) => ({
    features: triageFeatures(reading),
    label: classOf(disposition),
  }));
  const sounding = trainClassifier(inputs, { cost: 1, rounds: 12, least: 3 });
  const flagged = examples.filter(({ disposition }) => disposition !== "self-care");
  const flags = trainLinear(
    flagged.map(({ reading }) => sounding.space.vectorOf(triageFeatures(reading))),
    flagged.map(({ about }) => about),
    sounding.space.size,
    { cost: 1, rounds: 6 },
  );
  return { urgency: sounding, flags: quantise(flags), tellingSigns: tellingSigns(all) };
}

/**
 * Which everyday messages teach how harmless ones sound. All the long ones: else a ramble would sound like an emergency told
 * at length. Of the others a sample: all of them would drown the sentences that only look alarming.
 */
function teachesHarmless(reading: Reading, at: number): boolean {
  return reading.tokens.length > LONG_MESSAGE || at % SAMPLE === 0;
}

function harmless(reading: Reading): TriageExample {
  return { reading, about: "everyday", disposition: "self-care" };
}

/** How a message sounds as a whole. */
export interface Sound {
  /** How far it sounds more like help today or now than like anything else; from `LEAD.raise` on it surely does. */
  readonly urgent: number;
  /** How far it sounds more like an appointment than like an ordinary cramp. */
  readonly soon: number;
  readonly vector: Vector;
}

/** @returns null for a message too short to sound like anything */
export function listenTo(reading: Reading, { urgency: { space, model } }: SecondNet): Sound | null {
  if (reading.tokens.length < FEWEST_WORDS) return null;
  const vector = space.vectorOf(triageFeatures(reading));
  const scores = scoreAll(model, vector);
  const scoreOf = (name: string) => scores[model.classes.indexOf(name)] ?? -1;
  const ordinary = scoreOf("self-care");
  const soon = scoreOf("see-clinician-soon");
  return { urgent: scoreOf(URGENT) - Math.max(ordinary, soon - SOON_MARGIN), soon: soon - ordinary, vector };
}

/** Whether the message sounds urgent beyond doubt: then loosely told signs count too. */
export function soundsUrgent(sound: Sound | null): boolean {
  return sound !== null && sound.urgent >= LEAD.believe;
}

/** Whether it sounds more like an appointment than like an ordinary cramp: then loosely told signs of one count. */
export function soundsLikeAppointment(sound: Sound | null): boolean {
  return sound !== null && sound.soon >= LEAD.believe;
}

const NOTHING: NetJudgement = { raised: null, suspected: null };

/**
 * @param found the highest level that the rules found in the message
 * @param leads other leads, to measure what they would do
 */
export function judgeByNet(
  net: SecondNet,
  reading: Reading,
  sound: Sound | null,
  flags: ReadonlyMap<string, FlagSigns>,
  found: Disposition | null,
  leads: typeof LEAD = LEAD,
): NetJudgement {
  if (sound === null) return NOTHING;
  const urgent = sound.urgent >= leads.ask;
  if (!urgent && sound.soon < leads.soon) return NOTHING;
  const levelOf = (flag: string) => flags.get(flag)?.disposition ?? "self-care";
  const likely = rankFlags(net.flags, sound.vector)
    .filter((flag) => (classOf(levelOf(flag)) === URGENT) === urgent)
    .slice(0, LIKELIEST);
  const above = (flag: string, level: Disposition | null) => isMoreUrgent(levelOf(flag), level);
  const [best] = likely;
  if (best === undefined) return NOTHING;
  const raised =
    above(best, found) && (!urgent || sound.urgent >= leads.raise)
      ? (likely
          .map((flag) => ({ flag, signs: toldSigns(net, reading, flags.get(flag)) }))
          .find(({ signs }) => signs.length > 0) ?? null)
      : null;
  const suspects = urgent && above(best, raised === null ? found : levelOf(raised.flag));
  return { raised, suspected: suspects ? best : null };
}

function classOf(disposition: Disposition): string {
  return isEscalation(disposition) ? URGENT : disposition;
}

function rankFlags(model: SmallModel, vector: Vector): string[] {
  const scores = scoreAll(model, vector);
  return [...scores.keys()]
    .sort((a, b) => (scores[b] as number) - (scores[a] as number))
    .map((at) => model.classes[at] as string);
}

function toldSigns(net: SecondNet, reading: Reading, flag: FlagSigns | undefined): string[] {
  if (flag === undefined) return [];
  return [...flag.signs].filter((sign) => {
    const level = net.tellingSigns.get(sign);
    return level !== undefined && urgency(level) <= urgency(flag.disposition) && reading.signs.findings.get(sign) === "present";
  });
}

/** Of the sentences that name a telling sign as present, at least this share has a red flag… */
const TELLING = 0.75;
/** …and at least this share calls for its level. */
const TELLING_LEVEL = 0.5;
const LEAST_SENTENCES = 3;

function tellingSigns(examples: readonly TriageExample[]): Map<string, Disposition> {
  const levelsOf = new Map<string, Disposition[]>();
  for (const { reading, disposition } of examples) {
    for (const [finding, polarity] of reading.signs.findings) {
      if (polarity !== "present") continue;
      const levels = levelsOf.get(finding) ?? [];
      levels.push(disposition);
      levelsOf.set(finding, levels);
    }
  }
  const telling = new Map<string, Disposition>();
  for (const [finding, levels] of levelsOf) {
    if (levels.length < LEAST_SENTENCES) continue;
    const shareOf = (level: Disposition) => levels.filter((one) => urgency(one) <= urgency(level)).length / levels.length;
    if (shareOf("see-clinician-soon") < TELLING) continue;
    const level = DISPOSITIONS.find((one) => shareOf(one) >= TELLING_LEVEL);
    if (level !== undefined) telling.set(finding, level);
  }
  return telling;
}

function triageFeatures(reading: Reading): Features {
  const marks: string[] = [];
  for (const [finding, polarity] of reading.signs.findings) {
    if (countsAsPresent(polarity)) marks.push(finding);
    else marks.push(`${finding}:${polarity === "negated" ? "no" : "far"}`);
  }
  // Numbers are left to the rules: a score of pain has levels of its own.
  const isWord = (_: string, at: number) => reading.tokens[at]?.kind === "word";
  return featuresOf({ words: wordsOf(reading).filter(isWord), stems: stemsOf(reading).filter(isWord), marks });
}

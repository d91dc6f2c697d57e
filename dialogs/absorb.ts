import type { CardLine } from "../src/care/content.ts";
import { countsAsPresent, isEscalation, type Polarity, urgency } from "../src/care/labels.ts";
import { raiseFlags } from "../src/care/red-flags.ts";
import { isSevere } from "../src/understanding/pain.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import { surelyAsks } from "./answer.ts";
import { areaOf, isPartOf } from "./areas.ts";
import type { Episode } from "./conversation.ts";
import { bellyKindOf } from "./first-aid/belly-kind.ts";
import { openLines } from "./first-aid/safety-check.ts";
import { markDone } from "./flow.ts";
import { SORE, TEN_MINUTES } from "./situation.ts";
import type { Turn } from "./turn.ts";

/** Intents that tell of a complaint of one's own. */
const REPORTS = new Set(["report-spasm", "report-pain-level", "report-same", "report-worse"]);
/** From this confidence on an intent alone is enough. */
const SURE = 0.5;
const MINUTE = 60_000;
/** Minutes: what is told to last longer is a story of cramps, not one that grips. */
const HALF_DAY = 12 * 60;
const DAY = 24 * 60;

/**
 * Takes over what a message tells: who, where, how bad, since when, which signs. Facts add up over the episode; a message
 * that only asks in general tells nothing.
 */
export function absorb(turn: Turn, understanding: Understanding): void {
  if (understanding.country !== null) turn.conversation.country = understanding.country;
  if (!tellsOfTrouble(turn, understanding)) return;
  // A question in general tells who the person is, but of no sign.
  if (turn.episode !== null && asksInGeneral(understanding)) {
    absorbCircumstances(turn, turn.episode, understanding);
    return;
  }
  const episode = turn.episode ?? beginEpisode(turn);
  episode.lastAt = turn.now;
  absorbPatient(turn, episode, understanding);
  absorbArea(episode, understanding);
  // Said before it is asked: not asked any more. A muscle is taken only as an answer, for it may then be stretched.
  if (episode.area === "abdomen-gut" && bellyKindOf(understanding, false) === "gut") markDone(episode, "belly-kind");
  absorbPain(turn, episode, understanding);
  absorbTime(turn, episode, understanding);
  absorbSigns(turn, episode, understanding);
}

/** What is told at a check-in is about the place that is checked on. */
function beginEpisode(turn: Turn): Episode {
  const before = turn.conversation.episode;
  const checked = turn.conversation.question?.id.startsWith("check-in") === true;
  const episode = turn.ensureEpisode();
  if (checked && before !== null) {
    const { area, side, patient, risks } = before;
    Object.assign(episode, { area, side, patient, risks });
  }
  return episode;
}

function tellsOfTrouble(turn: Turn, understanding: Understanding): boolean {
  if (turn.episode !== null) return true;
  if (understanding.findings.has("pet-has-it")) return false;
  if (REPORTS.has(understanding.intent) && understanding.confidence >= SURE) return true;
  if (asksInGeneral(understanding)) return false;
  // What may be an emergency is asked about, whatever the message is taken for otherwise.
  if (understanding.suspected !== null) return true;
  if (understanding.redFlags.some(({ polarity }) => countsAsPresent(polarity))) {
    return understanding.intent !== "out-of-scope" || understanding.redFlags.some(weighs);
  }
  const hurts = understanding.pain.value !== null || understanding.pain.word !== null || understanding.pain.needsNumber;
  if (understanding.intent === "out-of-scope" && understanding.area === null) return false;
  return (
    understanding.findings.get("cramp-strict") === "present" ||
    (understanding.vague !== null && understanding.findings.get("limb-pain") === "present") ||
    (understanding.area !== null && (hurts || understanding.duration !== null)) ||
    (understanding.intent === "report-better" && understanding.area !== null) ||
    ((understanding.area !== null || understanding.vague !== null) &&
      understanding.length <= 4 &&
      !understanding.intent.startsWith("ask-"))
  );
}

/** A sign heard in what is about something else: its rule fits, or it would be urgent. */
function weighs({ polarity, disposition, by }: Understanding["redFlags"][number]): boolean {
  return countsAsPresent(polarity) && (isEscalation(disposition) || (by === "rule" && disposition !== "self-care"));
}

/** "Can I take that with warfarin?": who asks is told, and what came before; a sign would be a report. */
function absorbCircumstances(turn: Turn, episode: Episode, { findings, facts }: Understanding): void {
  const circumstances = new Set(turn.content.lexicon.circumstances);
  const told = [...findings].filter(([finding, polarity]) => polarity === "present" && circumstances.has(finding));
  episode.findings = [...new Set([...episode.findings, ...told.map(([finding]) => finding)])];
  episode.facts = { ...episode.facts, age: facts.age ?? episode.facts.age, weeks: facts.weeks ?? episode.facts.weeks };
  episode.lastAt = turn.now;
}

/** "Is heat good for a cramp?": a question that tells of no place, no pain and nothing that grips. */
function asksInGeneral(understanding: Understanding): boolean {
  const { intent, confidence, area, vague, findings, pain, redFlags, length } = understanding;
  // "I have a cramp" asks nothing, whatever it is taken for.
  if (length <= 5 && findings.get("cramp-strict") === "present" && !surelyAsks(understanding)) return false;
  if (redFlags.some(({ polarity, disposition }) => polarity !== "negated" && disposition !== "self-care")) return false;
  const tells = area !== null || vague !== null || pain.value !== null || pain.word !== null || pain.needsNumber;
  return intent.startsWith("ask-") && confidence >= 0.5 && !tells && findings.get("gripping-now") !== "present";
}

/** In the middle of a talk "them" and "they" may be anything: a new person is one who is named, or told about. */
function absorbPatient(turn: Turn, episode: Episode, { patient, words }: Understanding): void {
  if (patient.who !== "other") return;
  const begun = episode.done.length > 0 || episode.row !== null;
  if (begun && patient.relation === null && !/\b(he|she|hes|shes)\b/.test(words)) return;
  turn.otherNow = begun && episode.patient.who === "self";
  episode.patient = { who: "other", relation: patient.relation ?? episode.patient.relation };
}

function absorbArea(episode: Episode, understanding: Understanding): void {
  if (understanding.vague !== null && episode.area === null) episode.vague = understanding.vague;
  if (understanding.side !== null && (episode.side === null || understanding.intent === "correct"))
    episode.side = understanding.side;
  if (understanding.area === null) return;
  const area = areaOf(understanding.area, understanding);
  if (episode.area === null || isPartOf(area, episode.area)) {
    episode.area = area;
    episode.vague = null;
    episode.moreAreas = understanding.otherAreas
      .map((label) => areaOf(label, understanding))
      .filter((other) => other !== area && !isPartOf(area, other) && !isPartOf(other, area));
  }
}

function absorbPain(turn: Turn, episode: Episode, { pain, intent }: Understanding): void {
  const severe = isSevere(pain);
  if (pain.value === null && pain.word === null) return;
  if (intent.startsWith("ask-") && pain.value === null && !severe) return;
  if (pain.value !== null) {
    episode.pain.before = pain.before ?? episode.pain.now;
    episode.pain.now = pain.value;
    episode.pain.word = null;
  } else if (episode.pain.now === null || severe) {
    episode.pain.word = pain.word;
    if (severe) {
      episode.pain.before = episode.pain.now;
      episode.pain.now = null;
    }
  }
  episode.pain.toldAt = turn.now;
  if (severe) {
    episode.pain.severeOnce = true;
    turn.severeNow = true;
  }
}

function absorbTime(turn: Turn, episode: Episode, understanding: Understanding): void {
  const { findings, intent } = understanding;
  // The weeks of a pregnancy are no length of a cramp.
  const weeks = (understanding.facts.weeks ?? 0) * 7 * 24 * 60;
  const duration = understanding.duration?.minutes === weeks && weeks > 0 ? null : understanding.duration;
  if (duration !== null && !duration.over) {
    const lasts = duration.minutes >= 10 && duration.minutes < HALF_DAY && intent === "report-spasm";
    if (lasts && findings.get("cramp-strict") === "present" && findings.get("eased") !== "present") episode.grip = "gripping";
    const known = episode.startedAt ?? (episode.startUnsure ? turn.now - 15 * MINUTE : turn.now);
    const asked = turn.conversation.question?.id === "onset";
    turn.longerNow = !asked && turn.now - known < TEN_MINUTES && duration.minutes >= 10 && episode.done.length > 0;
    episode.startedAt = turn.now - Math.round(duration.minutes * MINUTE);
    episode.startUnsure = false;
    if (duration.minutes >= DAY && findings.has("soreness-told") && !findings.has("grips-told")) {
      episode.findings = [...episode.findings, SORE];
      episode.grip = "let-go";
    }
  } else if (episode.startedAt === null && findings.get("gripping-now") === "present") {
    episode.startedAt = turn.now - MINUTE;
  } else if (episode.startedAt === null && findings.get("long-grip") === "present") {
    episode.startedAt = turn.now - 15 * MINUTE;
  }
}

function absorbSigns(turn: Turn, episode: Episode, understanding: Understanding): void {
  const look = looksFirst(turn, understanding);
  turn.lookAt = look?.id ?? null;
  for (const [finding, polarity] of understanding.findings) {
    if (polarity === "unsure" && look?.findings.includes(finding) === true) continue;
    if (countsAsPresent(polarity) && !episode.findings.includes(finding)) episode.findings.push(finding);
  }
  // A number that was asked for is no age.
  const rates = turn.conversation.question?.ask === "severity" || turn.conversation.question?.ask === "recheck";
  const facts = rates && understanding.length <= 2 ? NO_FACTS : understanding.facts;
  episode.facts = {
    age: facts.age ?? episode.facts.age,
    weeks: facts.weeks ?? episode.facts.weeks,
    temperature: facts.temperature ?? episode.facts.temperature,
    sudden: facts.sudden || episode.facts.sudden,
  };
  if (findingsSay(understanding, "eased")) letGo(episode, understanding);
  else if (STILL_GRIPS.some((finding) => findingsSay(understanding, finding))) episode.grip = "gripping";
  // "My calf is cramping", where only the place was asked: it may have come back since.
  else if (turn.conversation.question?.ask === "area" && findingsSay(understanding, "gripping-now")) episode.grip = "gripping";
  if (look === null) raise(turn, episode, understanding);
}

const STILL_GRIPS = ["still-gripping", "wont-let-go"];

/** It has let go: how bad it was says nothing of now, unless that is told as well. */
function letGo(episode: Episode, { pain }: Understanding): void {
  episode.grip = "let-go";
  const { now, word } = episode.pain;
  if (pain.value === null && pain.word === null && (now !== null || word !== null))
    episode.pain = { ...episode.pain, before: now, now: null, word: null };
}

const NO_FACTS = { age: null, weeks: null, temperature: null, sudden: false } as const;

/** Doubt, as against "a bit": a little of a sign is that sign. */
const HEDGE =
  /\b(maybe|perhaps|possibly|might|not sure|unsure|kinda|kind of|sort of|think|cant (really )?(tell|say)|hard to (tell|say)|dunno|dont know|not really)\b/;

/**
 * The line of the card that an unsure answer to it describes and that can be looked at or touched: one look comes before it
 * counts. Anything certain in the same message, and any sign that only the person can feel, counts at once.
 */
function looksFirst(turn: Turn, { findings, redFlags, yesNo, words }: Understanding): CardLine | null {
  const { question, episode } = turn.conversation;
  if (question?.id !== "card" || episode === null) return null;
  const hinted = openLines(turn, episode).find((line) => line.look.some((finding) => findings.get(finding) === "present"));
  if (hinted?.check !== undefined && !redFlags.some(({ polarity }) => polarity === "present")) return hinted;
  const hedged = yesNo === "unsure" && HEDGE.test(words);
  if (redFlags.some(({ polarity }) => polarity === "present") && !hedged) return null;
  const lines = openLines(turn, episode).filter((line) =>
    line.findings.some((finding) => countsAsPresent(findings.get(finding))),
  );
  const doubtful = hedged || lines.some((line) => line.findings.some((one) => findings.get(one) === "unsure"));
  if (!doubtful || lines.some((line) => line.felt)) return null;
  return lines.find((line) => line.check !== undefined) ?? null;
}

function findingsSay(understanding: Understanding, finding: string): boolean {
  return understanding.findings.get(finding) === "present";
}

/** Flags of the message, and those that only the facts of several messages make together. */
function raise(turn: Turn, episode: Episode, understanding: Understanding): void {
  for (const flag of understanding.redFlags) {
    if (countsAsPresent(flag.polarity)) addFlag(turn, episode, flag.id, flag.disposition, flag.by);
  }
  const findings = new Map<string, Polarity>();
  for (const finding of episode.findings) findings.set(finding, "present");
  for (const flag of raiseFlags(turn.world.flagRules, findings, (name) => factOf(turn, episode, name))) {
    addFlag(turn, episode, flag.id, flag.disposition, "rule");
  }
}

function factOf(turn: Turn, episode: Episode, name: string): string | number | boolean | null {
  const { now, word } = episode.pain;
  switch (name) {
    case "pain":
      return now ?? (word === "severe" ? 8 : null);
    case "severe":
      return false;
    case "minutes":
      return episode.startedAt === null ? null : (turn.now - episode.startedAt) / MINUTE;
    case "area":
      return turn.content.areas[episode.area ?? ""]?.label ?? null;
    default:
      return episode.facts[name as keyof Episode["facts"]] ?? null;
  }
}

/** Flags that the decision table raises by itself, from pain and time. */
export const TABLE_FLAGS: ReadonlySet<string> = new Set(["severe-pain-unrelieved", "cramp-over-10-min"]);
/** What such a flag is asked for was answered with yes: it holds as told, and the table decides. */
export function absorbTableFlag(turn: Turn, episode: Episode, id: string): void {
  if (id === "cramp-over-10-min") {
    episode.startedAt = Math.min(episode.startedAt ?? turn.now, turn.now - 10 * MINUTE);
    episode.grip = "gripping";
  } else {
    episode.pain = { ...episode.pain, now: null, word: "severe", severeOnce: true, toldAt: turn.now };
    turn.severeNow = true;
  }
}

/** Not red flags: patterns that the first-aid flow is for. */
const HARMLESS = new Set(["benign-cramp", "doms", "gut-spasm-benign"]);

export function addFlag(
  turn: Turn,
  episode: Episode,
  id: string,
  disposition: Episode["flags"][number]["disposition"],
  by: Episode["flags"][number]["by"],
): void {
  if (HARMLESS.has(id) || (TABLE_FLAGS.has(id) && by !== "table")) return;
  if (episode.closedFlags.includes(id) && by !== "card" && by !== "answer") return;
  const known = episode.flags.find((flag) => flag.id === id);
  if (known === undefined) episode.flags.push({ id, disposition, by, at: turn.now });
  else if (urgency(disposition) < urgency(known.disposition)) known.disposition = disposition;
  else return;
  if (by !== "table") turn.flagRaised = true;
}

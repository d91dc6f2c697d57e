import type { Content } from "./content.ts";
import { countWords, readingGrade } from "./readability.ts";
import type { Person, Said } from "./said.ts";

/** A text that reaches people: where it stands in the content, and what is asked of it. */
export interface PublicText {
  /** "areas/calf stretch calf-towel say". */
  readonly where: string;
  readonly text: string;
  /** Who reads it: the person who has the cramp, a helper, or either. */
  readonly reader: Person | "both";
  /** Read in an emergency; while a muscle grips; or at leisure. */
  readonly moment: "emergency" | "active" | "calm";
}

/** Wording limits: reading grades (Flesch–Kincaid) and words a message. */
export const LIMITS = { grade: 8, gradeOnAverage: 6, gradeInEmergency: 5, wordsWhileActive: 40 } as const;

/** A grade says nothing of one or two words. */
const FEWEST_WORDS = 3;

/** What a first-aid text must never say, and why; see docs/safety.md. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern: /\b\d+(\.\d+)?\s?(mg|mcg|milligrams?|micrograms?|tablets?|pills?|puffs?|units of insulin)\b/i,
    because: "it names a dose; say who can advise on one",
  },
  {
    pattern: /\byou (probably |likely )?have (a |an )?(dvt|clot|stroke|sepsis|infection|fracture|tear)\b/i,
    because: "it diagnoses",
  },
  { pattern: /\b(nothing to worry about|don't worry|you are fine|you will be fine|it is harmless)\b/i, because: "it promises" },
  { pattern: /\b(guarantee|always works|cures?|will fix)\b/i, because: "it promises" },
  { pattern: /\bstop taking\b(?! them unless)/i, because: "it changes a prescribed medicine; say to ask the prescriber" },
];

/** "You" and "your" as the one who has the cramp: their body, their limits, how they feel. A helper has hands, time and a phone. */
const PATIENT_AS_YOU: readonly RegExp[] = [
  /\byour(self)?\b(?! (whole |flat )?(hands?|palm|thumb|knuckles|fingertips|time|words|answers?|messages?)\b)/i,
  /\byou (feel|felt|seem|have (?!not\b)|had|need|take|hurt|walk|move|stand|sit|lie|could be|matter|swell|are (?!ready|welcome|not sure|worried)|were (?!taught))/i,
  /\byou (can|cannot|can't) (feel|stand|move|walk|turn|fall|breathe|swallow|bear|sleep)\b/i,
  /\b(are|were|do|did|have|can|could) you (?!(want|mean|not sure|in|see)\b)/i,
  /\b(hurts?|suits?|helps?|wakes?|sees?|seen|happening to|set for) you\b(?! stop)/i,
];

/** Every text that can reach a person. */
export function publicTexts(content: Content): PublicText[] {
  const texts: PublicText[] = [];
  const add = (where: string, moment: PublicText["moment"], ...said: (Said | undefined)[]) => {
    for (const one of said) {
      if (one === undefined) continue;
      if (typeof one === "string") texts.push({ where, text: one, reader: "both", moment });
      else
        for (const reader of ["you", "they"] as const)
          texts.push({ where: `${where} (${reader})`, text: one[reader], reader, moment });
    }
  };
  for (const area of Object.values(content.areas)) {
    const where = `areas/${area.id}`;
    add(`${where} relief`, "active", area.relief);
    for (const { id, say, again } of [...area.stretches, ...(area.exercises ?? [])]) add(`${where} ${id}`, "active", say, again);
    add(`${where} massage`, "active", area.massage?.say, area.massage?.again);
    add(`${where} after`, "calm", area.rest, area.gentle, area.net, ...(area.self_care ?? []), ...area.dont);
  }
  for (const flag of content.flags) {
    const moment = flag.disposition === "emergency-now" ? "emergency" : "calm";
    add(`red flag ${flag.id} first`, moment, flag.first);
    add(`red flag ${flag.id} ask`, "active", ...flag.ask);
    add(`red flag ${flag.id} action`, moment, ...flag.action);
  }
  const { cards, decisions, steps } = content;
  for (const line of Object.values(cards.cards).flat()) {
    add(
      `card ${line.id}`,
      "active",
      line.line,
      line.check,
      line.which?.ask,
      ...(line.which?.options.map(({ label }) => label) ?? []),
    );
  }
  add("card", "active", cards.ask, cards.foot, cards.first, cards.massage_gate.ask, cards.late_check.ask);
  for (const { label } of [...cards.massage_gate.options, ...cards.late_check.options]) add("card", "active", label);
  for (const [name, { first, later, inside, ache }] of Object.entries(decisions.texts)) {
    add(`decision text ${name}`, "active", ...first, ...later, ...(inside ?? []), ...(ache ?? []));
  }
  for (const [level, leads] of Object.entries(decisions.leads)) {
    add(`lead ${level}`, level === "emergency-now" ? "emergency" : "active", ...Object.values(leads));
  }
  for (const [name, { step, say, again, why }] of Object.entries(steps.messages)) {
    add(`step ${name}`, step === "escalate" ? "emergency" : "calm", say, again, why);
  }
  for (const { id, say, for: special } of content.answers) add(`answer ${id}`, "calm", say, ...Object.values(special ?? {}));
  for (const { id, note } of content.populations) add(`population ${id}`, "calm", note);
  return texts;
}

/** What is wrong with the wording, each with the way to mend it; empty when all is well. Pure. */
export function wordingMistakes(content: Content): string[] {
  const texts = publicTexts(content);
  const mistakes = texts.flatMap((text) => mistakesOf(text));
  const graded = texts.filter(({ text }) => countWords(text) >= FEWEST_WORDS);
  const average = graded.reduce((sum, { text }) => sum + readingGrade(text), 0) / Math.max(1, graded.length);
  if (average > LIMITS.gradeOnAverage) {
    mistakes.push(`all texts together: reading grade ${average.toFixed(1)}, at most ${LIMITS.gradeOnAverage}; shorten sentences`);
  }
  return mistakes;
}

function mistakesOf({ where, text, reader, moment }: PublicText): string[] {
  const mistakes: string[] = [];
  const say = (what: string) => mistakes.push(`${where}: ${what}: "${text}"`);
  const most = moment === "emergency" ? LIMITS.gradeInEmergency : LIMITS.grade;
  const words = countWords(text);
  const grade = readingGrade(text);
  if (words >= FEWEST_WORDS && grade > most)
    say(`reading grade ${grade.toFixed(1)}, at most ${most}; use shorter sentences and plainer words`);
  if (moment !== "calm" && words > LIMITS.wordsWhileActive) {
    say(`${words} words, at most ${LIMITS.wordsWhileActive} in a message; make two of it`);
  }
  for (const { pattern, because } of FORBIDDEN) if (pattern.test(text)) say(because);
  if (reader !== "you" && PATIENT_AS_YOU.some((pattern) => pattern.test(text))) {
    say('it says "you" of the one who has the cramp; write it as { you, they }');
  }
  if (/\{(?![a-z_]+\})/.test(text)) say("a brace that is no placeholder such as {emergency_number}");
  return mistakes;
}

/** Sources and review dates: what is overdue, missing or named twice. @param today ISO date */
export function upkeepMistakes(content: Content, today: string): string[] {
  const mistakes: string[] = [];
  const dated = [
    ...Object.values(content.areas).map(({ id, review_by }) => [`areas/${id}`, review_by] as const),
    ...content.flags.map(({ id, review_by }) => [`red flag ${id}`, review_by] as const),
    ["cards.yaml", content.cards.review_by] as const,
    ["decisions.yaml", content.decisions.review_by] as const,
    ["steps.yaml", content.steps.review_by] as const,
    ["numbers.yaml", content.numbers.review_by] as const,
  ];
  for (const [where, date] of dated) {
    if (date < today) mistakes.push(`${where}: its review was due by ${date}; have a clinician look at it and set a new date`);
  }
  for (const { id, phrases, disposition } of content.flags) {
    if (disposition !== "self-care" && phrases.length === 0) mistakes.push(`red flag ${id}: no phrases that must fire; add some`);
  }
  for (const [name, duplicates] of duplicateIds(content)) mistakes.push(`${name}: used ${duplicates} times; each id once`);
  return mistakes;
}

function duplicateIds(content: Content): [string, number][] {
  const counts = new Map<string, number>();
  const ids = [...content.flags.map(({ id }) => `red flag ${id}`), ...content.answers.map(({ id }) => `answer ${id}`)];
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1);
}

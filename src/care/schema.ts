import { z } from "zod";
import { ALLOWED } from "./decide.ts";
import { AREAS, INTENTS } from "./labels.ts";
import { date, disposition, rule, said, slug, step, words } from "./schema-parts.ts";

/** The shape of the content files; those of the lexicon are in schema-lexicon.ts. A file that does not fit is refused with its path and the place. */

export const flagsFile = z.strictObject({
  flags: z.array(
    z.strictObject({
      id: slug,
      name: words,
      areas: z.array(words).min(1),
      clues: words,
      rule_in_words: words,
      rule,
      levels: z.array(z.strictObject({ when: rule, disposition })).default([]),
      /** Yes/no questions: yes means the flag is up. The first tells best. */
      ask: z.array(said).min(1),
      /** What to do at once, right after the call for help. */
      first: said.optional(),
      /** The whole list, the call for help first: told line by line to somebody who waits. */
      action: z.array(said).min(3),
      phrases: z.array(words),
      not_triggers: z.array(words),
      sentences: z.strictObject({ fire: z.array(words), quiet: z.array(words) }).optional(),
      sources: z.array(words).min(1),
      basis: z.enum(["read", "mixed", "recalled"]),
      review_by: date,
    }),
  ),
});

const stretch = z.strictObject({
  id: slug,
  name: words,
  say: said,
  again: said,
  feel: words,
  stop: z.array(words),
  hold: z.strictObject({ seconds: z.number(), least: z.number(), most: z.number() }),
  repeats: z.number().int().min(1),
  standing: z.boolean(),
  by_hand: z.boolean(),
  flat_on_back: z.boolean(),
  gate: words.optional(),
  not_first_day: z.boolean().optional(),
  skip_if: z.array(slug).optional(),
  alt: words,
});

const exercise = z.strictObject({
  id: slug,
  name: words,
  say: said,
  again: said,
  hold: z.number(),
  reps: z.number().int(),
  stop: words,
  flat_on_back: z.boolean(),
  skip_if: z.array(slug).optional(),
  alt: words,
  sources: z.array(words).min(1),
});

export const areaFile = z.strictObject({
  id: slug,
  label: z.enum(AREAS).nullable(),
  name: words,
  card: z.enum(["limb", "back", "neck-jaw", "trunk"]),
  severe: z.enum(["limb", "lower-back", "upper-back", "neck", "chest", "ribs", "belly", "groin-pelvis", "jaw-face", "many"]),
  muscle: z.boolean(),
  relief: said,
  causes: z.array(words),
  stretches: z.array(stretch),
  exercises: z.array(exercise).optional(),
  massage: z.strictObject({ say: said, again: said }).nullable(),
  self_care: z.array(said).optional(),
  rest: said,
  gentle: said,
  dont: z.array(words),
  net: said,
  extra: words.optional(),
  red_flags: z.array(slug),
  sources: z.array(words).min(1),
  review_by: date,
});

const whichOption = z.strictObject({
  value: words,
  label: words,
  flag: slug.optional(),
  disposition: disposition.optional(),
  clear: z.boolean().optional(),
  risk: slug.optional(),
});

export const cardsFile = z.strictObject({
  review_by: date,
  sources: z.array(words).min(1),
  ask: said,
  foot: words,
  none: words,
  unsure: words,
  first: said,
  cards: z.record(
    z.enum(["limb", "back", "neck-jaw", "trunk"]),
    z.array(
      z.strictObject({
        id: slug,
        line: words,
        covers: z.array(slug).min(1),
        felt: z.boolean().default(false),
        yes: z.enum(["emergency-now", "urgent-same-day", "ask-which"]),
        flag: slug.optional(),
        check: said.optional(),
        which: z.strictObject({ ask: words, options: z.array(whichOption).min(2) }).optional(),
        findings: z.array(slug),
        /** Told like this, a look comes before it counts: ankles that always swell, pee that is a little dark. */
        look: z.array(slug).default([]),
        /** The option of `which` that a yes to `check` means. */
        check_means: words.optional(),
      }),
    ),
  ),
  only: z.record(slug, z.array(slug)),
  extra: z.record(slug, slug),
  massage_gate: z.strictObject({ ask: said, options: z.array(whichOption) }),
  late_check: z.strictObject({ ask: words, options: z.array(whichOption) }),
});

const texts = z.array(said).min(1);

export const decisionsFile = z.strictObject({
  review_by: date,
  sources: z.array(words).min(1),
  columns: z.record(z.string(), z.array(z.union([z.string(), z.boolean()]))),
  signs: z.record(slug, words),
  rules: z.record(slug, words),
  rows: z.array(
    z.strictObject({
      id: slug,
      why: words,
      when: rule,
      disposition: disposition.nullable(),
      say: slug,
      flags: z.array(slug).default([]),
      allows: z.array(z.enum(ALLOWED)),
    }),
  ),
  raise: z.strictObject({ id: slug, why: words, when: rule, steps: z.partialRecord(disposition, disposition) }),
  texts: z.record(slug, z.strictObject({ first: texts, later: texts, inside: texts.optional(), ache: texts.optional() })),
  leads: z.record(z.string(), z.record(slug, said)),
  routes: z.record(slug, z.array(slug)),
});

export const stepsFile = z.strictObject({
  review_by: date,
  sources: z.array(words).min(1),
  messages: z.record(
    slug,
    z.strictObject({
      step,
      say: said,
      /** Other, simpler words for "say that again". */
      again: said.optional(),
      /** The reason, for "why?". */
      why: said.optional(),
      sources: z.array(words).optional(),
    }),
  ),
  labels: z.record(slug, words),
});

export const answersFile = z.strictObject({
  review_by: date,
  answers: z.array(
    z.strictObject({
      id: slug,
      question: words,
      say: said,
      /** What is said instead for somebody it does not suit. */
      for: z.record(slug, said).optional(),
      intent: z.enum(INTENTS),
      sources: z.array(words).min(1),
      asks: z.array(words).min(3),
    }),
  ),
});

export const populationsFile = z.strictObject({
  review_by: date,
  populations: z.array(
    z.strictObject({
      id: slug,
      who: words,
      findings: z.array(slug),
      risk: z.boolean(),
      change: z.array(words),
      note: said.optional(),
      sources: z.array(words).min(1),
    }),
  ),
});

export const numbersFile = z.strictObject({
  review_by: date,
  numbers: z.record(
    z.string().regex(/^[A-Z]{2}$/),
    z.strictObject({
      name: words,
      call: z.string().regex(/^[0-9]+$/),
      also: z.array(words).optional(),
      advice: z.array(words).optional(),
      line: words.optional(),
      crisis: words.optional(),
      confidence: z.enum(["high", "medium", "low"]),
      sources: z.array(words).min(1),
      note: words.optional(),
    }),
  ),
  unknown: z.strictObject({ display: words, mobile: words, advice: words, crisis: words }),
});

export const sourcesFile = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({ title: words, url: z.string(), used_for: words, status: z.enum(["read", "recalled"]) }),
  ),
});

export const signOffFile = z.strictObject({
  reviews: z.array(z.strictObject({ content: words, reviewer: words, date })),
});

export const intentFile = z.strictObject({
  intent: z.enum(INTENTS),
  examples: z.record(slug, z.array(words)),
});

export const triageFile = z.strictObject({
  /** What the sentences show: a red flag's id, or the kind of harmless message. */
  about: slug,
  disposition,
  examples: z.array(words).min(1),
});

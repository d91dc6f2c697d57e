import { z } from "zod";
import { AREAS, CUES } from "./labels.ts";
import { slug, words } from "./schema-parts.ts";

/** The shape of the files of the lexicon. */

export const grammarFile = z.strictObject({
  short_forms: z.record(z.string(), words),
  short_forms_inside: z.record(z.string(), words),
  emoji: z.record(z.string(), words),
  light: z.array(words),
  negators: z.array(words),
  third_person: z.array(words),
  past_verbs: z.array(words),
  present_verbs: z.array(words),
  cues: z.record(z.enum(CUES), z.array(words)),
});

export const groupsFile = z.strictObject({ groups: z.record(z.string(), z.array(words).min(1)) });

export const conceptsFile = z.strictObject({
  concepts: z.record(
    slug,
    z
      .strictObject({
        says: z.array(words).optional(),
        /** Wordings that people without the sign use as well. */
        maybe: z.array(words).optional(),
        not: z.array(words).optional(),
        lasts: z.boolean().optional(),
        ever: z.boolean().optional(),
        supposed: z.boolean().optional(),
      })
      .refine(({ says, maybe }) => (says?.length ?? 0) + (maybe?.length ?? 0) > 0, "it needs a wording, in says or in maybe"),
  ),
});

export const bodyFile = z.strictObject({
  areas: z.record(z.enum(AREAS), z.array(words).min(1)),
  weak: z.partialRecord(z.enum(AREAS), z.array(words).min(1)),
  vague: z.record(z.string(), z.array(words).min(1)),
  not: z.array(words),
  skin: z.array(words),
});

export const painFile = z.strictObject({
  pain: z.strictObject({
    severe: z.array(words),
    ask_number: z.array(words),
    moderate: z.array(words),
    mild: z.array(words),
    not: z.array(words),
  }),
});

export const topicsFile = z.strictObject({ topics: z.record(slug, z.array(words).min(1)) });

export const circumstancesFile = z.strictObject({ circumstances: z.array(slug) });

export const languagesFile = z.strictObject({
  languages: z.record(words, z.array(words).min(5)),
  telling: z.record(words, z.array(words).min(5)),
});

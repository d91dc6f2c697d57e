import { z } from "zod";
import { DISPOSITIONS, STEPS } from "./labels.ts";
import type { Rule } from "./rules.ts";

/** What several content files are made of. */

export const words = z.string().min(1);
export const said = z.union([words, z.strictObject({ you: words, they: words })]);
export const date = z.iso.date();
export const disposition = z.enum(DISPOSITIONS);
export const step = z.enum(STEPS);
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** The rule language of rules.ts. */
export const rule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    slug,
    z.strictObject({ all: z.array(rule) }),
    z.strictObject({ any: z.array(rule).min(1) }),
    z.strictObject({ atLeast: z.number().int().min(1), of: z.array(rule).min(1) }),
    z.strictObject({ not: rule }),
    z.strictObject({
      fact: words,
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
      is: z.union([z.string(), z.number(), z.boolean()]).optional(),
      in: z.array(z.union([z.string(), z.number()])).optional(),
      known: z.boolean().optional(),
    }),
  ]),
) as z.ZodType<Rule>;

import { readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import { z } from "zod";
import type { Reply } from "../../dialogs/reply.ts";
import { ASKS, DISPOSITIONS, STEPS } from "../../src/care/labels.ts";

/**
 * A scripted dialogue: who says what, what the bot must do, what it must never do. The files beside this one can be read by
 * anybody; docs/testing.md explains the words.
 */
const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === "string" ? [value] : value));
const level = z.enum(DISPOSITIONS).nullable();

const expectation = z.strictObject({
  /** What the bot advises as of the last reply. */
  level: level.optional(),
  ask: z.enum(ASKS).nullable().optional(),
  /** Steps that occur, in this order. */
  steps: z.array(z.enum(STEPS)).optional(),
  /** The step of the first reply. */
  first: z.enum(STEPS).optional(),
  flags: z.array(z.string()).optional(),
  /** Flags that must not be up. */
  no_flags: z.array(z.string()).optional(),
  /** Steps that must not occur. */
  not_steps: z.array(z.enum(STEPS)).optional(),
  /** Texts that occur in the replies, in any case. */
  has: texts.optional(),
  lacks: texts.optional(),
  /** Seconds of the countdown that begins; null for none. */
  timer: z.number().nullable().optional(),
  replies: z.number().optional(),
  choices: z.array(z.string()).optional(),
  picture: z.string().optional(),
  /** One of the replies names its sources. */
  sourced: z.boolean().optional(),
});

const turn = z.strictObject({
  say: z.string().optional(),
  pick: z.string().optional(),
  /** Seconds that pass; due timers speak. */
  wait: z.number().optional(),
  sends: z.enum(["picture", "text"]).optional(),
  opens: z.boolean().optional(),
  /** Where this message is written, when not where the others are. */
  scope: z.enum(["personal", "groupChat", "channel"]).optional(),
  expect: expectation.optional(),
});

const dialogue = z.strictObject({
  title: z.string(),
  /** Lines of the behaviour list that it proves: A1, D4. */
  proves: z.array(z.string()).default([]),
  locale: z.string().nullable().default("en-GB"),
  time_zone: z.string().nullable().default(null),
  reach: z.enum(["push", "open", "none"]).default("push"),
  /** What fails while it is played. */
  broken: z.enum(["store", "understanding"]).optional(),
  begins: z.string().default("2026-01-01T09:00:00Z"),
  scope: z.enum(["personal", "groupChat", "channel"]).default("personal"),
  talk: z.array(turn).min(1),
  /** Texts that no reply of the whole dialogue may hold. */
  never: texts.optional(),
  never_steps: z.array(z.enum(STEPS)).optional(),
  /** The highest level that any reply may have. */
  never_above: z.enum(DISPOSITIONS).optional(),
  /** How many questions it may cost; a countdown asks none. */
  questions_most: z.number().optional(),
});

export type Dialogue = z.infer<typeof dialogue>;
export type DialogueTurn = Dialogue["talk"][number];

export function readDialogues(file: string): Dialogue[] {
  const result = z.array(dialogue).safeParse(load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA }));
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** What the bot said to a turn. */
export interface Heard {
  readonly replies: readonly Reply[];
}

/** What is wrong with the replies of a turn, in words; empty when all is as expected. */
export function mistakesOf({ expect }: DialogueTurn, { replies }: Heard): string[] {
  const mistakes: string[] = [];
  if (expect === undefined) return mistakes;
  const all = replies
    .map(({ text }) => text)
    .join("\n")
    .toLowerCase();
  const last = replies.at(-1);
  const check = (good: boolean, what: string) => {
    if (!good) mistakes.push(what);
  };
  const { level: wanted, ask, steps, first, flags, has, lacks, timer, picture, choices } = expect;
  if (wanted !== undefined) check((last?.disposition ?? null) === wanted, `level is ${last?.disposition ?? null}, not ${wanted}`);
  if (ask !== undefined) check((last?.ask ?? null) === ask, `asks ${last?.ask ?? null}, not ${ask}`);
  if (first !== undefined) check(replies[0]?.step === first, `begins with ${replies[0]?.step}, not ${first}`);
  if (steps !== undefined)
    check(
      holdsInOrder(
        replies.map(({ step }) => step),
        steps,
      ),
      `steps are ${replies.map(({ step }) => step).join(", ")}, not ${steps.join(", ")}`,
    );
  for (const flag of flags ?? [])
    check(last?.flags.includes(flag) ?? false, `flags are ${last?.flags.join(", ")}, without ${flag}`);
  for (const flag of expect.no_flags ?? []) check(!(last?.flags.includes(flag) ?? false), `the flag ${flag} is up`);
  for (const step of expect.not_steps ?? []) check(!replies.some((reply) => reply.step === step), `comes to ${step}`);
  if (expect.sourced === true)
    check(
      replies.some(({ sources }) => sources.length > 0),
      "no source",
    );
  for (const text of has ?? []) check(all.includes(text.toLowerCase()), `nothing says "${text}"`);
  for (const text of lacks ?? []) check(!all.includes(text.toLowerCase()), `something says "${text}"`);
  if (timer !== undefined) {
    const begun = replies.find(({ timerSeconds }) => timerSeconds !== null)?.timerSeconds ?? null;
    check(begun === timer, `the countdown is ${begun}, not ${timer}`);
  }
  if (expect.replies !== undefined) check(replies.length === expect.replies, `${replies.length} replies, not ${expect.replies}`);
  for (const value of choices ?? []) check(last?.choices.some((one) => one.value === value) ?? false, `no button "${value}"`);
  if (picture !== undefined)
    check(
      replies.some((reply) => reply.picture?.id === picture),
      `no picture ${picture}`,
    );
  return mistakes;
}

function holdsInOrder(all: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === wanted[at]) at++;
  return at === wanted.length;
}

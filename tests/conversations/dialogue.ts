import { readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import { z } from "zod";
import { ASKS, DISPOSITIONS, STEPS } from "../../src/care/labels.ts";
import type { LineOut } from "../../src/channels/terminal/lines.ts";

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
  /** Texts that occur in the replies, in any case. */
  has: texts.optional(),
  lacks: texts.optional(),
  /** Seconds of the countdown that begins; null for none. */
  timer: z.number().nullable().optional(),
  replies: z.number().optional(),
  choices: z.array(z.string()).optional(),
  picture: z.string().optional(),
});

const turn = z.strictObject({
  say: z.string().optional(),
  pick: z.string().optional(),
  wait: z.number().optional(),
  expect: expectation.optional(),
});

const dialogue = z.strictObject({
  title: z.string(),
  /** Lines of the behaviour list that it proves: A1, D4. */
  proves: z.array(z.string()).default([]),
  locale: z.string().default("en-GB"),
  scope: z.enum(["personal", "groupChat", "channel"]).default("personal"),
  talk: z.array(turn).min(1),
  /** Texts that no reply of the whole dialogue may hold. */
  never: texts.optional(),
  never_steps: z.array(z.enum(STEPS)).optional(),
  /** The highest level that any reply may have. */
  never_above: z.enum(DISPOSITIONS).optional(),
});

export type Dialogue = z.infer<typeof dialogue>;
export type DialogueTurn = Dialogue["talk"][number];

export function readDialogues(file: string): Dialogue[] {
  const result = z.array(dialogue).safeParse(load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA }));
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** What is wrong with the replies of a turn, in words; empty when all is as expected. */
export function mistakesOf({ expect }: DialogueTurn, { replies, error }: LineOut): string[] {
  const mistakes: string[] = error === undefined ? [] : [`error: ${error}`];
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
      replies.some((reply) => reply.picture === picture),
      `no picture ${picture}`,
    );
  return mistakes;
}

function holdsInOrder(all: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === wanted[at]) at++;
  return at === wanted.length;
}

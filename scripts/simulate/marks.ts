import type { Reply } from "../../dialogs/reply.ts";
import { countWords } from "../../src/care/readability.ts";
import { brokenText } from "../broken-text.ts";
import type { Talk } from "./play.ts";

/** What is counted over all talks; the texts name the talk and the fault. */
export interface Marks {
  readonly people: number;
  /** Bot turns to the first relief or advice, for a limb: the worst of all. */
  readonly turnsToRelief: number;
  /** Of ordinary limbs whose person answers plainly: questions in all, as usual and at most. */
  readonly questionsMedian: number;
  readonly questionsMost: number;
  readonly turnsMedian: number;
  readonly missed: readonly string[];
  readonly falsely: readonly string[];
  readonly repeated: readonly string[];
  readonly deadEnds: readonly string[];
  readonly loops: readonly string[];
  readonly tooLong: readonly string[];
  readonly failures: readonly string[];
}

/** Questions that cost an answer; a countdown asks for none, and a re-check belongs to its step. */
const COSTLY = new Set(["area", "severity", "safety-check", "which-sign", "onset", "choose"]);
/** Once answered they are settled for the talk. */
const ONCE = new Set(["area", "card", "onset", "massage-gate", "late-check", "belly-kind", "legs", "grown-up"]);
/** Steps while a muscle grips: at most 40 words a message, here with the filled-in numbers. */
const ACTIVE = new Set(["stop-activity", "stretch", "massage", "recheck", "severity", "escalate"]);
const MOST_WORDS = 44;
/** Steps that help: a move, a position, or where to get help. */
const HELPS = new Set(["stop-activity", "stretch", "escalate", "rest"]);

export function marksOf(talks: readonly Talk[]): Marks {
  const named = (find: (talk: Talk) => readonly string[]) =>
    talks.flatMap((talk) => find(talk).map((what) => `seed ${talk.seed}: ${what}`));
  const plain = talks.filter(({ person }) => person.limb && person.sign === null && person.interrupts + person.strays === 0);
  const ordinary = plain.filter(({ person }) => person.pain < 7 && person.course !== "worsens" && person.course !== "stubborn");
  const questions = ordinary.map(({ replies }) => questionsOf(replies.flat()));
  return {
    people: talks.length,
    turnsToRelief: Math.max(0, ...talks.filter(({ person }) => person.limb).map(turnsToHelp)),
    questionsMedian: median(questions),
    questionsMost: Math.max(0, ...questions),
    turnsMedian: median(talks.map(({ turns }) => turns)),
    missed: named(({ missed }) => missed),
    falsely: named(({ falsely }) => falsely),
    repeated: named(askedAgain),
    deadEnds: named(({ ended, lines }) => (ended ? [] : [`no end: ${lines.slice(-3).join(" / ")}`])),
    loops: named(loopsOf),
    tooLong: named(({ replies }) =>
      replies
        .flat()
        .filter(isTooLong)
        .map(({ text }) => text),
    ),
    failures: named(({ failures, replies }) => [...failures, ...replies.flat().flatMap(({ text }) => brokenText(text) ?? [])]),
  };
}

/** Bot turns until something helps; 1 is the first reply. */
function turnsToHelp({ replies }: Talk): number {
  const at = replies.findIndex((batch) => batch.some(({ step }) => HELPS.has(step)));
  return at < 0 ? replies.length + 1 : at + 1;
}

function questionsOf(replies: readonly Reply[]): number {
  return replies.filter(({ ask }) => ask !== null && COSTLY.has(ask)).length;
}

/** A question that was answered, so that another one came, and is asked again. */
function askedAgain({ replies, person }: Talk): string[] {
  if (person.strays > 0) return [];
  const asked = replies.map((batch) => batch.at(-1)?.question ?? null);
  const found: string[] = [];
  const settled = new Set<string>();
  asked.forEach((id, at) => {
    if (id === null || !ONCE.has(id)) return;
    if (settled.has(id)) found.push(`${id} again at turn ${at + 1}`);
    const next = asked.slice(at + 1).find((one) => one !== null);
    if (next !== id) settled.add(id);
  });
  return found;
}

/** The same whole turn three times running. */
function loopsOf({ replies }: Talk): string[] {
  const said = replies.map((batch) => batch.map(({ text }) => text).join("\n"));
  return said.filter((text, at) => text !== "" && text === said[at - 1] && text === said[at - 2]);
}

function isTooLong({ text, step }: Reply): boolean {
  return ACTIVE.has(step) && countWords(text) > MOST_WORDS;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

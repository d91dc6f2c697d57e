import type { Choice, Clock } from "../dialogs/reply.ts";
import type { Disposition } from "../src/care/labels.ts";
import type { Message } from "./message.ts";

/** Joins what arrived into what is known: each message once, in the order of the conversation. */
export function merge(known: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const merged = [...known];
  for (const message of arrived) {
    if (merged.some(({ id }) => id === message.id)) continue;
    merged.splice(merged.findLastIndex((one) => !isBefore(message, one)) + 1, 0, message);
  }
  return merged;
}

/** One that the server could not keep has no number: it stands by its time. */
function isBefore(one: Message, other: Message): boolean {
  const [own, others] = [one.sequence, other.sequence];
  return Number.isNaN(own) || Number.isNaN(others) ? one.at < other.at : own < others;
}

/** A message whose buttons count. */
export type Question = Pick<Message, "id" | "choices" | "multiple" | "question" | "ask">;

/** How things stand after the last message of the bot. */
export interface Standing {
  /** What may be pressed now, most important first; empty while the person's message is on its way. */
  readonly questions: readonly Question[];
  readonly clock: Clock | null;
  readonly disposition: Disposition | null;
  readonly emergencyNumber: string | null;
  /** The person is asked, or may tell, where it hurts. */
  readonly wantsPlace: boolean;
}

export function standingOf(messages: readonly Message[]): Standing {
  const last = messages.findLast(({ from }) => from === "bot");
  const sinceTheirs = messages.slice(messages.findLastIndex(({ from }) => from === "user") + 1);
  const open = sinceTheirs.length > 0 && last !== undefined;
  return {
    questions: open ? questionsOf(sinceTheirs, last) : [],
    clock: last?.clock ?? null,
    disposition: last?.disposition ?? null,
    emergencyNumber: last?.emergencyNumber ?? null,
    wantsPlace: open && (last.ask === "area" || (last.step === "welcome" && last.choices.length === 0)),
  };
}

/**
 * The buttons of the last turn: of its question, and those that belong to none, such as "I have called". Messages of one
 * turn carry the same time. A reminder has no buttons of its own and leaves those of its question standing.
 */
function questionsOf(since: readonly Message[], last: Message): readonly Question[] {
  const turn = since.filter(({ at, choices }) => at === last.at && choices.length > 0).reverse();
  if (turn.length > 0) return turn.filter(({ ask }, index) => index === 0 || ask === null);
  if (last.question === null) return [];
  const asked = since.findLast(({ question, choices }) => question === last.question && choices.length > 0);
  return asked === undefined ? [] : [asked];
}

/** Several ticked values as one answer: its words and its value. */
export function answerOf(choices: readonly Choice[]): { readonly text: string; readonly value: string } {
  return { text: choices.map(({ label }) => label).join("; "), value: choices.map(({ value }) => value).join(",") };
}

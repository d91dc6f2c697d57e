import { lineById } from "./card-lines.ts";
import { bareNumber, numberInDoubt, painChoice } from "./context.ts";
import type { Question } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import type { Choice } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** The label that a button of the pending question was shown with. */
export function labelOf(turn: Turn, value: string): string {
  const { cards, areas, steps } = turn.content;
  const question = turn.conversation.question?.id ?? "";
  const listed = listOf(turn, question)?.find((option) => option.value === value);
  if (listed !== undefined) return listed.label;
  if (question === "card" && value === "none") return cards.none;
  return lineById(turn, value)?.line ?? steps.labels[value] ?? areas[value]?.name ?? value;
}

/** The labels of a question that has its own. */
function listOf(turn: Turn, question: string): readonly Choice[] | undefined {
  const { massage_gate, late_check } = turn.content.cards;
  if (question === "massage-gate") return massage_gate.options;
  if (question === "late-check") return late_check.options;
  return question.startsWith("which:") ? lineById(turn, question.slice("which:".length))?.which?.options : undefined;
}

/** The buttons of the pending question, to show them again. */
export function buttonsOf(turn: Turn): readonly Choice[] {
  return (turn.conversation.question?.options ?? []).map((value) => ({ value, label: labelOf(turn, value) }));
}

/** Questions that a number answers by itself, or where a wrong button does no harm because the next words show it. */
const CLEAR = new Set(["severity", "severity-word", "recheck", "onset", "check-in", "choose", "country", "resume"]);

/**
 * A number alone where a button of that number and the pain are both likely: which was meant is asked, for a tick decides what
 * is safe. True when it was.
 */
export function askButtonOrPain(turn: Turn, message: MessageEvent): boolean {
  if (message.numbered === true) return false;
  const { question, episode } = turn.conversation;
  const number = bareNumber(message);
  if (question === null || episode === null || number === null || CLEAR.has(question.id.split(":")[0] ?? "")) return false;
  const doubt = numberInDoubt(question);
  if (doubt !== null && number !== doubt) return false;
  if (question.options[number - 1] === undefined || number > 10) return false;
  if (doubt === null) question.options.push(painChoice(number));
  sayDoubt(turn, question, number, doubt !== null);
  return true;
}

/** "The button or the pain?", with a button for each. */
export function sayDoubt(turn: Turn, { options, ask }: Question, number: number, again: boolean): void {
  const value = options[number - 1] as string;
  const values = { option: labelOf(turn, value), number: String(number) };
  const choices = [
    { value, label: values.option },
    { value: painChoice(number), label: turn.messageText("pain-number", values) },
  ];
  turn.sayMessage("button-or-pain", { values, ask, choices, again });
  turn.halted = true;
}

/** The doubt about a number is over: the question has its own buttons alone. */
export function withoutDoubt(question: Question): void {
  const doubt = numberInDoubt(question);
  if (doubt !== null) question.options = question.options.filter((value) => value !== painChoice(doubt));
}

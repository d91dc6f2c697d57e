import type { MessageEvent } from "./event.ts";
import type { Turn } from "./turn.ts";

/**
 * The buttons that a message means: pressed, typed out, pointed at ("2", "the second one"), or all of several.
 * Empty when it is none of them.
 */
export function chosen(turn: Turn, message: MessageEvent): readonly string[] {
  const { question } = turn.conversation;
  if (question === null) return [];
  if (message.choice !== null) {
    const values = message.choice.split(",").map((value) => value.trim());
    return values.filter((value) => question.options.includes(value));
  }
  const { words, ordinals } = message.understanding;
  const typed = question.options.filter((value) => {
    const label = labelOf(turn, value);
    return words === plain(label) || words === plain(value);
  });
  if (typed.length > 0) return typed;
  if (question.ask === "severity") return [];
  return ordinals.flatMap((ordinal) => {
    const value = question.options.at(ordinal > 0 ? ordinal - 1 : ordinal);
    return value === undefined || ordinal === 0 ? [] : [value];
  });
}

/** The label that a value was shown with. */
function labelOf(turn: Turn, value: string): string {
  const { cards } = turn.content;
  if (value === "none") return cards.none;
  const line = Object.values(cards.cards)
    .flat()
    .find((one) => one.id === value);
  if (line !== undefined) return line.line;
  return turn.content.areas[value]?.name ?? turn.content.steps.labels[value] ?? value;
}

/** As the reader of words writes it: lower case, no marks. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/'/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Yes, no or unsure, from a button or from words; the intent helps where the words are oblique. */
export function yesNoOf(turn: Turn, message: MessageEvent): "yes" | "no" | "unsure" | null {
  const value = chosen(turn, message)[0];
  if (value === "yes" || value === "no" || value === "unsure") return value;
  const { yesNo, intent, confidence } = message.understanding;
  if (yesNo !== null) return yesNo;
  if (confidence < 0.6) return null;
  if (intent === "affirm") return "yes";
  return intent === "deny" ? "no" : null;
}

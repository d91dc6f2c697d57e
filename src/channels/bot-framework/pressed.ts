import { isRecord } from "../http/is-record.ts";

/** Before the value of a line in the ids of a card's toggles. */
export const TICK = "tick_";
/** Marks the data of the button that sends the ticks. */
export const TICKED = "ticked";

/** What a card's button or a suggested action brings back. */
export interface Pressed {
  /** Value of a button, or of the ticked lines: "c2", "c1,c3". Null: a list was sent with nothing ticked. */
  readonly choice: string | null;
  /** Which question it belongs to. */
  readonly question: string | null;
}

/**
 * Reads an activity's `value`: `{ choice, question }`, or `{ question, ticked, tick_c1: "true", … }`.
 * "None of these" sends the ticks along: then the ticks count, since they are the more careful answer.
 * @returns null when no button was pressed
 */
export function pressedOf(value: unknown): Pressed | null {
  if (!isRecord(value)) return null;
  const ticks = Object.entries(value)
    .filter(([id, state]) => id.startsWith(TICK) && (state === "true" || state === true))
    .map(([id]) => id.slice(TICK.length));
  const question = textOf(value["question"]);
  if (ticks.length > 0) return { choice: ticks.join(","), question };
  const choice = textOf(value["choice"]);
  if (choice !== null) return { choice, question };
  return value[TICKED] === true ? { choice: null, question } : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= 200 ? value : null;
}

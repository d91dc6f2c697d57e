import { tableOf } from "./table.ts";
import type { Token } from "./tokens.ts";

/** A number that was written, in digits or in words, and where. */
export interface Amount {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

const UNITS = tableOf({
  zero: 0,
  nought: 0,
  nil: 0,
  naught: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
});
const TENS = tableOf({
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
});
const COUNTING = new Set([...Object.keys(UNITS).filter((word) => (UNITS[word] as number) > 1), ...Object.keys(TENS)]);

/** Whether a word counts things: "four", "twenty". Zero and one do not: they say too many other things. */
export function isNumberWord(word: string): boolean {
  return COUNTING.has(word);
}

const FRACTIONS = tableOf({ half: 0.5, quarter: 0.25 });

/**
 * The numbers of a message, left to right. "8", "eight", "twenty five", "one and a half", "six point five",
 * "a couple of" is 2, "a few" is 3, "a dozen" is 12.
 */
export function readNumbers(tokens: readonly Token[]): Amount[] {
  const found: Amount[] = [];
  for (let at = 0; at < tokens.length; ) {
    const amount = amountAt(tokens, at);
    if (amount === null) at++;
    else {
      found.push(amount);
      at = amount.end;
    }
  }
  return found;
}

function amountAt(tokens: readonly Token[], at: number): Amount | null {
  const whole = wholeAt(tokens, at);
  if (whole === null) return null;
  return withFraction(tokens, whole);
}

function wholeAt(tokens: readonly Token[], at: number): Amount | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.value !== null) return { value: token.value, start: at, end: at + 1 };
  const tens = TENS[token.word];
  if (tens !== undefined) {
    const unit = UNITS[tokens[at + 1]?.word ?? ""];
    if (unit !== undefined && unit > 0 && unit < 10) return { value: tens + unit, start: at, end: at + 2 };
    return { value: tens, start: at, end: at + 1 };
  }
  const unit = UNITS[token.word];
  if (unit !== undefined) {
    if (tokens[at + 1]?.word === "hundred") return { value: unit * 100, start: at, end: at + 2 };
    return { value: unit, start: at, end: at + 1 };
  }
  if (token.word === "couple") return { value: 2, start: at, end: tokens[at + 1]?.word === "of" ? at + 2 : at + 1 };
  if (token.word === "few" || token.word === "several") return { value: 3, start: at, end: at + 1 };
  if (token.word === "dozen") return { value: 12, start: at, end: at + 1 };
  return null;
}

/** "six point five", "two and a half". */
function withFraction(tokens: readonly Token[], whole: Amount): Amount {
  const next = tokens[whole.end]?.word;
  if (next === "point") {
    const decimal = UNITS[tokens[whole.end + 1]?.word ?? ""] ?? tokens[whole.end + 1]?.value ?? null;
    if (decimal !== null && decimal < 10) return { ...whole, value: whole.value + decimal / 10, end: whole.end + 2 };
  }
  if (next === "and" && tokens[whole.end + 1]?.word === "a") {
    const fraction = FRACTIONS[tokens[whole.end + 2]?.word ?? ""];
    if (fraction !== undefined) return { ...whole, value: whole.value + fraction, end: whole.end + 3 };
  }
  return whole;
}

import type { Stretch } from "./spans.ts";
import type { Token } from "./tokens.ts";

/** Years that are certainly over; the reader knows no clock. */
const FIRST_YEAR = 1940;
const LAST_YEAR = 2025;
/** "'60" and later are years of the last century. */
const FIRST_SHORT_YEAR = 60;
/** What makes a number a count of something and no year: "in 88 minutes", "2000 steps". */
const UNIT =
  /^(degree|minute|second|hour|day|week|month|year|m|km|k|kg|g|mg|mcg|ml|l|metre|meter|mile|step|rep|squat|word|calorie|kcal|people|men|unit|percent|bpm|iu|mph)s?$/;
const BEFORE_YEAR = new Set(
  "in during around about of back from by circa until till summer winter spring autumn january february march april may june july august september october november december easter christmas".split(
    " ",
  ),
);

/** Where years stand in a message: "in 2014", "in '09", or one alone: "my brother's wedding, 2005, too tight a collar". */
export function yearsOf(tokens: readonly Token[]): Stretch[] {
  return tokens.flatMap((_, at) => (isYear(tokens, at) ? [{ start: at, end: at + 1 }] : []));
}

function isYear(tokens: readonly Token[], at: number): boolean {
  const { word, value, segment, sign } = tokens[at] as Token;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (value === null || UNIT.test(after?.word ?? "")) return false;
  if (word.length === 2) return before?.word === "in" && (/^0\d$/.test(word) || (value >= FIRST_SHORT_YEAR && sign === null));
  if (word.length !== 4 || value < FIRST_YEAR || value > LAST_YEAR || before === undefined) return false;
  return BEFORE_YEAR.has(before.word) || (before.segment !== segment && after?.segment !== segment);
}

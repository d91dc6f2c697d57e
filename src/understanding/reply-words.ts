import { readNumbers } from "./numbers.ts";
import { tableOf } from "./table.ts";
import type { Token } from "./tokens.ts";

/** A message read as the answer to a question: yes, no, or not sure. */
export type YesNo = "yes" | "no" | "unsure";

const FIRM_YES =
  /^(yes|correct|true|right|definitely|absolutely|affirmative|indeed|exactly|totally|certainly|sure|ok|yess|yup|yuh|aye|uhhuh|obviously|course|affirm|always|afraid)$/;
const FIRM_NO = /^(no|nope|negative|never|nah|none|nothing|neither|nay|naw|non|noo|nought|nowt|nil)$/;
const DOUBT = new Set([
  "maybe",
  "perhaps",
  "possibly",
  "unsure",
  "dunno",
  "might",
  "probably",
  "kinda",
  "sorta",
  "hmm",
  "think",
  "partly",
  "somewhat",
  "idk",
]);
const DOUBT_PHRASES = [
  "not sure",
  "dont know",
  "no idea",
  "hard to tell",
  "hard to say",
  "cant tell",
  "cannot tell",
  "not certain",
  "a bit",
  "a little",
  "kind of",
  "sort of",
  "not really",
  "dont think so",
  "not exactly",
  "could be",
  "may be",
  "slightly",
  "not entirely",
  "sometimes",
  "i guess",
  "i suppose",
  "bit",
];

/**
 * How a short message answers a yes-or-no question. "Not really" and "don't think so" are unsure: where safety hangs on
 * it they are asked once more. A mix ("yeah no") is unsure as well.
 */
export function readYesNo(tokens: readonly Token[]): YesNo | null {
  const words = tokens.map((token) => token.word);
  if (words.length === 0 || asksBack(words)) return null;
  const text = ` ${words.join(" ")} `;
  const head = words.slice(0, 6);
  const yes =
    head.some((word) => FIRM_YES.test(word)) || / (i|it|they|he|she) (am|do|does|did|is|are|has|have)$/.test(text.trimEnd());
  const no =
    head.some((word) => FIRM_NO.test(word)) ||
    / (i|it|they|he|she|theyre|its) (dont|doesnt|didnt|isnt|arent|havent|hasnt|not)( |$)/.test(text) ||
    / (none|not (that )?(i|any)|nothing) /.test(text);
  const doubt =
    words.length <= 12 && (head.some((word) => DOUBT.has(word)) || DOUBT_PHRASES.some((phrase) => text.includes(` ${phrase} `)));
  if (doubt) return "unsure";
  if (yes && no)
    return words[0] === "no" && words.length <= 4
      ? "unsure"
      : FIRM_NO.test(words[0] as string)
        ? "no"
        : FIRM_YES.test(words[0] as string) && words.length > 4
          ? "yes"
          : "unsure";
  if (yes) return "yes";
  if (no) return "no";
  return null;
}

const AUXILIARY = /^(is|are|am|can|could|should|shall|may|might|do|does|will|would)$/;
const SUBJECT = /^(i|it|its|that|this|there|they|he|she|we|you|my|the|a|these|those)$/;

/** "Is it ok to run tomorrow?" asks, and says neither; "do I? no" answers after all. */
function asksBack(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  const last = words.at(-1) ?? "";
  return words.length >= 4 && AUXILIARY.test(first) && SUBJECT.test(second) && !FIRM_YES.test(last) && !FIRM_NO.test(last);
}

const ORDINALS = tableOf({
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  top: 1,
  last: -1,
  bottom: -1,
});

/**
 * Which of a list somebody points at: "2", "number two", "the second one", "last". 1-based; -1 is the last.
 * Null when the message is more than that.
 */
export function readOrdinal(tokens: readonly Token[]): number | null {
  if (tokens.length === 0 || tokens.length > 6) return null;
  const words = tokens.map((token) => token.word);
  const word = words.find((one) => ORDINALS[one] !== undefined);
  if (word !== undefined && (words.includes("one") || words.includes("the") || words.length <= 2 || words.includes("option"))) {
    return ORDINALS[word] as number;
  }
  const numbers = readNumbers(tokens);
  const only = numbers[0];
  if (numbers.length !== 1 || only === undefined || !Number.isInteger(only.value)) return null;
  const rest = words.filter((_, at) => at < only.start || at >= only.end);
  return rest.every((one) => /^(number|option|line|no|the|choice|its|is|one|please|answer|just)$/.test(one)) ? only.value : null;
}

/** Several lines of a list at once: "1 and 3", "2, 4". Empty when the message is more than numbers. */
export function readOrdinals(tokens: readonly Token[]): readonly number[] {
  const numbers = readNumbers(tokens);
  const rest = tokens.filter((_, at) => numbers.every((one) => at < one.start || at >= one.end));
  if (
    numbers.length === 0 ||
    !rest.every((token) => /^(number|numbers|and|line|lines|option|options|also|plus|the)$/.test(token.word))
  )
    return [];
  return numbers.map((one) => one.value);
}

import type { Grammar } from "./grammar.ts";

/**
 * One word or number of a message, in a shape that the readers can compare: lower case, without apostrophes,
 * short forms written out. A message is a flat list of these; punctuation survives only as the numbers of
 * the sentence and the segment (a stretch between commas) that a token stands in.
 */
export interface Token {
  /** Normalised word, or the digits of a number. */
  readonly word: string;
  readonly kind: "word" | "number";
  /** Value when `kind` is number. */
  readonly value: number | null;
  /** Offsets into the cleaned text, for evidence. */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly segment: number;
  /** True when no space stands before it: "10k", "8/10". */
  readonly glued: boolean;
  /** True when a slash stands directly before it: the 10 of "8/10". */
  readonly afterSlash: boolean;
  /** True when a hyphen or "to" dash stands directly before it: the 4 of "3-4". */
  readonly afterDash: boolean;
  /** True when a % or ° sign follows directly. */
  readonly sign: "percent" | "degree" | null;
}

/** More tokens than any person writes; what lies behind is not read. Keeps every reader linear with a small constant. */
const MOST_TOKENS = 1500;
/** A longer "word" is noise: it is cut, so that nothing later works on it at length. */
const LONGEST_WORD = 32;

const PLAIN = /^[\x20-\x5f\x61-\x7e\n]*$/;
/** All but the line break and the tab, which part words. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;
/** Format characters such as zero-width joiners and right-to-left marks, and what only shapes a letter or an emoji. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u115f/gu;

/**
 * The text as the readers see it: compatibility characters folded, control and invisible characters gone
 * (zero-width, right-to-left marks), typographic quotes made plain.
 */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(CONTROL, " ")
    .replace(/[\u2018\u2019\u02bc\u00b4`\u2032]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014\u2212]/g, "-");
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x24f && code !== 0xf7) || code >= 0x370;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Where the reading of a text stands; how the next token hangs on what is before it is told as in a token. */
interface Scan {
  /** Lower case. */
  readonly text: string;
  readonly grammar: Grammar;
  /** Dictated punctuation counts as punctuation. */
  readonly spoken: boolean;
  readonly tokens: Token[];
  at: number;
  sentence: number;
  segment: number;
  glued: boolean;
  afterSlash: boolean;
  afterDash: boolean;
}

/** Splits the cleaned text into tokens. Linear in its length; never throws. */
export function tokenise(cleaned: string, grammar: Grammar): Token[] {
  const scan = scanOf(cleaned.toLowerCase(), grammar);
  while (scan.at < scan.text.length && scan.tokens.length < MOST_TOKENS) {
    const code = scan.text.charCodeAt(scan.at);
    if (isDigit(code)) takeNumber(scan);
    else if (isSurrogate(code)) takeEmoji(scan);
    else if (isLetter(code)) takeWord(scan);
    else takeMark(scan);
  }
  return scan.tokens;
}

function scanOf(text: string, grammar: Grammar): Scan {
  return {
    text,
    grammar,
    spoken: speaksPunctuation(text),
    tokens: [],
    at: 0,
    sentence: 0,
    segment: 0,
    glued: false,
    afterSlash: false,
    afterDash: false,
  };
}

/** Dictation that says its punctuation: then "period" and "comma" are marks, not words. */
function speaksPunctuation(text: string): boolean {
  return / comma | full stop| new line| question mark/.test(text);
}

function takeNumber(scan: Scan): void {
  const { text, at } = scan;
  const end = numberEnd(text, at);
  const next = text[end];
  const word = text.slice(at, Math.min(end, at + LONGEST_WORD));
  push(scan, end, word, Number(word.replaceAll(",", "")), next === "%" ? "percent" : next === "°" ? "degree" : null);
  moveTo(scan, end, true);
}

function takeWord(scan: Scan): void {
  const { text, at, grammar } = scan;
  const end = wordEnd(text, at);
  const word = foldWord(text.slice(at, end));
  if (!scan.spoken || !takeSpokenMark(scan, word)) {
    const raw = end - at === word.length && scan.tokens.length > 0 && OPENING.test(text.slice(end, end + OPENING_LENGTH));
    const written = (raw ? grammar.shortFormsInside.get(word) : undefined) ?? grammar.shortForms.get(word);
    if (written === undefined) push(scan, end, word, null, null);
    else pushWritten(scan, end, written);
  }
  moveTo(scan, end, true);
}

function takeEmoji(scan: Scan): void {
  const character = String.fromCodePoint(scan.text.codePointAt(scan.at) ?? 0);
  const end = scan.at + character.length;
  pushEmoji(scan, end, character);
  moveTo(scan, end, false);
}

/** Punctuation, a space, or a sign that is an emoji of a single unit. */
function takeMark(scan: Scan): void {
  const character = scan.text[scan.at] as string;
  const joins = scan.glued;
  pushEmoji(scan, scan.at + 1, character);
  const part = breakAt(scan.text, scan.at);
  if (part === "sentence") endSentence(scan);
  else if (part === "segment") scan.segment++;
  scan.afterSlash = character === "/" && joins;
  scan.afterDash = character === "-" && joins;
  scan.glued = scan.afterSlash || scan.afterDash;
  scan.at++;
}

function moveTo(scan: Scan, end: number, glued: boolean): void {
  scan.at = end;
  scan.glued = glued;
  scan.afterSlash = scan.afterDash = false;
}

function endSentence(scan: Scan): void {
  scan.sentence++;
  scan.segment++;
}

function push(scan: Scan, end: number, word: string, value: number | null, sign: Token["sign"]): void {
  scan.tokens.push({
    word,
    kind: value === null ? "word" : "number",
    value,
    start: scan.at,
    end,
    sentence: scan.sentence,
    segment: scan.segment,
    glued: scan.glued,
    afterSlash: scan.afterSlash,
    afterDash: scan.afterDash,
    sign,
  });
}

/** The words that something short stands for: only what was written itself stands behind a slash or a dash. */
function pushWritten(scan: Scan, end: number, words: readonly string[]): void {
  scan.afterSlash = scan.afterDash = false;
  for (const word of words) push(scan, end, word, null, null);
}

function pushEmoji(scan: Scan, end: number, character: string): void {
  const words = scan.grammar.emoji.get(character);
  if (words === undefined) return;
  scan.glued = false;
  pushWritten(scan, end, words);
}

function numberEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const point = (text[i] === "." || text[i] === ",") && isDigit(text.charCodeAt(i + 1)) && i > start && i - start < 4;
    if (!isDigit(code) && !point) break;
    i++;
  }
  return i;
}

function wordEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    if (isLetter(text.charCodeAt(i))) i++;
    else if (text[i] === "'" && isLetter(text.charCodeAt(i + 1))) i++;
    else break;
  }
  return i;
}

function breakAt(text: string, i: number): "sentence" | "segment" | null {
  const character = text[i];
  if (character === "\n" || character === "." || character === "!" || character === "?" || character === ";") return "sentence";
  if (character === "," || character === ":" || character === "(" || character === ")" || character === '"') return "segment";
  if (character === "-" && text[i - 1] === " ") return "segment";
  return null;
}

/** What stands behind a "noo" that is now: the end of a stretch, or a statement ("noo it's sair"); not a noun ("noo bleeding"). */
const OPENING =
  /^ *($|[.,;!?:)\n]|(it|its|it's|ma|my|i|im|i'm|ah|ah'm|ah've|i've|the|he|he's|she|she's|they|we|a|an|and|wi|for)\b)/;
const OPENING_LENGTH = 8;

/** Lower-case word without apostrophes, possessive s and drawn-out letters ("noooo" is "noo", mended later). */
function foldWord(raw: string): string {
  let word = raw.length > LONGEST_WORD ? raw.slice(0, LONGEST_WORD) : raw;
  if (word.includes("'")) {
    word = word.replace(/^(.{3,})'s$/, "$1").replaceAll("'", "");
  }
  return hasTriple(word) ? word.replace(/(.)\1{2,}/g, "$1$1") : word;
}

function hasTriple(word: string): boolean {
  for (let i = 2; i < word.length; i++) if (word[i] === word[i - 1] && word[i] === word[i - 2]) return true;
  return false;
}

/** @returns whether the word was a mark; of a mark in two words the first is taken back */
function takeSpokenMark(scan: Scan, word: string): boolean {
  if (word === "comma") {
    scan.segment++;
    return true;
  }
  const last = scan.tokens.at(-1)?.word;
  const twoWords =
    (word === "stop" && last === "full") ||
    (word === "line" && last === "new") ||
    (word === "mark" && (last === "question" || last === "exclamation"));
  if (!twoWords && word !== "period") return false;
  if (twoWords) scan.tokens.pop();
  endSentence(scan);
  return true;
}

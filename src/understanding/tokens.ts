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

interface Scan {
  readonly tokens: Token[];
  sentence: number;
  segment: number;
}

/** Splits the cleaned text into tokens. Linear in its length; never throws. */
export function tokenise(cleaned: string, grammar: Grammar): Token[] {
  const text = cleaned.toLowerCase();
  const spoken = speaksPunctuation(text);
  const scan: Scan = { tokens: [], sentence: 0, segment: 0 };
  let i = 0;
  let glued = false;
  let afterSlash = false;
  let afterDash = false;
  while (i < text.length && scan.tokens.length < MOST_TOKENS) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      const end = numberEnd(text, i);
      const next = text[end];
      const word = text.slice(i, Math.min(end, i + LONGEST_WORD));
      scan.tokens.push({
        word,
        kind: "number",
        value: Number(word.replaceAll(",", "")),
        start: i,
        end,
        sentence: scan.sentence,
        segment: scan.segment,
        glued,
        afterSlash,
        afterDash,
        sign: next === "%" ? "percent" : next === "°" ? "degree" : null,
      });
      i = end;
      glued = true;
      afterSlash = afterDash = false;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      i = takeEmoji(text, i, grammar, scan);
      glued = afterSlash = afterDash = false;
      continue;
    }
    if (isLetter(code)) {
      const end = wordEnd(text, i);
      takeWord(text, i, end, { glued, afterSlash, afterDash }, grammar, scan, spoken);
      i = end;
      glued = true;
      afterSlash = afterDash = false;
      continue;
    }
    const emoji = grammar.emoji.get(text[i] as string);
    if (emoji !== undefined) pushWords(scan, emoji, i, i + 1, false);
    const step = breakAt(text, i);
    if (step === "sentence") {
      scan.sentence++;
      scan.segment++;
    } else if (step === "segment") scan.segment++;
    afterSlash = text[i] === "/" && glued;
    afterDash = text[i] === "-" && glued;
    glued = afterSlash || afterDash;
    i++;
  }
  return scan.tokens;
}

/** Dictation that says its punctuation: then "period" and "comma" are marks, not words. */
function speaksPunctuation(text: string): boolean {
  return / comma | full stop| new line| question mark/.test(text);
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
  if (character === "\n" || character === "!" || character === "?" || character === ";") return "sentence";
  if (character === ".") return "sentence";
  if (character === "," || character === ":" || character === "(" || character === ")" || character === '"') return "segment";
  if (character === "-" && text[i - 1] === " ") return "segment";
  return null;
}

interface Joint {
  readonly glued: boolean;
  readonly afterSlash: boolean;
  readonly afterDash: boolean;
}

function takeWord(text: string, start: number, end: number, joint: Joint, grammar: Grammar, scan: Scan, spoken: boolean): void {
  const word = foldWord(text.slice(start, end));
  if (spoken && takeSpokenMark(word, scan)) return;
  const raw = end - start === word.length && scan.tokens.length > 0 && OPENING.test(text.slice(end, end + OPENING_LENGTH));
  const written = (raw ? grammar.shortFormsInside.get(word) : undefined) ?? grammar.shortForms.get(word);
  if (written !== undefined) {
    pushWords(scan, written, start, end, joint.glued);
    return;
  }
  scan.tokens.push({
    word,
    kind: "word",
    value: null,
    start,
    end,
    sentence: scan.sentence,
    segment: scan.segment,
    ...joint,
    sign: null,
  });
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

function takeSpokenMark(word: string, scan: Scan): boolean {
  const last = scan.tokens.at(-1);
  if (word === "comma") {
    scan.segment++;
    return true;
  }
  const twoWords =
    (word === "stop" && last?.word === "full") ||
    (word === "line" && last?.word === "new") ||
    (word === "mark" && (last?.word === "question" || last?.word === "exclamation"));
  if (twoWords) scan.tokens.pop();
  if (twoWords || word === "period") {
    scan.sentence++;
    scan.segment++;
    return true;
  }
  return false;
}

function pushWords(scan: Scan, words: readonly string[], start: number, end: number, glued: boolean): void {
  for (const word of words) {
    scan.tokens.push({
      word,
      kind: "word",
      value: null,
      start,
      end,
      sentence: scan.sentence,
      segment: scan.segment,
      glued,
      afterSlash: false,
      afterDash: false,
      sign: null,
    });
  }
}

function takeEmoji(text: string, i: number, grammar: Grammar, scan: Scan): number {
  const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
  const words = grammar.emoji.get(character);
  if (words !== undefined) pushWords(scan, words, i, i + character.length, false);
  return i + character.length;
}

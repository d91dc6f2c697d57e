import { countsAsPresent, type PainWord } from "../care/labels.ts";
import type { Match } from "./phrases.ts";
import type { MessageCues } from "./polarity.ts";
import { presentScore, readScores } from "./score.ts";
import type { Token } from "./tokens.ts";

/** How bad the pain is, as told. */
export interface Pain {
  /** 0 to 10, the present one of a change and the higher of a range; null when no score was told. */
  readonly value: number | null;
  readonly word: PainWord | null;
  /** Bad in words that only a number can settle: "really bad", "killing me". */
  readonly needsNumber: boolean;
  /** An earlier score of the same message: the 8 of "was 8, now 3". */
  readonly before: number | null;
  /** A score that the scale does not have: the 15 of "15 out of 10". */
  readonly offScale: number | null;
  readonly evidence: readonly [number, number] | null;
}

export const NO_PAIN_TOLD: Pain = {
  value: null,
  word: null,
  needsNumber: false,
  before: null,
  offScale: null,
  evidence: null,
};

/** From this score on pain is severe. */
export const SEVERE = 7;

/** A score is believed before a word. */
export function isSevere({ value, word }: Pick<Pain, "value" | "word">): boolean {
  return value === null ? word === "severe" : value >= SEVERE;
}

/**
 * The pain of a message. A bare number counts only when it answers a question about the pain (`asked`);
 * otherwise it must be put as a score ("8/10", "about a 6", "pain is 4").
 */
export function readPain(tokens: readonly Token[], words: readonly Match[], cues: MessageCues, asked: boolean): Pain {
  const scores = readScores(tokens, asked);
  const inWords = readWords(words, cues);
  if (scores.length === 0) return inWords;
  const now = presentScore(tokens, scores);
  const before = scores.find((score) => score !== now && score.tense === "before") ?? null;
  const onScale = now.value >= 0 && now.value <= 10;
  return {
    ...inWords,
    value: onScale ? now.value : null,
    word: onScale ? null : inWords.word,
    needsNumber: onScale ? false : inWords.needsNumber,
    before: before?.value ?? null,
    offScale: onScale ? null : now.value,
    evidence: [now.start, now.end],
  };
}

function readWords(words: readonly Match[], cues: MessageCues): Pain {
  const told = new Set<string>();
  let evidence: [number, number] | null = null;
  for (const match of words) {
    if (!countsAsPresent(cues.polarityOf(match, false))) continue;
    told.add(match.concept);
    if (match.concept === "severe" || evidence === null) evidence = [match.start, match.end];
  }
  if (told.size === 0) return NO_PAIN_TOLD;
  const word: PainWord | null = told.has("severe")
    ? "severe"
    : told.has("moderate")
      ? "moderate"
      : told.has("mild")
        ? "mild"
        : null;
  return { ...NO_PAIN_TOLD, word, needsNumber: word === null && told.has("ask_number"), evidence };
}

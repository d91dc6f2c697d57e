import type { Token } from "./tokens.ts";

/** A script that English is not written in, with the languages people most likely mean by it. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, "Arabic"],
  [/\p{Script=Cyrillic}/u, "Russian or Ukrainian"],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "Japanese"],
  [/\p{Script=Hangul}/u, "Korean"],
  [/\p{Script=Han}/u, "Chinese"],
  [/\p{Script=Devanagari}/u, "Hindi"],
  [/\p{Script=Greek}/u, "Greek"],
  [/\p{Script=Hebrew}/u, "Hebrew"],
  [/\p{Script=Thai}/u, "Thai"],
  [/\p{Script=Bengali}/u, "Bengali"],
  [/\p{Script=Tamil}/u, "Tamil"],
];
const LOOKED_AT = 400;

/**
 * The language of a message that is not English, by its script or by its small words; null for English and
 * whenever it is not clear.
 * @param known English words
 */
export function otherLanguage(
  text: string,
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  languages: Readonly<Record<string, readonly string[]>>,
): string | null {
  const start = text.slice(0, LOOKED_AT);
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const latin = start.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin < letters / 2) {
    return SCRIPTS.find(([script]) => script.test(start))?.[1] ?? "another language";
  }
  const words = tokens
    .filter((token) => token.kind === "word")
    .slice(0, 60)
    .map((token) => token.word);
  if (words.length < 3) return null;
  const foreign = words.filter((word) => !known.has(word)).length;
  if (foreign < words.length * 0.3) return null;
  let best: string | null = null;
  let bestCount = 0;
  for (const [language, small] of Object.entries(languages)) {
    const count = words.filter((word) => small.includes(word)).length;
    if (count > bestCount) {
      best = language;
      bestCount = count;
    }
  }
  return bestCount >= 2 && bestCount >= words.length * 0.3 ? best : null;
}

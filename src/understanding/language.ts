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
const MOST_WORDS = 60;
/** So many of the words must be no English, and so many small words of the one language. */
const FOREIGN_SHARE = 0.3;
/** With a word that only this language has. */
const SURE_SHARE = 0.4;

/** Words by language: small ones, which tell together, and telling ones, which are enough alone. */
export interface LanguageWords {
  readonly languages: Readonly<Record<string, readonly string[]>>;
  readonly telling: Readonly<Record<string, readonly string[]>>;
}

/**
 * The language of a message that is not English, by its script or by its small words; null for English and
 * whenever it is not clear.
 * @param known English words
 */
export function otherLanguage(
  text: string,
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  languages: LanguageWords,
): string | null {
  const start = text.slice(0, LOOKED_AT);
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const latin = start.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin < letters / 2) {
    return SCRIPTS.find(([script]) => script.test(start))?.[1] ?? "another language";
  }
  // As they were typed: mending would make English words of them.
  const words = [
    ...new Map(tokens.filter(({ kind }) => kind === "word").map(({ start, end }) => [start, text.slice(start, end)])).values(),
  ]
    .slice(0, MOST_WORDS)
    .flatMap((word) => word.toLowerCase().replaceAll("'", " ").split(" "))
    .filter((word) => word !== "");
  let best: string | null = null;
  let bestCount = 0;
  for (const [language, small] of Object.entries(languages.languages)) {
    const telling = languages.telling[language] ?? [];
    const sure = words.filter((word) => telling.includes(word)).length;
    const count = words.filter((word) => telling.includes(word) || small.includes(word)).length;
    const foreign = words.filter((word) => telling.includes(word) || !known.has(word)).length;
    if (count <= bestCount || foreign < words.length * FOREIGN_SHARE) continue;
    const own = new Set(words.filter((word) => small.includes(word) && !known.has(word))).size;
    const enough =
      sure > 0 ? count >= words.length * SURE_SHARE : own >= 2 && words.length >= 3 && count >= words.length * FOREIGN_SHARE;
    if (!enough) continue;
    best = language;
    bestCount = count;
  }
  return best;
}

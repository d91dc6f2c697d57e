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
/** A letter that stands behind those of European languages. */
const BEYOND_LATIN = /[\u0370-\uffff]/;
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

export type ReadLanguage = (text: string, tokens: readonly Token[]) => string | null;

/**
 * Gives a function that tells the language of a message that is not English, by its script or by its small words; null for
 * English and whenever it is not clear.
 * @param known English words
 */
export function createLanguageReader({ languages, telling }: LanguageWords, known: ReadonlySet<string>): ReadLanguage {
  const all = Object.entries(languages).map(([name, small]) => ({
    name,
    small: new Set(small),
    telling: new Set(telling[name] ?? []),
  }));
  const anyTelling = new Set(all.flatMap((one) => [...one.telling]));

  return (text, tokens) => {
    const script = otherScript(text.slice(0, LOOKED_AT));
    if (script !== null) return script;
    const words = wordsAsTyped(text, tokens);
    const odd = words.filter((word) => !known.has(word) || anyTelling.has(word)).length;
    if (odd === 0 || odd < words.length * FOREIGN_SHARE) return null;
    let best: string | null = null;
    let bestCount = 0;
    for (const language of all) {
      const isTelling = (word: string) => language.telling.has(word);
      const sure = words.filter(isTelling).length;
      const count = words.filter((word) => isTelling(word) || language.small.has(word)).length;
      const foreign = words.filter((word) => isTelling(word) || !known.has(word)).length;
      if (count <= bestCount || foreign < words.length * FOREIGN_SHARE) continue;
      const own = new Set(words.filter((word) => language.small.has(word) && !known.has(word))).size;
      const enough =
        sure > 0 ? count >= words.length * SURE_SHARE : own >= 2 && words.length >= 3 && count >= words.length * FOREIGN_SHARE;
      if (!enough) continue;
      best = language.name;
      bestCount = count;
    }
    return best;
  };
}

function otherScript(start: string): string | null {
  if (!BEYOND_LATIN.test(start)) return null;
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const latin = start.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters === 0 || latin >= letters / 2) return null;
  return SCRIPTS.find(([script]) => script.test(start))?.[1] ?? "another language";
}

/** As they were typed: mending would make English words of them. */
function wordsAsTyped(text: string, tokens: readonly Token[]): string[] {
  const words: string[] = [];
  let last = -1;
  for (const { kind, start, end } of tokens) {
    // A short form that was written out is several tokens at one place.
    if (kind !== "word" || start === last) continue;
    last = start;
    for (const word of text.slice(start, end).toLowerCase().split(/[' ]/)) if (word !== "") words.push(word);
    if (words.length >= MOST_WORDS) break;
  }
  return words;
}

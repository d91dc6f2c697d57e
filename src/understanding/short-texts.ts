import type { Understand } from "./understand.ts";
import type { Understanding } from "./understanding.ts";

/** "Done", "better", "5", "my calf is cramping": what is said again and again is no longer than this. */
const LONGEST = 40;
/** Some 3 MB when every place is taken. */
const MOST = 1000;

/**
 * Understands short texts once: the same words always mean the same, and most turns of a walk-through are one of a few answers.
 * A text with a word that the lexicon does not have is not kept, for it may be a name.
 * @param lexicon every word of the lexicon
 */
export function rememberShortTexts(understand: Understand, lexicon: ReadonlySet<string>): Understand {
  // The one that was not used for longest comes first.
  const remembered = new Map<string, Understanding>();

  return (text, expecting = {}) => {
    if (text.length > LONGEST) return understand(text, expecting);
    const { severity = false, onset = false, country = false } = expecting;
    const key = `${severity ? 1 : 0}${onset ? 1 : 0}${country ? 1 : 0}${text}`;
    const known = remembered.get(key);
    if (known === undefined) {
      const understanding = understand(text, expecting);
      if (!namesNobody(text, understanding, lexicon)) return understanding;
      const [oldest] = remembered.keys();
      if (remembered.size >= MOST && oldest !== undefined) remembered.delete(oldest);
      remembered.set(key, understanding);
      return understanding;
    }
    remembered.delete(key);
    remembered.set(key, known);
    return known;
  };
}

/** Letters, a few marks, and one number of two digits at most: more may be a telephone number, a date or an address. */
const PLAIN = /^[a-z' .,!?]*(\d{1,2}[a-z' .,!?]*)?$/i;

/** A repaired word may have been a name. A name that is a word as well ("mark rose") cannot be told from one. */
function namesNobody(text: string, { words, repairs }: Understanding, lexicon: ReadonlySet<string>): boolean {
  return PLAIN.test(text) && repairs.length === 0 && words.split(" ").every((word) => lexicon.has(word) || /^\d*$/.test(word));
}

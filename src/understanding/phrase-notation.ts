/**
 * Phrases as a clinician writes them in the lexicon: words in their order. Words are compared by stem ("swelling" finds
 * "swells"); words that carry little ("my", "is", "really", "just") may stand between them without being named.
 *
 *   a/b        either word                     =fits      exactly this form
 *   (word)     may be there or not             (a/b c)    one of these, also of several words
 *   <limb>     any entry of the word group     ~          up to four other words
 *   #          any number, also in a choice    A & B      both in one sentence, near, in any order
 */
export type PhraseItem =
  | {
      readonly is: "words";
      readonly words: readonly PhraseWord[];
      readonly groups: readonly string[];
      /** Any number fits, too. */
      readonly number: boolean;
    }
  | { readonly is: "gap" };

export interface PhraseWord {
  readonly text: string;
  /** Only this form, not its stem. */
  readonly exact: boolean;
}

/**
 * Reads a phrase. Gives its parts (one, or several joined by "&"), and for each part its variants.
 * @throws Error that quotes the phrase
 */
export function parsePhrase(text: string): PhraseItem[][][] {
  return text.split(" & ").map((part) =>
    writeOut(part).map((variant) => {
      const items = variant
        .split(" ")
        .filter((word) => word !== "")
        .map((word) => parseItem(word, text));
      if (items.length === 0 || items[0]?.is === "gap" || items.at(-1)?.is === "gap") {
        throw new Error(`phrase "${text}": it may not be empty, nor begin or end with "~"`);
      }
      return items;
    }),
  );
}

function parseItem(part: string, phrase: string): PhraseItem {
  if (part === "~") return { is: "gap" };
  const words: PhraseWord[] = [];
  const groups: string[] = [];
  let number = false;
  for (const raw of part.split("/")) {
    if (raw.startsWith("<") && raw.endsWith(">")) {
      groups.push(raw.slice(1, -1));
      continue;
    }
    if (raw === "#") {
      number = true;
      continue;
    }
    const text = raw.replace("=", "").replaceAll("'", "").toLowerCase();
    if (text === "" || /[<>()~&#]/.test(text)) throw new Error(`phrase "${phrase}": "${raw}" is no word`);
    words.push({ text, exact: raw.startsWith("=") });
  }
  return { is: "words", words, groups, number };
}

/**
 * Writes out the brackets: "a (b) c" is "a b c" or "a c"; "a (b/c d) e" is "a b e" or "a c d e".
 * Single words of a choice stay together as "b/c", so that few variants arise.
 */
function writeOut(text: string): string[] {
  const open = text.indexOf("(");
  if (open < 0) return [text];
  const close = text.indexOf(")", open);
  if (close < 0) throw new Error(`phrase "${text}": "(" without ")"`);
  const inside = text.slice(open + 1, close).split("/");
  const single = inside.filter((option) => !option.includes(" "));
  const options = inside.filter((option) => option.includes(" "));
  if (single.length > 0) options.push(single.join("/"));
  if (inside.length === 1) options.push("");
  const before = text.slice(0, open);
  return writeOut(text.slice(close + 1)).flatMap((rest) => options.map((option) => `${before}${option}${rest}`));
}

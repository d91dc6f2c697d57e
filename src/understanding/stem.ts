import { createRequire } from "node:module";

interface Stemmer {
  stem(word: string): string;
}

// One file of natural: the package as a whole loads databases and prints to stdout (docs/decisions/05-svm-beside-natural.md).
const { stem: porterStem } = createRequire(import.meta.url)("natural/lib/natural/stemmers/porter_stemmer.js") as Stemmer;

/** Forms that the Porter rules leave apart though they are one word here. */
const SAME_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    calves: "calf",
    thighs: "thigh",
    feet: "foot",
    teeth: "tooth",
    swolen: "swollen",
    swelled: "swell",
    knees: "knee",
    toes: "toe",
    peeing: "pee",
    peed: "pee",
    pees: "pee",
    hammies: "hammy",
    use: "use",
    uses: "use",
    used: "use",
    using: "use",
    evenings: "evening",
    putts: "putt",
    lunges: "lunge",
    lunged: "lunge",
    lunging: "lunge",
  }),
);

/** Words that the Porter rules would make the same as another word: "one" and "on", "several" and "severe". */
const OWN_WORD = new Set([
  "one",
  "ate",
  "evening",
  "several",
  "news",
  "putt",
  "lunge",
  "range",
  "literally",
  "practically",
  "apartment",
  "paste",
  "general",
  "generally",
  "mineral",
  "minerals",
  "useful",
  "reside",
  "sed",
]);

const MOST_CACHED = 20_000;
const cache = new Map<string, string>();

/** The stem of a lower-case word: "cramping" and "cramps" are "cramp". */
export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const found = SAME_WORD.get(word) ?? (word.length < 3 || OWN_WORD.has(word) ? word : porterStem(word));
  if (cache.size < MOST_CACHED) cache.set(word, found);
  return found;
}

import { createRequire } from "node:module";
import type { Token } from "./tokens.ts";

type Distance = (source: string, target: string, options: { readonly restricted: boolean }) => number;

const { DamerauLevenshteinDistance: distance } = createRequire(import.meta.url)(
  "natural/lib/natural/distance/levenshtein_distance.js",
) as { DamerauLevenshteinDistance: Distance };

export interface Repair {
  readonly from: string;
  readonly to: string;
}

export interface TypoRepair {
  /** The tokens with unknown words mended where a word of the domain is near, and what was mended. */
  mend(tokens: readonly Token[]): { readonly tokens: readonly Token[]; readonly repairs: readonly Repair[] };
}

/** Words of this length or more may be two edits away; shorter ones one. */
const LONG_WORD = 7;
const SHORTEST = 3;
const LONGEST = 20;
const MOST_CACHED = 5_000;

/**
 * Mends typing errors towards the words of the domain (the lexicon and the training sentences). A word that any
 * dictionary knows is left alone. Candidates are found through the words with one letter left out (Garbe's symmetric
 * deletes), then ranked by edit distance, same first letter, and how common the word is here.
 *
 * @param known every word that is right as it stands
 * @param targets words that may be repaired to, with how common they are
 */
export function createTypoRepair(known: ReadonlySet<string>, targets: ReadonlyMap<string, number>): TypoRepair {
  const index = indexOf([...targets.keys()].filter(({ length }) => length >= SHORTEST && length <= LONGEST));
  const cache = new Map<string, readonly string[] | null>();

  const lookUp = (word: string): readonly string[] | null => {
    const cached = cache.get(word);
    if (cached !== undefined) return cached;
    const found = withG(word, known) ?? nearest(word, index, targets) ?? split(word, targets);
    if (cache.size < MOST_CACHED) cache.set(word, found);
    return found;
  };

  return {
    mend: (tokens) => {
      if (tokens.every((token) => !needsRepair(token, known))) return { tokens, repairs: [] };
      const mended: Token[] = [];
      const repairs: Repair[] = [];
      for (const token of tokens) {
        const words = needsRepair(token, known) ? lookUp(token.word) : null;
        if (words === null) mended.push(token);
        else {
          repairs.push({ from: token.word, to: words.join(" ") });
          for (const word of words) mended.push({ ...token, word });
        }
      }
      return { tokens: mended, repairs };
    },
  };
}

function needsRepair(token: Token, known: ReadonlySet<string>): boolean {
  return token.kind === "word" && token.word.length >= SHORTEST && token.word.length <= LONGEST && !known.has(token.word);
}

function deletions(word: string): Set<string> {
  const keys = new Set([word]);
  for (let i = 0; i < word.length; i++) keys.add(word.slice(0, i) + word.slice(i + 1));
  return keys;
}

/**
 * The words by what is left of them without one letter. One number for each such rest, its hash before the word's place, in
 * order: a tenth of the memory of a map of texts, and quick to build.
 */
interface DeletionIndex {
  readonly words: readonly string[];
  readonly entries: Float64Array;
}

/** A hash of 32 bits and a place below this together are a whole number that a double holds. */
const PLACES = 2 ** 20;

function indexOf(words: readonly string[]): DeletionIndex {
  const entries: number[] = [];
  words.forEach((word, place) => {
    for (let without = -1; without < word.length; without++) entries.push(hashOf(word, without) * PLACES + place);
  });
  return { words, entries: Float64Array.from(entries).sort() };
}

/** The words that are this rest, or have it without one letter. */
function* withDeletion({ words, entries }: DeletionIndex, rest: string): Generator<string> {
  const first = hashOf(rest) * PLACES;
  let at = 0;
  for (let end = entries.length; at < end; ) {
    const middle = (at + end) >>> 1;
    if ((entries[middle] as number) < first) at = middle + 1;
    else end = middle;
  }
  for (; at < entries.length && (entries[at] as number) < first + PLACES; at++) {
    const word = words[(entries[at] as number) - first] as string;
    // Other texts may have the same hash.
    if (isDeletion(rest, word)) yield word;
  }
}

function isDeletion(rest: string, word: string): boolean {
  let at = 0;
  while (at < rest.length && rest[at] === word[at]) at++;
  return rest === word || rest.slice(at) === word.slice(at + 1);
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, of a text without one of its letters. */
function hashOf(text: string, without = -1): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    if (at !== without) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function nearest(word: string, index: DeletionIndex, targets: ReadonlyMap<string, number>): readonly string[] | null {
  const candidates = new Set<string>();
  for (const key of deletions(word)) for (const target of withDeletion(index, key)) candidates.add(target);
  const most = word.length >= LONG_WORD ? 2 : 1;
  let best: string | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const edits = distance(word, candidate, { restricted: true });
    if (edits > most || edits >= candidate.length - 1) continue;
    const common = Math.log(1 + (targets.get(candidate) ?? 0));
    const rank = edits * 10 + (candidate[0] === word[0] ? 0 : 4) + Math.abs(candidate.length - word.length) - common;
    if (rank < bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best === null ? null : [best];
}

/** "sweepin", "testin": spoken without the g. */
function withG(word: string, known: ReadonlySet<string>): readonly string[] | null {
  const whole = `${word}g`;
  return word.endsWith("in") && word.length > SHORTEST + 1 && known.has(whole) ? [whole] : null;
}

/** Two words typed as one: "upperback", "canyou". */
function split(word: string, targets: ReadonlyMap<string, number>): readonly string[] | null {
  let best: readonly string[] | null = null;
  let bestCommon = 0;
  for (let at = 2; at <= word.length - 2; at++) {
    const left = word.slice(0, at);
    const right = word.slice(at);
    const common = Math.min(targets.get(left) ?? 0, targets.get(right) ?? 0);
    if (common > bestCommon && left.length + right.length >= 6) {
      best = [left, right];
      bestCommon = common;
    }
  }
  return bestCommon >= 3 ? best : null;
}

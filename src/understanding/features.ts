/**
 * What the classifiers see of a message: stems, pairs of stems that stand together or one apart, pieces of words (3 to 5
 * letters with their edges), and marks such as the findings of the lexicon.
 */
export interface FeatureInput {
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** Names that are no words of the message: "limb-cold", "limb-cold:no". */
  readonly marks: readonly string[];
}

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
const LONGEST_WORD = 16;
/** 2^18 buckets for some 50,000 features: few share one. */
const BUCKETS = 1 << 18;
const MOST_CACHED_WORDS = 20_000;

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const KIND = { word: 1, pair: 2, piece: 3, mark: 4, apart: 5 } as const;

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

function hashText(hash: number, text: string): number {
  let sum = hash;
  for (let i = 0; i < text.length; i++) sum = step(sum, text.charCodeAt(i));
  return sum;
}

function bucket(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}

const piecesOfWord = new Map<string, Int32Array>();

/** The buckets of the pieces of a word: "calf" has "^ca", "cal", …, "alf$". */
function pieces(word: string): Int32Array {
  const known = piecesOfWord.get(word);
  if (known !== undefined) return known;
  const framed = `^${word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word}$`;
  const found: number[] = [];
  for (let from = 0; from + SHORTEST_PIECE <= framed.length; from++) {
    let hash = step(FNV_START, KIND.piece);
    for (let size = 1; size <= LONGEST_PIECE && from + size <= framed.length; size++) {
      hash = step(hash, framed.charCodeAt(from + size - 1));
      if (size >= SHORTEST_PIECE) found.push(bucket(step(hash, size)));
    }
  }
  const buckets = Int32Array.from(found);
  if (piecesOfWord.size < MOST_CACHED_WORDS) piecesOfWord.set(word, buckets);
  return buckets;
}

/**
 * The features of a message, with repetitions. A feature is a number: a hash of its kind and letters (Weinberger et al.
 * 2009), so that no text is built, looked up or kept for it.
 */
export type Features = readonly number[];

export function featuresOf(input: FeatureInput): Features {
  const found: number[] = [];
  const wordStart = step(FNV_START, KIND.word);
  const pairStart = step(FNV_START, KIND.pair);
  const apartStart = step(FNV_START, KIND.apart);
  const markStart = step(FNV_START, KIND.mark);
  let previous = hashText(pairStart, "^");
  for (let at = 0; at < input.stems.length; at++) {
    const stem = input.stems[at] as string;
    found.push(bucket(hashText(wordStart, stem)), bucket(hashText(step(previous, 32), stem)));
    if (at >= 2) found.push(bucket(hashText(step(hashText(apartStart, input.stems[at - 2] as string), 32), stem)));
    previous = hashText(pairStart, stem);
  }
  found.push(bucket(hashText(step(previous, 32), "$")));
  for (let at = 0; at < input.words.length; at++) {
    const own = pieces(input.words[at] as string);
    for (let i = 0; i < own.length; i++) found.push(own[i] as number);
  }
  for (const mark of input.marks) found.push(bucket(hashText(markStart, mark)));
  return found;
}

/** A sparse vector of unit length. */
export interface Vector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/**
 * The features that a trained model knows, with the weight of each: the logarithm of how rare it is (TF-IDF,
 * Spärck Jones 1972).
 */
export class FeatureSpace {
  /** Bucket → feature, or -1. */
  private readonly featureOf: Int32Array;
  private readonly rarity: Float32Array;
  private readonly counts: Uint16Array;

  constructor(featureOf: Int32Array, rarity: Float32Array) {
    this.featureOf = featureOf;
    this.rarity = rarity;
    this.counts = new Uint16Array(rarity.length);
  }

  /** @param least features of fewer documents than this are left out */
  static learn(documents: readonly Features[], least: number): FeatureSpace {
    const seenIn = new Uint32Array(BUCKETS);
    const lastDocument = new Int32Array(BUCKETS).fill(-1);
    documents.forEach((document, number) => {
      for (const found of document) {
        if (lastDocument[found] === number) continue;
        lastDocument[found] = number;
        seenIn[found] = (seenIn[found] as number) + 1;
      }
    });
    const featureOf = new Int32Array(BUCKETS).fill(-1);
    const rarity: number[] = [];
    for (let found = 0; found < BUCKETS; found++) {
      const count = seenIn[found] as number;
      if (count < least) continue;
      featureOf[found] = rarity.length;
      rarity.push(Math.log((1 + documents.length) / (1 + count)) + 1);
    }
    return new FeatureSpace(featureOf, Float32Array.from(rarity));
  }

  get size(): number {
    return this.rarity.length;
  }

  save(): { featureOf: Int32Array; rarity: Float32Array } {
    return { featureOf: this.featureOf, rarity: this.rarity };
  }

  /** The vector of a message. Features that training never saw are passed over. */
  vectorOf(features: Features): Vector {
    const { counts } = this;
    const used: number[] = [];
    for (let i = 0; i < features.length; i++) {
      const feature = this.featureOf[features[i] as number] as number;
      if (feature < 0) continue;
      const count = counts[feature] as number;
      if (count === 0) used.push(feature);
      counts[feature] = count + 1;
    }
    const indices = Int32Array.from(used);
    const values = new Float32Array(used.length);
    let squared = 0;
    for (let i = 0; i < used.length; i++) {
      const feature = used[i] as number;
      const count = counts[feature] as number;
      counts[feature] = 0;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * (this.rarity[feature] as number);
      values[i] = value;
      squared += value * value;
    }
    const length = Math.sqrt(squared) || 1;
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / length;
    return { indices, values };
  }
}

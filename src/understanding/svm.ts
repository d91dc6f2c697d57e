import type { Vector } from "./features.ts";

/**
 * A linear support vector machine, one against the rest, with squared hinge loss, trained by dual coordinate descent
 * (Hsieh et al., ICML 2008, algorithm 1). Deterministic: the order of examples comes from a fixed generator.
 */
export interface LinearModel {
  readonly classes: readonly string[];
  /** One row of weights a feature, one column a class: a feature's row is read in one go. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface TrainingOptions {
  /** Cost of an error; larger fits the examples closer. */
  readonly cost?: number;
  readonly rounds?: number;
}

/** A margin beyond this lets an example rest. */
const SAFE = 0.2;
/** After this round everything is looked at again. */
const LOOK_AGAIN = 4;

/**
 * @param labels the class of each vector; same length as `vectors`
 * @param features how many features there are
 */
export function trainLinear(
  vectors: readonly Vector[],
  labels: readonly string[],
  features: number,
  { cost = 1, rounds = 12 }: TrainingOptions = {},
): LinearModel {
  const classes = [...new Set(labels)].sort();
  const weights = new Float32Array(features * classes.length);
  const bias = new Float32Array(classes.length);
  const row = new Float32Array(features + 1);
  for (let c = 0; c < classes.length; c++) {
    row.fill(0);
    const positive = labels.map((label) => label === classes[c]);
    descend(vectors, positive, row, cost, rounds);
    for (let f = 0; f < features; f++) weights[f * classes.length + c] = row[f] as number;
    bias[c] = row[features] as number;
  }
  return { classes, weights, bias };
}

/**
 * One class against the rest. Examples that lie safely on their side are set aside (LIBLINEAR's shrinking) until the
 * others have settled; then all are looked at once more.
 */
function descend(
  vectors: readonly Vector[],
  positive: readonly boolean[],
  weights: Float32Array,
  cost: number,
  rounds: number,
): void {
  const last = weights.length - 1;
  const alpha = new Float32Array(vectors.length);
  const diagonal = 1 / (2 * cost);
  const order = Int32Array.from(vectors.keys());
  const random = generator(20_260_101);
  let active = order.length;
  for (let round = 0; round < rounds; round++) {
    shuffle(order, active, random);
    for (let k = 0; k < active; k++) {
      const i = order[k] as number;
      const { indices, values } = vectors[i] as Vector;
      const sign = positive[i] ? 1 : -1;
      let score = weights[last] as number;
      for (let j = 0; j < indices.length; j++) score += (weights[indices[j] as number] as number) * (values[j] as number);
      const before = alpha[i] as number;
      const gradient = sign * score - 1 + diagonal * before;
      if (before === 0 && gradient > SAFE) {
        active--;
        order[k] = order[active] as number;
        order[active] = i;
        k--;
        continue;
      }
      // Vectors have unit length; the bias adds one.
      const after = Math.max(before - gradient / (2 + diagonal), 0);
      if (after === before) continue;
      const change = (after - before) * sign;
      alpha[i] = after;
      for (let j = 0; j < indices.length; j++) {
        const at = indices[j] as number;
        weights[at] = (weights[at] as number) + change * (values[j] as number);
      }
      weights[last] = (weights[last] as number) + change;
    }
    if (round === LOOK_AGAIN) active = order.length;
  }
}

function shuffle(order: Int32Array, length: number, random: () => number): void {
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
}

/** Mulberry32 (public domain, Tommy Ettinger): small, fast, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

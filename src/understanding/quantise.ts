import type { Vector } from "./features.ts";
import type { LinearModel } from "./svm.ts";

/** A model as it is kept: weights in eight bits with one scale a class. A quarter of the size; the answers stay the same. */
export interface SmallModel {
  readonly classes: readonly string[];
  readonly weights: Int8Array;
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

export function quantise(model: LinearModel): SmallModel {
  const count = model.classes.length;
  const scale = new Float32Array(count);
  for (let from = 0; from < model.weights.length; from += count) {
    for (let c = 0; c < count; c++) {
      scale[c] = Math.max(scale[c] as number, Math.abs(model.weights[from + c] as number));
    }
  }
  for (let c = 0; c < count; c++) scale[c] = (scale[c] as number) / 127 || 1;
  const weights = new Int8Array(model.weights.length);
  for (let from = 0; from < weights.length; from += count) {
    for (let c = 0; c < count; c++) {
      weights[from + c] = Math.round((model.weights[from + c] as number) / (scale[c] as number));
    }
  }
  return { classes: model.classes, weights, scale, bias: model.bias };
}

/** The score of each class for a vector; above 0 the class accepts it. */
export function scoreAll({ classes, weights, scale, bias }: SmallModel, { indices, values }: Vector): Float32Array {
  const count = classes.length;
  const sums = new Float32Array(count);
  for (let j = 0; j < indices.length; j++) {
    const from = (indices[j] as number) * count;
    const value = values[j] as number;
    for (let c = 0; c < count; c++) sums[c] = (sums[c] as number) + value * (weights[from + c] as number);
  }
  for (let c = 0; c < count; c++) sums[c] = (sums[c] as number) * (scale[c] as number) + (bias[c] as number);
  return sums;
}

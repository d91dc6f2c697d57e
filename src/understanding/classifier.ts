import { FeatureSpace, type Features } from "./features.ts";
import { quantise, type SmallModel, scoreAll } from "./quantise.ts";
import { type TrainingOptions, trainLinear } from "./svm.ts";

/** A trained linear classifier: the features it knows and the weights of each class. */
export interface Classifier {
  readonly space: FeatureSpace;
  readonly model: SmallModel;
}

export interface ClassifierOptions extends TrainingOptions {
  /** A feature must stand in this many examples. */
  readonly least: number;
}

export function trainClassifier(
  examples: readonly { readonly features: Features; readonly label: string }[],
  { least, ...options }: ClassifierOptions,
): Classifier {
  const space = FeatureSpace.learn(
    examples.map(({ features }) => features),
    least,
  );
  const vectors = examples.map(({ features }) => space.vectorOf(features));
  const labels = examples.map(({ label }) => label);
  return { space, model: quantise(trainLinear(vectors, labels, space.size, options)) };
}

export interface Ranked {
  readonly label: string;
  readonly confidence: number;
}

/**
 * The likeliest classes, the best first, each with a probability (softmax with a temperature).
 * @param most how many; at least 1
 */
export function rank({ space, model }: Classifier, features: Features, temperature: number, most: number): Ranked[] {
  const scores = scoreAll(model, space.vectorOf(features));
  const best = topOf(scores, most);
  const top = scores[best[0] as number] as number;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += Math.exp(((scores[c] as number) - top) / temperature);
  return best.map((at) => ({
    label: model.classes[at] as string,
    confidence: Math.exp(((scores[at] as number) - top) / temperature) / sum,
  }));
}

/** The places of the highest scores, the highest first; of equals the earlier. */
function topOf(scores: Float32Array, most: number): number[] {
  const top: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] as number;
    if (top.length === most && score <= (scores[top[most - 1] as number] as number)) continue;
    let place = top.length === most ? most - 1 : top.length;
    while (place > 0 && score > (scores[top[place - 1] as number] as number)) {
      top[place] = top[place - 1] as number;
      place--;
    }
    top[place] = at;
  }
  return top;
}

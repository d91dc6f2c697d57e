import { type FeatureInput, FeatureSpace } from "./features.ts";
import { quantise, type SmallModel } from "./quantise.ts";
import { type TrainingOptions, trainLinear } from "./svm.ts";

/** A trained linear classifier: the features it knows and the weights of each class. */
export interface Classifier {
  readonly space: FeatureSpace;
  readonly model: SmallModel;
}

/** A feature must stand in this many examples. */
const LEAST_DOCUMENTS = 2;

export function trainClassifier(
  examples: readonly { readonly input: FeatureInput; readonly label: string }[],
  options: TrainingOptions,
): Classifier {
  const space = FeatureSpace.learn(
    examples.map(({ input }) => input),
    LEAST_DOCUMENTS,
  );
  const vectors = examples.map(({ input }) => space.vectorOf(input));
  const labels = examples.map(({ label }) => label);
  return { space, model: quantise(trainLinear(vectors, labels, space.size, options)) };
}

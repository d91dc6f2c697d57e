import { createRequire } from "node:module";

const BayesClassifier = createRequire(import.meta.url)("natural/lib/natural/classifiers/bayes_classifier.js") as new () => {
  classifier: Counts;
};

/**
 * The counts inside natural's classifier. Its own typings do not show them, and importing them would drag the sources of
 * the whole package into the type check.
 */
interface Counts {
  classFeatures: Record<string, Record<number, number>>;
  classTotals: Record<string, number>;
  totalExamples: number;
  addExample(observation: Record<number, number>, label: string): void;
  getClassifications(observation: Record<number, number>): readonly { label: string; value: number }[];
}

/**
 * natural's naive Bayes as a second opinion on the intent. Observations are sparse (the classifier below accepts a map of
 * feature numbers), which makes it twenty times faster than the dense vectors that `addDocument` builds, with the same result.
 */
export class SecondOpinion {
  private readonly counts: Counts;
  private readonly numbers: Map<string, number>;

  private constructor(counts: Counts, numbers: Map<string, number>) {
    this.counts = counts;
    this.numbers = numbers;
  }

  static train(documents: readonly { readonly stems: readonly string[]; readonly label: string }[]): SecondOpinion {
    const natural = new BayesClassifier();
    const numbers = new Map<string, number>();
    for (const { stems, label } of documents) {
      for (const stem of stems) if (!numbers.has(stem)) numbers.set(stem, numbers.size);
      natural.classifier.addExample(observe(stems, numbers), label);
      // For a sparse observation natural leaves these two to the caller.
      natural.classifier.classTotals[label] = (natural.classifier.classTotals[label] ?? 0) + 1;
      natural.classifier.totalExamples++;
    }
    return new SecondOpinion(natural.classifier, numbers);
  }

  save(): unknown {
    const { classFeatures, classTotals, totalExamples } = this.counts;
    return { classFeatures, classTotals, totalExamples, numbers: [...this.numbers.keys()] };
  }

  static restore(saved: unknown): SecondOpinion {
    const { numbers, ...counts } = saved as Omit<Counts, "addExample" | "getClassifications"> & { numbers: string[] };
    const natural = new BayesClassifier();
    Object.assign(natural.classifier, counts);
    return new SecondOpinion(natural.classifier, new Map(numbers.map((name, id) => [name, id])));
  }

  /** The label that Bayes thinks likeliest; null when it knows none of the words. */
  best(stems: readonly string[]): string | null {
    const observation = observe(stems, this.numbers);
    if (Object.keys(observation).length === 0) return null;
    return this.counts.getClassifications(observation)[0]?.label ?? null;
  }
}

function observe(stems: readonly string[], numbers: ReadonlyMap<string, number>): Record<number, number> {
  const observation: Record<number, number> = {};
  let at = 0;
  for (const stem of new Set(stems)) {
    const number = numbers.get(stem);
    if (number !== undefined) observation[at++] = number;
  }
  return observation;
}

import type { Disposition } from "../src/care/labels.ts";
import type { EntityScore } from "./entities.ts";
import type { IntentScores } from "./intents.ts";
import type { TriageScores } from "./triage.ts";

interface Scores {
  readonly intents: IntentScores;
  readonly entities: readonly EntityScore[];
  readonly triage: TriageScores;
}

export interface Gate {
  readonly name: string;
  readonly passes: (scores: Scores) => boolean;
}

const entity = (name: string, least: number): Gate => ({
  name: `${name} right in ${least * 100}% or more`,
  passes: ({ entities }) => {
    const score = entities.find((one) => one.name === name);
    return score === undefined || score.right / score.all >= least;
  },
});

const reached = (disposition: Disposition, least: number): Gate => ({
  name: `${disposition}: ${least * 100}% or more sent to their level or asked about`,
  passes: ({ triage }) =>
    triage.rows.every((row) => row.disposition !== disposition || (row.sent + row.asked) / row.count >= least),
});

/**
 * What may not get worse, a little below what was measured when the gate was set; README.md gives the goals beside the
 * figures.
 */
export const GATES: readonly Gate[] = [
  { name: "intent accuracy 92% or more", passes: ({ intents }) => intents.accuracy >= 0.92 },
  { name: "macro-F1 0.92 or more", passes: ({ intents }) => intents.macroF1 >= 0.92 },
  { name: "accuracy with typos 89% or more", passes: ({ intents }) => intents.withTypos >= 0.89 },
  { name: "near misses accepted: at most 7%", passes: ({ intents }) => intents.acceptedOutOfScope <= 0.07 },
  { name: "good messages rejected: at most 5%", passes: ({ intents }) => intents.rejectedGood <= 0.05 },
  entity("area", 0.96),
  entity("severity", 0.975),
  entity("duration", 0.93),
  reached("emergency-now", 0.98),
  reached("urgent-same-day", 0.97),
  {
    name: "ordinary messages above their level: at most 8%",
    passes: ({ triage }) => triage.rows.every((row) => row.disposition !== "self-care" || row.above / row.count <= 0.08),
  },
];

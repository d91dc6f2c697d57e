import type { Understanding } from "../../src/understanding/understanding.ts";
import { isDone, markDone, type Step } from "../flow.ts";

/**
 * The muscle, the gut or the womb, as the words tell it.
 * @param asked it was the question: then "tummy" says that it is inside
 */
export function bellyKindOf({ findings }: Understanding, asked: boolean): "muscle" | "gut" | "period" | null {
  const told = (finding: string) => findings.get(finding) === "present";
  if (told("cramp-abs") || told("belly-muscle")) return "muscle";
  if (told("period-any")) return "period";
  return told("belly-inside") || (asked && told("belly-word")) ? "gut" : null;
}

/** Muscle or gut? Asked once the card is clean: the gut and the womb are never stretched. */
export const bellyKind: Step = {
  name: "clarify",
  needed: (_turn, episode) =>
    episode.area === "abdomen-gut" &&
    !isDone(episode, "belly-kind") &&
    !episode.findings.includes("gut-benign") &&
    !episode.findings.includes("period-any"),
  enter: (turn, episode) => {
    markDone(episode, "belly-kind");
    const choices = turn.choices("muscle", "gut", "period");
    turn.askMessage("ask-belly-kind", { id: "belly-kind", ask: "choose", choices });
  },
};

import { isDone, markDone, type Step } from "../flow.ts";

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

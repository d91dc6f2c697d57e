import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import { allows, inHeat } from "./progress.ts";

/** Something to drink; those on limits keep to them. */
export const fluids: Step = {
  name: "fluids",
  needed: (turn, episode) =>
    !isDone(episode, "fluids") && allows(turn, episode, "fluids") && turn.area?.id !== "eyelid" && turn.area?.id !== "jaw",
  enter: (turn, episode) => {
    markDone(episode, "fluids");
    turn.sayMessage(isLimited(episode) ? "fluids-limited" : inHeat(episode) ? "fluids-heat" : "fluids");
  },
};

function isLimited(episode: Episode): boolean {
  return (
    episode.findings.includes("dialysis") || episode.findings.includes("heart-history") || episode.risks.includes("conditions")
  );
}

import { isDone, markDone, type Step } from "../flow.ts";
import { allows, hasEased } from "./progress.ts";

/** Rest in an easy position; no bed rest. */
export const rest: Step = {
  name: "rest",
  needed: (turn, episode) => !isDone(episode, "rest") && turn.area !== null && allows(turn, episode, "rest"),
  enter: (turn, episode) => {
    const { area } = turn;
    if (area === null) return;
    markDone(episode, "rest");
    if (episode.holds > 0 && hasEased(episode) && turn.replies.length === 0) turn.sayMessage("eased");
    turn.say(area.rest, { step: "rest", key: `rest:${area.id}`, sources: area.sources });
  },
};

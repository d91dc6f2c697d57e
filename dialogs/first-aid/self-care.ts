import { isDone, markDone, type Step } from "../flow.ts";
import { allows } from "./progress.ts";

/** Where there is no muscle to stretch (gut, eyelid) or something else helps besides: the area's own advice. */
export const selfCare: Step = {
  name: "rest",
  needed: (turn, episode) =>
    !isDone(episode, "self-care") &&
    (turn.area?.self_care?.length ?? 0) > 0 &&
    episode.card.state === "clean" &&
    allows(turn, episode, "rest"),
  enter: (turn, episode) => {
    const { area } = turn;
    markDone(episode, "self-care");
    for (const line of area?.self_care ?? []) {
      if (turn.full) break;
      turn.say(line, { step: "rest", key: `self-care:${area?.id}`, sources: area?.sources ?? [] });
    }
  },
};

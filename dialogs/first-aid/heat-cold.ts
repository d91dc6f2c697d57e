import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import { allows, inHeat } from "./progress.ts";

/** Warmth if it is tight, wrapped cold if it is sore; careful wording for those whose skin does not warn them. */
export const heatCold: Step = {
  name: "heat-cold",
  needed: (turn, episode) => !isDone(episode, "heat-cold") && turn.area?.muscle === true && allows(turn, episode, "heat"),
  enter: (turn, episode) => {
    markDone(episode, "heat-cold");
    turn.sayMessage(variant(episode));
  },
};

function variant(episode: Episode): string {
  const told = (finding: string) => episode.findings.includes(finding);
  if (inHeat(episode)) return "heat-cold-after-heat";
  if (told("diabetes") || told("limb-tingling") || (episode.facts.age ?? 0) >= 65 || episode.risks.includes("conditions"))
    return "heat-cold-careful";
  if (told("pregnant") || episode.risks.includes("pregnant")) return "heat-cold-pregnant";
  return episode.area === "jaw" ? "heat-cold-jaw" : "heat-cold";
}

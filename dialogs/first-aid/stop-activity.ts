import { areaName, COMMON_AREAS, PARTS } from "../areas.ts";
import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import { isActive, placeOf } from "../situation.ts";
import type { Turn } from "../turn.ts";
import { inHeat, mayRelieve } from "./progress.ts";

/** Stop and get somewhere safe; for a limb with its first relief, which the person does alone. */
export const stopActivity: Step = {
  name: "stop-activity",
  needed: (_turn, episode) => !isDone(episode, "stop-activity"),
  enter: (turn, episode) => {
    const active = isActive(turn, episode);
    markDone(episode, "stop-activity");
    // The severe-pain texts hold the stop and the relief already.
    if (turn.replies.some((reply) => reply.step === "escalate")) return;
    const stopped = isDone(episode, "stopped");
    markDone(episode, "stopped");
    if (episode.grip === "let-go" && turn.area !== null) turn.sayMessage("stop-gone");
    else if (active) sayStop(turn, episode, stopped);
  },
};

/** @param stopped the stop itself was said before the place was known */
function sayStop(turn: Turn, episode: Episode, stopped: boolean): void {
  const { area } = turn;
  const id =
    area === null
      ? "stop-where"
      : mayRelieve(turn, episode)
        ? reliefText(episode, stopped)
        : placeOf(turn, episode) === "limb"
          ? "stop-rest"
          : "stop-position";
  turn.sayMessage(id, { sources: area?.sources ?? turn.content.steps.sources });
}

function reliefText(episode: Episode, stopped: boolean): string {
  if (stopped) return "relief";
  return inHeat(episode) ? "stop-relief-heat" : "stop-relief";
}

/** Where is it? Asked only when nothing tells. */
export const askArea: Step = {
  name: "clarify",
  needed: (turn, episode) => turn.area === null && episode.vague !== "body",
  enter: (turn, episode) => {
    const { vague } = episode;
    const id = vague === "leg" ? "ask-leg-part" : vague === "arm" ? "ask-arm-part" : "ask-area";
    const areas = vague === "leg" || vague === "arm" ? PARTS[vague] : COMMON_AREAS;
    const choices = areas.map((area) => ({ value: area, label: capital(areaName(turn.content, area)) }));
    turn.askMessage(id, { id: "area", ask: "area", choices });
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

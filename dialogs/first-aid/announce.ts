import { areaName } from "../areas.ts";
import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step, unmark } from "../flow.ts";
import { returnedOf } from "../situation.ts";

/** Of several messages the advice goes first: an announcement that has no room waits for the next turn. */
const ROOM = 2;

/** The complaint that waited, and whose turn it is now. */
export const nowTheParked: Step = {
  name: "stop-activity",
  needed: (_turn, episode) => isDone(episode, "parked") && episode.area !== null,
  enter: (turn, episode) => {
    unmark(episode, "parked");
    turn.sayMessage("parked-now", { values: { area: areaName(turn.content, episode.area ?? "") } });
  },
};

/** Two places at once: one now, the other remembered. */
export const firstThisOne: Step = {
  name: "stop-activity",
  needed: (turn, episode) => episode.moreAreas.length === 1 && episode.area !== null && turn.replies.length < ROOM,
  enter: (turn, episode) => {
    const other = episode.moreAreas[0];
    episode.moreAreas = [];
    if (other === undefined || turn.conversation.parked.some((parked) => parked.area === other)) return;
    turn.conversation.parked.push({ area: other, side: null });
    turn.sayMessage("parked-later", { values: { other: areaName(turn.content, other) } });
  },
};

/** The same trouble again within a day is said, once. */
export const backAgain: Step = {
  name: "stop-activity",
  needed: (turn, episode) =>
    !isDone(episode, "returned") &&
    !isDone(episode, "stop-activity") &&
    turn.replies.length < ROOM &&
    !turn.escalated &&
    returnedOf(turn, episode) !== "no",
  enter: (turn, episode) => {
    markDone(episode, "returned");
    turn.sayMessage("same-again");
  },
};

/** Below this age somebody who writes alone is asked to fetch a grown-up. */
const YOUNG = 12;

function isYoung({ facts: { age }, findings }: Episode): boolean {
  return age === null ? findings.includes("young-writer") : age < YOUNG;
}

/** A young child writes: a grown-up first, to whom the rest is written. */
export const grownUp: Step = {
  name: "stop-activity",
  needed: (turn, episode) =>
    episode.patient.who === "self" && isYoung(episode) && !isDone(episode, "grown-up") && !turn.escalated,
  enter: (turn, episode) => {
    markDone(episode, "grown-up");
    const choices = [turn.choice("grown-up-is-here"), turn.choice("nobody-here")];
    turn.askMessage("fetch-grown-up", { id: "grown-up", ask: "confirm", choices });
  },
};

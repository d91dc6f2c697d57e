import { joined, wording } from "../../src/care/said.ts";
import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import type { Turn } from "../turn.ts";
import { sayNote } from "./note.ts";

/** Reasons for an appointment that waited until the cramp was over. */
export const reasonForVisit: Step = {
  name: "wrap-up",
  needed: (turn, episode) => !isDone(episode, "wrap-up") && waiting(turn, episode) !== null,
  enter: (turn, episode) => {
    const flag = waiting(turn, episode);
    if (flag === null || flag.first === undefined) return;
    episode.saidRows.push(saidKey(flag.id));
    const lead = turn.content.decisions.leads["see-clinician-soon"]?.["default"];
    const front = lead === undefined ? "" : wording(lead, turn.person);
    turn.say(joined(front, flag.first), {
      step: "wrap-up",
      key: `flag:${flag.id}`,
      sources: flag.sources,
    });
  },
};

function waiting(turn: Turn, episode: Episode) {
  const raised = episode.flags.find(
    ({ id, disposition }) => disposition === "see-clinician-soon" && !episode.saidRows.includes(saidKey(id)),
  );
  const flag = turn.content.flags.find(({ id }) => id === raised?.id);
  return flag?.first === undefined ? null : flag;
}

const saidKey = (id: string) => `flag:${id}:see-clinician-soon`;

/** One line for somebody of a special group, when no stretch came that it would have stood before. */
export const groupNote: Step = {
  name: "wrap-up",
  needed: (turn, episode) => !isDone(episode, "wrap-up") && !isDone(episode, "note") && !turn.full,
  enter: (turn, episode) => {
    markDone(episode, "note");
    sayNote(turn, episode, "wrap-up");
  },
};

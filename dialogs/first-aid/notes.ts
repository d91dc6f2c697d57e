import type { PopulationContent } from "../../src/care/content.ts";
import { joined, wording } from "../../src/care/said.ts";
import { belongsTo } from "../answer.ts";
import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import type { Turn } from "../turn.ts";

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

/** One line for somebody of a special group. */
export const groupNote: Step = {
  name: "wrap-up",
  needed: (turn, episode) => !isDone(episode, "wrap-up") && !isDone(episode, "note") && groupOf(turn, episode) !== undefined,
  enter: (turn, episode) => {
    markDone(episode, "note");
    const group = groupOf(turn, episode);
    if (group?.note === undefined) return;
    turn.say(group.note, { step: "wrap-up", key: `population:${group.id}`, sources: group.sources });
  },
};

function groupOf(turn: Turn, episode: Episode): PopulationContent | undefined {
  return turn.content.populations.find(
    ({ id, note, findings }) =>
      note !== undefined && (findings.some((finding) => episode.findings.includes(finding)) || belongsTo(id, episode)),
  );
}

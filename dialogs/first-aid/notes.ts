import type { FlagContent, PopulationContent } from "../../src/care/content.ts";
import { moreUrgent, type StepName } from "../../src/care/labels.ts";
import { joined, wording } from "../../src/care/said.ts";
import { belongsTo } from "../answer.ts";
import type { Episode } from "../conversation.ts";
import { isDone, type Step } from "../flow.ts";
import type { Turn } from "../turn.ts";

/** Reasons for an appointment that waited until the cramp was over. */
export const reasonForVisit: Step = {
  name: "wrap-up",
  needed: (turn, episode) => !isDone(episode, "wrap-up") && waiting(turn, episode) !== null,
  enter: (turn, episode) => sayReason(turn, episode),
};

/** The reason for an appointment that has not been said yet; nothing where there is none. From then on it is the advice. */
export function sayReason(turn: Turn, episode: Episode): void {
  const flag = waiting(turn, episode);
  if (flag?.first === undefined) return;
  episode.saidRows.push(saidKey(flag.id));
  episode.disposition = moreUrgent(episode.disposition, "see-clinician-soon");
  turn.say(joined(visitLead(turn), flag.first), { step: "wrap-up", key: `flag:${flag.id}`, sources: flag.sources });
}

/** "This is worth an appointment in the next days." */
export function visitLead(turn: Turn): string {
  const lead = turn.content.decisions.leads["see-clinician-soon"]?.["default"];
  return lead === undefined ? "" : wording(lead, turn.person);
}

function waiting(turn: Turn, episode: Episode): FlagContent | null {
  const raised = episode.flags.filter(
    ({ id, disposition }) => disposition === "see-clinician-soon" && !episode.saidRows.includes(saidKey(id)),
  );
  const flags = raised.flatMap((one) => turn.content.flags.find(({ id }) => id === one.id) ?? []);
  return flags.find(({ first }) => first !== undefined) ?? null;
}

const saidKey = (id: string) => `flag:${id}:see-clinician-soon`;

/** One line for somebody of a special group, when no stretch came that it would have stood before. */
export const groupNote: Step = {
  name: "wrap-up",
  needed: (turn, episode) => !isDone(episode, "wrap-up") && groupToNote(turn, episode) !== null,
  enter: (turn, episode) => {
    sayNote(turn, episode, "wrap-up");
  },
};

/** One line for somebody of a special group, once an episode and only where the turn has room for it. Says whether it was. */
export function sayNote(turn: Turn, episode: Episode, step: StepName): boolean {
  const group = groupToNote(turn, episode);
  if (group?.note === undefined) return false;
  episode.saidRows.push(noteKey(group));
  turn.say(group.note, { step, key: noteKey(group), sources: group.sources });
  return true;
}

function groupToNote(turn: Turn, episode: Episode): PopulationContent | null {
  const group = turn.content.populations.find(
    (one) =>
      one.note !== undefined &&
      !episode.saidRows.includes(noteKey(one)) &&
      (one.findings.some((finding) => episode.findings.includes(finding)) || belongsTo(one.id, episode)),
  );
  return group === undefined || turn.replies.length >= 2 ? null : group;
}

const noteKey = ({ id }: PopulationContent) => `population:${id}`;

import type { StepName } from "../../src/care/labels.ts";
import { belongsTo } from "../answer.ts";
import type { Episode } from "../conversation.ts";
import type { Turn } from "../turn.ts";

/** One line for somebody of a special group, once an episode and only where the turn has room for it. */
export function sayNote(turn: Turn, episode: Episode, step: StepName): void {
  const group = turn.content.populations.find(
    ({ id, note, findings }) =>
      note !== undefined &&
      !episode.saidRows.includes(`population:${id}`) &&
      (findings.some((finding) => episode.findings.includes(finding)) || belongsTo(id, episode)),
  );
  if (group?.note === undefined || turn.replies.length >= 2) return;
  const key = `population:${group.id}`;
  episode.saidRows.push(key);
  turn.say(group.note, { step, key, sources: group.sources });
}

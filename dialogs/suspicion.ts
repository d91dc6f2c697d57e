import type { Episode } from "./conversation.ts";
import { openLines } from "./first-aid/safety-check.ts";
import { plainQuestion } from "./plain-question.ts";
import { placeOf } from "./situation.ts";
import type { Turn } from "./turn.ts";

/** The second net heard something that no rule found: one question first. */
export function askSuspected(turn: Turn): boolean {
  const { episode, message } = turn;
  const flag = message?.understanding.suspected ?? null;
  if (
    episode === null ||
    flag === null ||
    message?.choice !== null ||
    episode.closedFlags.includes(flag) ||
    episode.flags.length > 0 ||
    turn.full ||
    cardAsks(turn, episode, flag)
  )
    return false;
  const content = turn.content.flags.find((one) => one.id === flag);
  const question = plainQuestion(turn, episode, flag);
  if (question === null || content === undefined || isElsewhere(turn, episode, content.areas)) return false;
  const choices = turn.choices("yes", "no", "unsure");
  // Hold every move until it is clear.
  turn.clearTimer("hold", "massage");
  turn.conversation.paused = null;
  if (episode.massage === "running") episode.massage = "none";
  turn.askMessage(
    "suspect",
    { id: `suspect:${flag}`, ask: "safety-check", choices },
    { values: { question }, sources: content.sources },
  );
  return true;
}

/** A sign of the trunk alone, while the cramp is in a limb: its card asks what matters there. */
function isElsewhere(turn: Turn, episode: Episode, areas: readonly string[]): boolean {
  if (placeOf(turn, episode) !== "limb" || areas.length === 0) return false;
  return areas.every((area) => turn.content.areas[area] !== undefined && turn.content.areas[area]?.severe !== "limb");
}

/** The card that comes next asks about that very sign. */
function cardAsks(turn: Turn, episode: Episode, flag: string): boolean {
  if (episode.card.state !== "open") return false;
  return openLines(turn, episode).some(
    (line) => line.flag === flag || line.which?.options.some((option) => option.flag === flag) === true,
  );
}

/** Nothing grips now and the reason for an appointment was said: ask whether it is happening at all. */
export function tellsStory(turn: Turn): boolean {
  const { episode } = turn;
  if (
    turn.full ||
    episode === null ||
    episode.done.length > 0 ||
    episode.disposition !== "see-clinician-soon" ||
    episode.row !== "flag-soon"
  )
    return false;
  const choices = turn.choices("yes", "no");
  episode.done.push("story");
  turn.askMessage("active-now", { id: "active-now", ask: "confirm", choices });
  return true;
}

import { isMoreUrgent } from "../src/care/labels.ts";
import { addFlag } from "./absorb.ts";
import type { Episode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import { grownUp } from "./first-aid/announce.ts";
import { openLines } from "./first-aid/safety-check.ts";
import { stopActivity } from "./first-aid/stop-activity.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { dispositionOf } from "./pending-safety.ts";
import { plainQuestion } from "./plain-question.ts";
import { painBand, placeOf, TEN_MINUTES } from "./situation.ts";
import type { Turn } from "./turn.ts";

const WIDESPREAD = "widespread-cramps";

/** The second net heard something that no rule found: one question first. */
export function askSuspected(turn: Turn): boolean {
  const { episode, message } = turn;
  const flag = message?.understanding.suspected ?? null;
  if (
    episode === null ||
    flag === null ||
    message?.choice !== null ||
    episode.closedFlags.includes(flag) ||
    turn.full ||
    // A grown-up reads that question.
    grownUp.needed(turn, episode) ||
    isKnown(turn, episode, flag) ||
    cardAsks(turn, episode, flag)
  )
    return false;
  if (flag === WIDESPREAD && episode.moreAreas.length >= 2) {
    // Three places were named: nothing is left to ask.
    addFlag(turn, episode, flag, dispositionOf(turn, flag), "rule");
    applyDecision(turn, episode);
    return turn.halted;
  }
  const content = turn.content.flags.find((one) => one.id === flag);
  if (content === undefined || isElsewhere(turn, episode, content.areas)) return false;
  if (episode.flags.some(({ disposition }) => !isMoreUrgent(content.disposition, disposition))) return false;
  const question = plainQuestion(turn, episode, flag);
  if (question === null) return false;
  const choices = turn.choices("yes", "no", "unsure");
  // Who has only just told of it first stops, with the relief of that place where nothing speaks against it.
  if (!turn.escalated && stopActivity.needed(turn, episode)) stopActivity.enter(turn, episode);
  // Then every other move waits until it is clear.
  turn.clearTimer("hold", "massage");
  turn.conversation.paused = null;
  if (episode.massage === "running") episode.massage = "none";
  turn.askMessage(
    turn.escalated ? "suspect-more" : "suspect",
    { id: `suspect:${flag}`, ask: "safety-check", choices },
    { values: { question }, sources: content.sources },
  );
  return true;
}

/** How long and how bad it is was told: nothing is left to suspect of that. */
function isKnown(turn: Turn, episode: Episode, flag: string): boolean {
  // "It is still killing me" asks for the number, which tells more than a yes; how long it grips is asked after it.
  const asksNumber = turn.message?.understanding.pain.needsNumber === true;
  if (flag === "cramp-over-10-min")
    return asksNumber || (episode.startedAt !== null && turn.now - episode.startedAt < TEN_MINUTES);
  return flag === "severe-pain-unrelieved" && (painBand(episode) !== "unknown" || asksNumber);
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

/** Rows that speak of what was, rather than of a cramp now. */
const STORIES = new Set(["flag-soon", "sv10", "sv13"]);

/** Nothing grips: the advice was given, and that was it. */
export function endStory(turn: Turn, episode: Episode): void {
  episode.grip = "let-go";
  finishEpisode(turn, episode);
  turn.sayMessage("anything-else");
}

/** Nothing grips now and the reason for an appointment was said: ask whether it is happening at all. */
export function tellsStory(turn: Turn): boolean {
  const { episode } = turn;
  if (
    turn.full ||
    episode === null ||
    episode.done.length > 0 ||
    episode.disposition !== "see-clinician-soon" ||
    !STORIES.has(episode.row ?? "")
  )
    return false;
  episode.done.push("story");
  if (turn.message?.understanding.findings.has("not-now") === true) {
    endStory(turn, episode);
    return true;
  }
  const choices = turn.choices("yes", "no");
  turn.askMessage("active-now", { id: "active-now", ask: "confirm", choices });
  return true;
}

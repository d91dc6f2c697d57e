import { areaName, areaOf, isPartOf } from "./areas.ts";
import type { Episode } from "./conversation.ts";
import { newEpisode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { markAssessed } from "./first-aid/recheck.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { unmark } from "./flow.ts";
import type { Turn } from "./turn.ts";

/** "No, my thigh": a longer sentence with a "no" may be about anything. */
const SHORT = 5;

/** "No, I meant my thigh", "the left one": the slot changes, and what depends on it comes back. */
export function handleCorrection(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { understanding } = message;
  if (episode === null || message.choice !== null) return false;
  const corrects = understanding.intent === "correct" && understanding.confidence >= 0.4;
  const area = understanding.area === null ? null : areaOf(understanding.area, understanding);
  const other = area !== null && area !== episode.area && !isPartOf(area, episode.area ?? "");
  const noOther = understanding.yesNo === "no" && other && understanding.length <= SHORT;
  const denied = understanding.deniedAreas.some((label) => areaOf(label, understanding) === episode.area);
  if (!corrects && !denied && !noOther) return false;
  const changes: string[] = [];
  if (area !== null) {
    if (area !== episode.area && episode.done.length > 0) changeArea(turn, episode, area);
    changes.push(areaName(turn.content, area));
  }
  if (understanding.side !== null) {
    episode.side = understanding.side;
    changes.push(understanding.side);
  }
  if (understanding.pain.value !== null) changes.push(`${understanding.pain.value} out of 10`);
  if (understanding.duration !== null) {
    episode.startedAt = turn.now - understanding.duration.minutes * 60_000;
    changes.push(turn.label(understanding.duration.minutes >= 10 ? "over-10" : "under-10").toLowerCase());
  }
  if (changes.length === 0) return false;
  turn.sayMessage("corrected", { values: { what: changes.reverse().join(" ") } });
  // A number or a time may be the answer that was asked for; otherwise the open question still stands.
  const { question } = turn.conversation;
  const answers =
    (question?.id === "severity" && understanding.pain.value !== null) ||
    (question?.id === "onset" && understanding.duration !== null);
  if (answers || (area !== null && changes.includes(areaName(turn.content, area)))) turn.conversation.question = null;
  if (answers) markAssessed(episode);
  return reopen(turn);
}

function reopen(turn: Turn): boolean {
  if (turn.conversation.question === null) return true;
  turn.conversation.question = null;
  const { episode } = turn;
  if (episode?.massage === "running") episode.massage = "none";
  if (episode !== null && turn.hasTimer("hold")) turn.clearTimer("hold");
  return true;
}

/** Only what hangs on the place is done again: its moves; and its card, when that is another one. */
function changeArea(turn: Turn, episode: Episode, area: string): void {
  const before = turn.content.areas[episode.area ?? ""]?.card;
  const after = turn.content.areas[area]?.card;
  episode.area = area;
  episode.vague = null;
  episode.holds = 0;
  episode.tried = false;
  episode.assessed = 0;
  episode.trend = "none";
  episode.massage = "none";
  unmark(episode, "stop-activity", "rest", "gentle-movement", "self-care", "belly-kind", "stretch-gate");
  turn.clearTimer("hold", "massage");
  if (before !== after) episode.card = { state: "open", asked: 0, lines: {} };
}

/** Another place in the middle: the present one first, unless it is nearly done; the bot says which. */
export function handleNewComplaint(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { understanding } = message;
  if (episode === null || message.choice !== null || understanding.area === null || episode.area === null) return false;
  const area = areaOf(understanding.area, understanding);
  if (area === episode.area || isPartOf(area, episode.area) || isPartOf(episode.area, area)) return false;
  if (understanding.intent !== "report-spasm" && understanding.findings.get("cramp-strict") !== "present") return false;
  if (episode.done.includes("gentle-movement") || episode.done.includes("wrap-up")) {
    finishEpisode(turn, episode);
    const next = newEpisode(turn.conversation.turns, turn.now);
    next.area = area;
    next.side = understanding.side;
    turn.conversation.episode = next;
    turn.conversation.question = null;
    turn.sayMessage("switched", {});
    return true;
  }
  if (!turn.conversation.parked.some((one) => one.area === area))
    turn.conversation.parked.push({ area, side: understanding.side });
  turn.sayMessage("parked-later", { values: { other: areaName(turn.content, area) } });
  turn.conversation.question = null;
  return true;
}

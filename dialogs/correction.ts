import type { Understanding } from "../src/understanding/understanding.ts";
import { areaName, areaOf, isPartOf } from "./areas.ts";
import type { Episode } from "./conversation.ts";
import { newEpisode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { markAssessed } from "./first-aid/recheck.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { unmark } from "./flow.ts";
import { reask } from "./reask.ts";
import { durationWords, scoreWords } from "./told.ts";
import type { Turn } from "./turn.ts";

/** "No, my thigh": a longer sentence with a "no" may be about anything. */
const SHORT = 5;

/** "No, I meant my thigh", "the left one": the slot changes, and what depends on it comes back. */
export function handleCorrection(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { understanding } = message;
  if (episode === null || message.choice !== null) return false;
  const person = personChange(turn, message, episode);
  // The answer to "where is it?" corrects nothing.
  if (person === null && (turn.conversation.question?.id === "area" || !corrects(message, episode))) return false;
  const changes = [...correctPlace(turn, episode, understanding), ...correctPain(turn, episode, understanding)];
  if (person !== null) changes.push(turn.label(person));
  if (changes.length === 0) return false;
  turn.sayMessage("corrected", { values: { what: changes.join(" ") } });
  const { question } = turn.conversation;
  const answers =
    (question?.id === "severity" && understanding.pain.value !== null) ||
    (question?.id === "onset" && understanding.duration !== null);
  if (answers) markAssessed(episode);
  // On the side hangs nothing: the open question, or the countdown, goes on.
  const sideAlone = changes.length === 1 && understanding.side !== null && changes[0] === understanding.side;
  if (sideAlone && question !== null) {
    reask(turn);
    turn.halted = true;
  } else reopen(turn);
  return true;
}

function corrects({ understanding }: MessageEvent, episode: Episode): boolean {
  const area = understanding.area === null ? null : areaOf(understanding.area, understanding);
  const other = area !== null && area !== episode.area && !isPartOf(area, episode.area ?? "");
  // "My foot is cramping too": one more, not another.
  if (other && understanding.findings.has("as-well")) return false;
  if (understanding.intent === "correct" && understanding.confidence >= 0.4) return true;
  if (other && /\b(more|really|actually|rather|instead|meant)\b/.test(understanding.words)) return true;
  if (understanding.yesNo === "no" && other && understanding.length <= SHORT) return true;
  return understanding.deniedAreas.some((label) => areaOf(label, understanding) === episode.area);
}

function correctPlace(turn: Turn, episode: Episode, understanding: Understanding): string[] {
  const changes: string[] = [];
  if (understanding.side !== null) {
    episode.side = understanding.side;
    changes.push(understanding.side);
  }
  if (understanding.area === null) return changes;
  const area = areaOf(understanding.area, understanding);
  const changed = area !== episode.area;
  if (changed && episode.done.length > 0) changeArea(turn, episode, area);
  // The same place again is an answer only when nothing else was corrected.
  return changed || (changes.length === 0 && !turn.otherNow) ? [...changes, areaName(turn.content, area)] : changes;
}

function correctPain(turn: Turn, episode: Episode, { pain, duration }: Understanding): string[] {
  const changes: string[] = [];
  if (pain.value !== null) {
    changes.push(scoreWords(turn, pain.value));
    if (pain.value > 3) unease(episode);
  }
  if (duration !== null) {
    episode.startedAt = turn.now - duration.minutes * 60_000;
    changes.push(durationWords(turn, duration.minutes));
  }
  return changes;
}

/** What depends on the fact is asked or done again: the question that was open gives way to the flow. */
function reopen(turn: Turn): void {
  const { episode } = turn;
  turn.conversation.question = null;
  turn.conversation.paused = null;
  turn.clearTimer("hold", "massage");
  if (episode?.massage === "running") episode.massage = "none";
}

/** "It's not me, it's my son", "I have it, not her": who has the cramp changes. Gives the label to say so; null for none. */
function personChange(turn: Turn, { understanding }: MessageEvent, episode: Episode): "patient-self" | "patient-other" | null {
  const { words, patient } = understanding;
  if (turn.otherNow) return "patient-other";
  if (episode.patient.who === "self" || patient.relation !== null) return null;
  const self =
    /\b(its|it is|i mean|i meant|its actually|no) (me|mine|my|myself)\b/.test(words) ||
    /^(its |it is |no )?mine\b/.test(words) ||
    (/\b(i|im|ive|my|me)\b/.test(words) && /\bnot (her|him|them|hers|his|theirs)\b/.test(words));
  if (!self) return null;
  episode.patient = { who: "self", relation: null };
  return "patient-self";
}

/** A number above 3 after all: what only follows when it has eased is done again later. */
function unease(episode: Episode): void {
  if (episode.grip === "let-go") episode.grip = "unknown";
  unmark(episode, "rest", "gentle-movement", "heat-cold", "fluids");
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
  // What was asked or is being done goes on.
  if (turn.conversation.question !== null) {
    reask(turn);
    turn.halted = true;
  }
  return true;
}

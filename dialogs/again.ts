import { asksSomething } from "./answer-reading.ts";
import { areaOf } from "./areas.ts";
import { type Conversation, type Episode, newEpisode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import type { Turn } from "./turn.ts";

/** The same complaint of the same person anew: what was told of them still counts; what was felt is asked again. */
export function sameAgain(conversation: Conversation, before: Episode | null, area: string | null, now: number): Episode {
  const episode = newEpisode(conversation.turns, now);
  episode.area = area;
  episode.grip = "gripping";
  if (before === null) return episode;
  episode.side = before.side;
  episode.patient = before.patient;
  episode.facts = { ...before.facts, sudden: false };
  episode.risks = before.risks;
  return episode;
}

/** Questions of the way out, after it has let go. */
const AFTERWARDS = new Set(["movement", "next", "check-in", "exercise", "back-gate"]);

/** "It is back", after it had let go: not an answer to what stands open, but the same cramp again. */
export function handleReturn(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { conversation } = turn;
  if (episode === null || message.choice !== null || !AFTERWARDS.has(conversation.question?.id ?? "")) return false;
  const { understanding } = message;
  const { intent, confidence, findings } = understanding;
  if (findings.get("eased") === "present" || asksSomething(message) || (intent === "report-better" && confidence >= 0.5))
    return false;
  if (findings.get("cramp-strict") !== "present" && findings.get("is-back") !== "present") return false;
  const area = understanding.area === null ? episode.area : areaOf(understanding.area, understanding);
  if (area !== episode.area) return false;
  finishEpisode(turn, episode);
  const next = sameAgain(conversation, episode, area, turn.now);
  next.pain = { ...episode.pain, before: null };
  if (episode.pain.toldAt !== turn.now) next.pain = { ...next.pain, now: null, word: null };
  next.findings = episode.findings;
  conversation.episode = next;
  conversation.question = null;
  return true;
}

/** "It's back" after the end: the cramp that was over is the one that is meant. */
export function takeReturn(turn: Turn, { understanding, choice }: MessageEvent): void {
  const { conversation } = turn;
  const before = conversation.episode;
  if (choice !== null || before === null || !before.ended || conversation.checkIn !== null) return;
  if (understanding.findings.get("is-back") !== "present" || asksInPassing(understanding)) return;
  const area = understanding.area === null ? before.area : areaOf(understanding.area, understanding);
  if (area !== before.area) return;
  conversation.episode = sameAgain(conversation, before, area, turn.now);
  conversation.question = null;
}

function asksInPassing({ intent, confidence }: MessageEvent["understanding"]): boolean {
  return intent.startsWith("ask-") && confidence >= 0.5;
}

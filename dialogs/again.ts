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
  const { intent, confidence, findings, words } = understanding;
  if (findings.get("eased") === "present" || asksSomething(message) || (intent === "report-better" && confidence >= 0.5))
    return false;
  const grips = findings.get("cramp-strict") === "present";
  const reports = ["report-spasm", "report-worse", "report-pain-level"].includes(intent) && confidence >= 0.5;
  if (!grips && !(reports && /\b(is|its|has come|came|comes) back\b|\bagain\b/.test(words))) return false;
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

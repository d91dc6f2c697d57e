import type { Intent } from "../src/care/labels.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import type { Conversation } from "./conversation.ts";

/** Answers and controls: out of the blue they are something else. */
const REPLIES_ONLY: ReadonlySet<Intent> = new Set(["correct", "affirm", "deny", "done", "go-back"]);

/**
 * The understanding in the light of where the talk stands. With nothing asked and nothing going on, an intent that only answers
 * gives way to the likeliest other one.
 */
export function inContext(understanding: Understanding, { question, episode, past }: Conversation): Understanding {
  const idle = question === null && (episode === null || episode.ended) && past.length === 0;
  if (!idle || !REPLIES_ONLY.has(understanding.intent)) return understanding;
  const others = understanding.alternatives.filter(({ intent }) => !REPLIES_ONLY.has(intent));
  const [best, ...rest] = others;
  if (best === undefined) return understanding;
  const left = 1 - understanding.confidence;
  const share = left > 0 ? Math.min(1, best.confidence / left) : best.confidence;
  return { ...understanding, intent: best.intent, confidence: share, alternatives: rest };
}

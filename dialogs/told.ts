import type { Turn } from "./turn.ts";

/** A score of 0 to 10 as the bot says it back: "8 out of 10". */
export function scoreWords(turn: Turn, score: number): string {
  return `${score} ${turn.label("of-ten")}`;
}

/** How long it has been going, as far as it matters: from ten minutes on a cramp is looked at another way. */
export function durationWords(turn: Turn, minutes: number): string {
  return turn.label(minutes >= 10 ? "over-10" : "under-10").toLowerCase();
}

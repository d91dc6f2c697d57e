import type { CardLine } from "../src/care/content.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** The lines of all safety cards. */
export function allLines(turn: Turn): readonly CardLine[] {
  return Object.values(turn.content.cards.cards).flat();
}

export function lineById(turn: Turn, id: string): CardLine | undefined {
  return allLines(turn).find((line) => line.id === id);
}

/** The ticked line through which a flag came up. */
export function tickedLine(turn: Turn, episode: Episode | null, flag: string): CardLine | undefined {
  return allLines(turn).find((line) => line.covers.includes(flag) && episode?.card.lines[line.id] === "yes");
}

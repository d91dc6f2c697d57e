import type { CardLine } from "../src/care/content.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

export function lineById(turn: Turn, id: string): CardLine | undefined {
  return turn.world.cardLines.find((line) => line.id === id);
}

/** The ticked line through which a flag came up. */
export function tickedLine(turn: Turn, episode: Episode | null, flag: string): CardLine | undefined {
  return turn.world.cardLines.find((line) => line.covers.includes(flag) && episode?.card.lines[line.id] === "yes");
}

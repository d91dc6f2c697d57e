import { wording } from "../src/care/said.ts";
import { tickedLine } from "./card-lines.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** The one plain question about a sign, to which yes means that it is there: the flag's own, or the ticked line of the card. */
export function plainQuestion(turn: Turn, episode: Episode | null, flag: string): string | null {
  const own = turn.content.flags.find((one) => one.id === flag)?.ask[0];
  if (own !== undefined) return wording(own, turn.person);
  const line = tickedLine(turn, episode, flag);
  if (line === undefined) return null;
  return line.check === undefined ? `${line.line}?` : wording(line.check, turn.person);
}

import type { Reply } from "../../dialogs/reply.ts";

/** What every message of the bot carries for programs (schemas/turn-entity.schema.json). */
export interface TurnEntity {
  readonly type: "unknot.turn";
  readonly step: Reply["step"];
  readonly disposition: Reply["disposition"];
  readonly flags: readonly string[];
  readonly ask: Reply["ask"];
  readonly timerSeconds: number | null;
  readonly sources: readonly string[];
}

export function turnEntity({ step, disposition, flags, ask, timerSeconds, sources }: Reply): TurnEntity {
  return { type: "unknot.turn", step, disposition, flags, ask, timerSeconds, sources };
}

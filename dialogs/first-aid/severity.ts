import type { Episode } from "../conversation.ts";
import type { Step } from "../flow.ts";
import { placeOf } from "../situation.ts";
import type { Turn } from "../turn.ts";
import { allows } from "./progress.ts";

/** How bad, 0 to 10: after the first hold of a limb, with the card elsewhere; never when it was told. */
export const severity: Step = {
  name: "severity",
  needed: (turn, episode) => {
    if (episode.pain.now !== null || episode.pain.word !== null || episode.stopped) return false;
    if (episode.grip === "let-go") return false;
    return placeOf(turn, episode) === "limb" ? episode.tried || episode.holds > 0 : turn.area?.id !== "eyelid";
  },
  enter: (turn) => askSeverity(turn),
  undo: (_turn, episode) => {
    episode.pain = { ...episode.pain, now: null, word: null };
  },
};

export function askSeverity(turn: Turn, lead?: string): void {
  const choices = Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: String(score) }));
  const text = turn.messageText("ask-severity");
  turn.ask(
    lead === undefined ? text : `${lead} ${text}`,
    { id: "severity", ask: "severity", choices },
    { step: "severity", key: "message:ask-severity", sources: turn.content.decisions.sources },
  );
}

/** Asked only where it decides: severe pain in a limb whose start is not known. */
export const onset: Step = {
  name: "severity",
  needed: (turn, episode) =>
    episode.startedAt === null && !episode.startUnsure && !episode.done.includes("onset") && allows(turn, episode, "onset"),
  enter: (turn, episode) => askOnset(turn, episode),
};

function askOnset(turn: Turn, episode: Episode): void {
  episode.done.push("onset");
  const choices = turn.choices("under-10", "over-10", "unsure");
  turn.askMessage("ask-onset", { id: "onset", ask: "onset", choices }, { sources: turn.content.decisions.sources });
}

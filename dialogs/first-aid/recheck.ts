import type { Episode } from "../conversation.ts";
import type { Step } from "../flow.ts";
import { TEN_MINUTES } from "../situation.ts";
import type { Turn } from "../turn.ts";
import { hasEased } from "./progress.ts";

/** Better, the same or worse? After every hold and rub but the first, which asks for the number. */
export const recheck: Step = {
  name: "recheck",
  needed: (_turn, episode) => !episode.stopped && !hasEased(episode) && episode.tried,
  enter: (turn) => askRecheck(turn),
  undo: (_turn, episode) => {
    episode.tried = true;
  },
};

export function askRecheck(turn: Turn, lead?: string): void {
  const choices = turn.choices("gone", "better", "same", "worse");
  const text = turn.messageText("ask-recheck");
  turn.ask(
    lead === undefined ? text : `${lead} ${text}`,
    { id: "recheck", ask: "recheck", choices },
    { step: "recheck", key: "message:ask-recheck", sources: turn.content.decisions.sources },
  );
}

export function markAssessed(episode: Episode): void {
  episode.tried = false;
  episode.assessed++;
}

/** Takes over how it went since the last hold, and keeps the count of "the same". */
export function assess(episode: Episode, outcome: "better" | "same" | "worse" | "told"): void {
  markAssessed(episode);
  if (outcome === "told") return;
  if (outcome === "same") episode.trend = episode.trend === "same" || episode.trend === "same-twice" ? "same-twice" : "same";
  else episode.trend = outcome;
  if (outcome === "worse" || (outcome === "same" && episode.grip !== "let-go")) episode.grip = "gripping";
  if (outcome === "better" && episode.grip === "gripping") episode.grip = "unknown";
}

/** Wakes the bot ten minutes after it began, while it may still grip. */
export function setHardStop(turn: Turn, episode: Episode): void {
  if (turn.hasTimer("hard-stop") || hasEased(episode) || episode.done.includes("hard-stop")) return;
  const at = (episode.startedAt ?? episode.beganAt) + TEN_MINUTES;
  if (at > turn.now) turn.setTimer("hard-stop", at);
}

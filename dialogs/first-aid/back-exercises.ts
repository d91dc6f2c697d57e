import type { Exercise } from "../../src/care/content.ts";
import { joined } from "../../src/care/said.ts";
import type { Episode } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import { painBand } from "../situation.ts";
import type { Turn } from "../turn.ts";
import { allows } from "./progress.ts";

/** Gentle exercises for the lower back, only behind their gate: eased to 3 or less, nearly no cramp, nothing new, can walk. */
export const backExercises: Step = {
  name: "back-exercises",
  needed: (turn, episode) =>
    (turn.area?.exercises?.length ?? 0) > 0 && !isDone(episode, "back-exercises") && allows(turn, episode, "movement"),
  enter: (turn, episode) => {
    if (episode.done.includes("back-gate")) nextExercise(turn, episode);
    else askGate(turn, episode);
  },
};

export function askGate(turn: Turn, episode: Episode): void {
  if (isClosed(turn, episode)) {
    markDone(episode, "back-exercises");
    turn.sayMessage("back-gate-wait", { sources: turn.area?.sources ?? [] });
    return;
  }
  const choices = [turn.choice("yes", "do-exercises"), turn.choice("no", "no-exercises"), turn.choice("unsure")];
  turn.askMessage("back-gate", { id: "back-gate", ask: "back-gate", choices }, { sources: turn.area?.sources ?? [] });
}

/** After severe pain, or with a flag, there are none today. */
function isClosed(turn: Turn, episode: Episode): boolean {
  return (
    episode.pain.severeOnce ||
    painBand(episode) === "severe" ||
    turn.escalated ||
    episode.card.state !== "clean" ||
    !allows(turn, episode, "exercises")
  );
}

export function exercisesFor(turn: Turn, episode: Episode): readonly Exercise[] {
  const late = (episode.facts.weeks ?? 0) >= 14 || episode.findings.includes("pregnant");
  return (turn.area?.exercises ?? []).filter(
    (one) => !(one.flat_on_back && late) && !(one.skip_if ?? []).some((reason) => episode.findings.includes(reason)),
  );
}

function nextExercise(turn: Turn, episode: Episode): void {
  const one = exercisesFor(turn, episode)[episode.exercise];
  if (one === undefined) {
    markDone(episode, "back-exercises");
    turn.sayMessage("exercises-done", { sources: turn.area?.sources ?? [] });
    return;
  }
  episode.exercise++;
  const choices = [turn.choice("done", "next"), turn.choice("hurts"), turn.choice("skip")];
  turn.ask(
    joined("", one.say, turn.messageText("exercise-next")),
    { id: "exercise", ask: "done", choices },
    { step: "back-exercises", key: `exercise:${one.id}`, picture: { id: one.id, alt: one.alt }, sources: one.sources },
  );
}

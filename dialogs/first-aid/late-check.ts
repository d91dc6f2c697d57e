import type { Step } from "../flow.ts";

/** When it does not behave like a cramp: what has not been asked yet (pee, injury, bite, medicine, fever, pregnancy). */
export const lateCheck: Step = {
  name: "safety-check",
  needed: (_turn, episode) =>
    episode.lateCheck !== "done" && (episode.stopped || episode.trend === "same-twice" || episode.trend === "worse"),
  enter: (turn, episode) => {
    episode.lateCheck = "open";
    const { late_check } = turn.content.cards;
    const choices = late_check.options.map(({ value, label }) => ({ value, label }));
    turn.ask(
      late_check.ask,
      { id: "late-check", ask: "safety-check", choices },
      { step: "safety-check", key: "card:late-check", multiple: true, sources: turn.content.cards.sources },
    );
  },
};

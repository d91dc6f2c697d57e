import { type Episode, newEpisode, STEP_TIMERS } from "../conversation.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import type { Turn } from "../turn.ts";
import { visitLead } from "./notes.ts";

/** The end of an episode: what was done, what to watch for, and a check-in where one can arrive. Then quiet. */
export const wrapUp: Step = {
  name: "wrap-up",
  needed: (_turn, episode) => !isDone(episode, "wrap-up"),
  enter: (turn, episode) => {
    markDone(episode, "wrap-up");
    turn.clearTimer(...STEP_TIMERS);
    sayNet(turn, episode);
  },
};

function sayNet(turn: Turn, episode: Episode): void {
  const sources = turn.area?.sources ?? turn.content.steps.sources;
  const mayReturn = turn.event.reach !== "none" && turn.event.scope === "personal";
  const next = turn.conversation.parked[0];
  const visit = episode.disposition === "see-clinician-soon" && turn.replies.length === 0 ? visitLead(turn) : "";
  const text = [summaryOf(turn, episode), visit, turn.messageText("wrap-up")].filter((part) => part !== "").join(" ");
  if (next !== undefined || !mayReturn) {
    turn.say(text, { step: "wrap-up", key: "message:wrap-up", sources });
    finishEpisode(turn, episode);
    if (next !== undefined) takeUp(turn);
    return;
  }
  const choices = turn.choices("in-20-minutes", "tomorrow", "no-thanks");
  turn.expect({ id: "check-in", ask: "check-in", step: "wrap-up", options: choices.map((choice) => choice.value) });
  if (turn.full) return;
  turn.say(`${text} ${turn.messageText("check-in-offer")}`, {
    step: "wrap-up",
    key: "message:wrap-up",
    ask: "check-in",
    choices,
    sources,
  });
}

/** "stop, 2 stretches, rubbing, rest": what was done, where it was more than a word of advice. */
function summaryOf(turn: Turn, { holds, massage, done }: Episode): string {
  if (holds === 0) return "";
  const steps = [
    turn.label("did-stop"),
    holds === 1 ? turn.label("did-stretch") : `${holds} ${turn.label("did-stretches")}`,
    ...(massage === "done" ? [turn.label("did-rub")] : []),
    ...(done.includes("rest") ? [turn.label("did-rest")] : []),
  ];
  return turn.messageText("summary", { done: steps.join(", ") });
}

/** Closes the episode and keeps the little that a recurrence needs. */
export function finishEpisode(turn: Turn, episode: Episode): void {
  if (episode.ended) return;
  episode.ended = true;
  turn.conversation.past = [
    ...turn.conversation.past,
    { area: episode.area, side: episode.side, at: turn.now, disposition: episode.disposition },
  ].slice(-20);
}

/** The complaint that waited. */
function takeUp(turn: Turn): void {
  const next = turn.conversation.parked.shift();
  if (next === undefined) return;
  const episode = newEpisode(turn.conversation.turns, turn.now);
  episode.area = next.area;
  episode.side = next.side;
  turn.conversation.episode = episode;
  markDone(episode, "parked");
}

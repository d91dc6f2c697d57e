import { joined } from "../../src/care/said.ts";
import type { Episode } from "../conversation.ts";
import type { Step } from "../flow.ts";
import { painBand } from "../situation.ts";
import type { Turn } from "../turn.ts";
import { allows, hasEased } from "./progress.ts";
import { stretchOf } from "./stretch.ts";

const SECONDS = 60;

/** Findings that already answer the question before rubbing with yes. */
const BARRED = [
  "after-operation",
  "after-journey",
  "clot-history",
  "thinner",
  "still-long",
  "baby-born",
  "pregnant",
  "cancer-now",
  "dialysis",
  "heart-history",
  "diabetes",
];
/** Above this age the question before rubbing is answered as well. */
const OLD = 75;

/** Gentle rubbing, only when the first hold was not enough, and behind its one question. */
export const massage: Step = {
  name: "massage",
  needed: (turn, episode) =>
    episode.massage === "none" &&
    turn.area?.massage !== null &&
    turn.area?.massage !== undefined &&
    !hasEased(episode) &&
    !episode.stopped &&
    episode.assessed >= 1 &&
    (episode.holds > 0 || stretchOf(turn, episode) === null) &&
    !episode.tried &&
    painBand(episode) !== "severe" &&
    allows(turn, episode, "massage"),
  enter: (turn, episode) => {
    if (isBarred(episode)) barMassage(turn, episode);
    else if (episode.gate === "open") askGate(turn);
    else startMassage(turn, episode);
  },
  undo: (_turn, episode) => {
    episode.massage = "none";
  },
};

/** What was told answers the question before rubbing with yes. */
export function isBarred(episode: Episode): boolean {
  return BARRED.some((finding) => episode.findings.includes(finding)) || (episode.facts.age ?? 0) > OLD;
}

function askGate(turn: Turn): void {
  const { massage_gate } = turn.content.cards;
  const choices = massage_gate.options.map(({ value, label }) => ({ value, label }));
  turn.ask(
    massage_gate.ask,
    { id: "massage-gate", ask: "safety-check", choices },
    { step: "massage", key: "card:massage-gate", multiple: true, sources: turn.content.cards.sources },
  );
}

export function barMassage(turn: Turn, episode: Episode): void {
  episode.gate = "barred";
  episode.massage = "skipped";
  turn.sayMessage("massage-skip", { sources: turn.content.cards.sources });
}

function startMassage(turn: Turn, episode: Episode): void {
  const rub = turn.area?.massage;
  if (rub === null || rub === undefined) return;
  episode.massage = "running";
  const choices = turn.choices("done", "hurts", "skip");
  turn.setTimer("massage", turn.now + SECONDS * 1000, SECONDS);
  turn.ask(
    joined("", rub.say, turn.messageText("rub-next")),
    { id: "massage", ask: "done", choices },
    { step: "massage", key: `massage:${turn.area?.id}`, timerSeconds: SECONDS, sources: turn.area?.sources ?? [] },
  );
}

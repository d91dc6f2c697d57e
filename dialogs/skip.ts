import { saysSkip } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { barMassage } from "./first-aid/massage.ts";
import { markAssessed } from "./first-aid/recheck.ts";
import { markDone } from "./flow.ts";
import { askForWord } from "./pending-pain.ts";
import { reask } from "./reask.ts";
import { painBand } from "./situation.ts";
import type { Turn } from "./turn.ts";

/**
 * "Skip" at a question. What only serves comfort is skipped; a number is asked as a word once and then let be; a question
 * before a risk counts as not sure; a safety question cannot be skipped: it holds, and nothing goes on until it is answered.
 */
export function handleSkip(turn: Turn, message: MessageEvent): boolean {
  const { question, episode } = turn.conversation;
  if (question === null || message.choice !== null || !saysSkip(turn, message)) return false;
  const [kind = ""] = question.id.split(":");
  const skips = SKIPS[kind];
  if (skips !== undefined && episode !== null) {
    skips(turn, episode);
    return true;
  }
  if (HOLDS.has(kind)) {
    holdStill(turn, message);
    return true;
  }
  if (!TALK.has(kind)) return false;
  turn.conversation.question = null;
  turn.sayMessage("skipped");
  turn.halted = true;
  return true;
}

/** Safety hangs on the answer. */
const HOLDS = new Set(["card", "check", "suspect", "confirm", "late-check", "which", "area", "restart", "legs", "grown-up"]);
/** Questions about the talk: dropped without a trace. */
const TALK = new Set(["country", "forget", "choose", "general-now", "resume", "check-in-answer", "check-in-grips", "active-now"]);

const SKIPS: Readonly<Record<string, (turn: Turn, episode: Episode) => void>> = {
  severity: (turn) => {
    askForWord(turn);
  },
  "severity-word": (turn, episode) => {
    turn.conversation.question = null;
    episode.pain.word = "moderate";
    markAssessed(episode);
  },
  onset: (turn, episode) => {
    turn.conversation.question = null;
    episode.startUnsure = true;
    turn.severeNow = painBand(episode) === "severe";
  },
  "massage-gate": (turn, episode) => {
    turn.conversation.question = null;
    barMassage(turn, episode);
  },
  recheck: (turn, episode) => {
    turn.conversation.question = null;
    markAssessed(episode);
  },
  "back-gate": (turn, episode) => {
    turn.conversation.question = null;
    markDone(episode, "back-exercises");
    turn.sayMessage("back-gate-no");
  },
  "belly-kind": (turn) => {
    // With no word for either it stays the gut, which is never stretched.
    turn.conversation.question = null;
  },
};

/** The first time the question comes back with its reason; after that the bot holds and is quiet. */
function holdStill(turn: Turn, message: MessageEvent): void {
  const { question } = turn.conversation;
  if (question === null) return;
  turn.halted = true;
  const again =
    turn.conversation.last.includes("message:cannot-skip") || turn.conversation.last.includes("message:cannot-skip-rest");
  if (again) {
    turn.sayMessage("cannot-skip-rest", { again: turn.conversation.last.includes("message:cannot-skip-rest") });
    return;
  }
  turn.sayMessage(message.understanding.area === null && question.id === "area" ? "cannot-skip-area" : "cannot-skip", {
    key: "message:cannot-skip",
  });
  reask(turn);
}

import { wording } from "../src/care/said.ts";
import { buttonsOf, withoutDoubt } from "./buttons.ts";
import { lineById } from "./card-lines.ts";
import type { Episode } from "./conversation.ts";
import { markAsking } from "./escalate.ts";
import { askGate as askBackGate, exercisesFor } from "./first-aid/back-exercises.ts";
import { askRecheck } from "./first-aid/recheck.ts";
import { askCard } from "./first-aid/safety-check.ts";
import { askSeverity } from "./first-aid/severity.ts";
import { askArea } from "./first-aid/stop-activity.ts";
import { handOffSummary } from "./hand-off.ts";
import { plainQuestion } from "./plain-question.ts";
import type { Reply } from "./reply.ts";
import { askRestart } from "./restart.ts";
import type { Turn } from "./turn.ts";

/**
 * The pending question once more, after a side question or when the answer was not understood. Its tries and its place
 * are kept.
 */
export function reask(turn: Turn, lead?: string): void {
  const { question, episode } = turn.conversation;
  if (question === null || turn.full) return;
  withoutDoubt(question);
  const { id, tries } = question;
  if (episode === null) sayDefault(turn, id);
  else sayAgain(turn, episode, id, lead);
  if (turn.conversation.question !== null) turn.conversation.question.tries = tries;
}

function sayAgain(turn: Turn, episode: Episode, id: string, lead: string | undefined): void {
  const [kind = "", about = ""] = id.split(":");
  switch (kind) {
    case "card":
      return askCard(turn, episode, lead);
    case "severity":
      return askSeverity(turn, lead);
    case "recheck":
      return askRecheck(turn, lead);
    case "area":
      return askArea.enter(turn, episode);
    case "back-gate":
      return askBackGate(turn, episode);
    case "hold":
    case "massage":
      return remind(turn);
    case "exercise": {
      const one = exercisesFor(turn, episode)[episode.exercise - 1];
      if (one !== undefined) sayQuestion(turn, wording(one.again, turn.person), `exercise:${one.id}`);
      return;
    }
    case "restart":
      askRestart(turn);
      return;
    case "which":
    case "check":
    case "suspect":
    case "confirm":
      return sayQuestion(turn, questionText(turn, kind, about), id);
    default:
      return sayDefault(turn, id);
  }
}

/** What a question asks, in words that stand alone. */
export function questionText(turn: Turn, kind: string, about: string): string {
  const line = lineById(turn, about);
  if (kind === "which") return line?.which?.ask ?? "";
  if (kind === "check") return line?.check === undefined ? "" : wording(line.check, turn.person);
  return plainQuestion(turn, turn.conversation.episode, about) ?? "";
}

function sayQuestion(turn: Turn, text: string, key: string): void {
  const { question } = turn.conversation;
  if (question === null || text === "") return;
  turn.say(text, { step: question.step, key, ask: question.ask, choices: buttonsOf(turn) });
  turn.halted = true;
}

const MESSAGE_OF: Readonly<Record<string, string>> = {
  onset: "ask-onset",
  legs: "ask-legs",
  "grown-up": "fetch-grown-up",
  "severity-word": "ask-severity-word",
  "belly-kind": "ask-belly-kind",
  "check-in": "check-in-offer",
  "check-in-answer": "ask-recheck",
  "check-in-grips": "active-now",
  "general-now": "general-now",
  "active-now": "active-now",
  resume: "resume",
  country: "ask-country",
  forget: "forget-ask",
  movement: "go-on",
  next: "go-on",
  choose: "did-you-mean",
  "hand-off": "hand-off-ask",
};

function sayDefault(turn: Turn, id: string): void {
  const { question } = turn.conversation;
  if (question === null) return;
  const { massage_gate, late_check } = turn.content.cards;
  if (id === "massage-gate" || id === "late-check") {
    const gate = id === "massage-gate" ? massage_gate : late_check;
    const choices = gate.options.map(({ value, label }) => ({ value, label }));
    turn.say(gate.ask, {
      step: question.step,
      key: `card:${id}`,
      ask: question.ask,
      choices,
      multiple: true,
      sources: turn.content.cards.sources,
    });
  } else if ((id === "movement" || id === "next") && turn.replies.length > 0) {
    // Nothing to ask again: the step stands in the message before.
    const choices = buttonsOf(turn);
    const last = turn.replies.at(-1) as Reply;
    turn.replies[turn.replies.length - 1] = { ...last, choices };
    markAsking(turn);
  } else {
    const message = MESSAGE_OF[id];
    const values = { summary: handOffSummary(turn) };
    if (message !== undefined) turn.sayMessage(message, { ask: question.ask, choices: buttonsOf(turn), values });
  }
  turn.halted = true;
}

/** A countdown goes on meanwhile: say how long it still runs. */
function remind(turn: Turn): void {
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  const { question } = turn.conversation;
  if (question === null) return;
  const choices = buttonsOf(turn);
  if (timer === undefined) return turn.sayMessage("hold-paused", { ask: "done", choices });
  const seconds = Math.max(1, Math.ceil((timer.at - turn.now) / 1000));
  turn.sayMessage("hold-left", { values: { seconds: String(seconds) }, ask: "done", choices });
}

import { isQuestion, sayAnswer } from "./answer.ts";
import { nods } from "./answer-reading.ts";
import { buttonsOf } from "./buttons.ts";
import type { MessageEvent } from "./event.ts";
import { reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/** Below this the intent is a guess, and the likeliest are offered. */
const GUESS = 0.3;
const MOST_OFFERED = 3;
/** So often the question is put again; then there is a way out, and the bot waits. */
const MOST_PROMPTS = 2;

/** Nobody took the message: rephrase, then an example, then a way out. Never the same twice, never more than two tries. */
export function repair(turn: Turn, message: MessageEvent): void {
  const { conversation } = turn;
  const { understanding } = message;
  turn.halted = true;
  if (understanding.intent === "out-of-scope" && understanding.confidence >= 0.5 && conversation.misses < 2) {
    conversation.misses++;
    turn.sayMessage("out-of-scope", { again: conversation.last.includes("message:out-of-scope") });
    if (conversation.question !== null) reask(turn);
    return;
  }
  if (isQuestion(understanding.intent) && conversation.question === null) {
    sayAnswer(turn, understanding);
    return;
  }
  conversation.misses++;
  if (conversation.misses > MOST_PROMPTS) {
    sayWayOut(turn);
    return;
  }
  if (conversation.question !== null) {
    const again = conversation.misses > 1;
    if (nodsAtCard(turn, message)) turn.sayMessage("card-again", { again });
    else turn.sayMessage(again ? "not-understood" : "not-understood-question", { again });
    reask(turn);
    return;
  }
  if (understanding.confidence >= GUESS && conversation.misses === 1 && offer(turn, understanding)) return;
  turn.sayMessage("not-understood", { again: conversation.misses > 1 });
}

/** A person, a number, and the question stays open with its buttons; it is not put once more. */
function sayWayOut(turn: Turn): void {
  const { question } = turn.conversation;
  const again = turn.conversation.last.includes("message:way-out");
  turn.sayMessage("way-out", { again, ...(question === null ? {} : { ask: question.ask, choices: buttonsOf(turn) }) });
}

/** "Ok", "done": heard, but it ticks and clears nothing. */
function nodsAtCard({ conversation }: Turn, message: MessageEvent): boolean {
  return conversation.question?.id === "card" && nods(message);
}

/** "Did you mean …?" with the likeliest readings. */
function offer(turn: Turn, understanding: MessageEvent["understanding"]): boolean {
  const likely = [understanding.intent, ...understanding.alternatives.map((one) => one.intent)].filter(
    (intent) => intent !== "out-of-scope",
  );
  const choices = [...new Set(likely)].slice(0, MOST_OFFERED).map((intent) => turn.choice(`intent-${intent}`));
  if (choices.length < 2) return false;
  turn.askMessage("did-you-mean", { id: "choose", ask: "choose", choices });
  return true;
}

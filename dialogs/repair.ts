import { isQuestion, sayAnswer } from "./answer.ts";
import type { MessageEvent } from "./event.ts";
import { reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/** Below this the intent is a guess, and the likeliest are offered. */
const GUESS = 0.3;
const MOST_OFFERED = 3;

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
  if (conversation.misses >= 3) {
    conversation.misses = 0;
    turn.sayMessage("way-out");
    if (conversation.question !== null) reask(turn);
    return;
  }
  if (conversation.question !== null) {
    turn.sayMessage(conversation.misses === 1 ? "not-understood-question" : "not-understood", { again: conversation.misses > 1 });
    reask(turn);
    return;
  }
  if (understanding.confidence >= GUESS && conversation.misses === 1 && offer(turn, understanding)) return;
  turn.sayMessage("not-understood", { again: conversation.misses > 1 });
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

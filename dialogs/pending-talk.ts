import type { Intent } from "../src/care/labels.ts";
import { isQuestion, sayUsualAnswer } from "./answer.ts";
import { chosen, yesNoOf } from "./answer-reading.ts";
import { newConversation } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { startOver } from "./restart.ts";
import type { Turn } from "./turn.ts";

/** Answers to questions about the talk itself. */

export function answerForget(turn: Turn, message: MessageEvent): boolean {
  const value = chosen(turn, message)[0];
  const answer = value === "forget" ? "yes" : value === "keep" ? "no" : yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer !== "yes") {
    turn.sayMessage("not-forgotten");
    return true;
  }
  forgetEverything(turn);
  return true;
}

export function forgetEverything(turn: Turn): void {
  const { turns, welcomed } = turn.conversation;
  Object.assign(turn.conversation, newConversation(), { turns, welcomed });
  turn.forget = true;
  turn.halted = true;
  turn.sayMessage("forgotten");
}

export function answerCountry(turn: Turn, message: MessageEvent): boolean {
  if (message.understanding.country === null) return false;
  turn.conversation.question = null;
  sayCountry(turn);
  return true;
}

/** Numbers are worked out when a turn begins; a country named in this very turn is looked up again. */
export function sayCountry(turn: Turn): void {
  turn.refreshNumbers();
  turn.sayMessage("country-set", {
    sources: turn.numbers.country === null ? [] : (turn.content.numbers.numbers[turn.numbers.country]?.sources ?? []),
  });
}

export function answerGeneralNow(turn: Turn, message: MessageEvent): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  turn.halted = true;
  turn.sayMessage(answer === "no" ? "general-now-no" : "general-now-yes");
  return true;
}

/** "Start over" after an emergency asks about that flag first. */
export function answerRestart(turn: Turn, message: MessageEvent): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  const { episode } = turn.conversation;
  if (answer === "no") {
    startOver(turn);
    return true;
  }
  if (episode !== null) episode.ended = false;
  turn.sayMessage("not-cleared");
  turn.sayMessage("hold-general");
  turn.halted = true;
  return true;
}

/** "Did you mean …?" */
export function answerChoose(turn: Turn, message: MessageEvent): boolean {
  const value = chosen(turn, message)[0];
  if (value === undefined) return false;
  turn.conversation.question = null;
  const intent = value.replace(/^intent-/, "") as Intent;
  if (isQuestion(intent)) sayUsualAnswer(turn, intent);
  else if (intent === "report-spasm") turn.ensureEpisode();
  else turn.sayMessage("general-now-yes");
  return true;
}

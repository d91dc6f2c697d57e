import { absorb } from "./absorb.ts";
import { sameAgain } from "./again.ts";
import { asksSomething, chosen, saysDone, yesNoOf } from "./answer-reading.ts";
import type { MessageEvent } from "./event.ts";
import { isGone } from "./pending-pain.ts";
import type { Turn } from "./turn.ts";

/** Time for the check-in that was asked for. */
export function checkIn(turn: Turn): void {
  const { checkIn: wanted } = turn.conversation;
  if (wanted === null) return;
  const area = wanted.area === null ? "cramp" : (turn.content.areas[wanted.area]?.name ?? "cramp");
  const choices = turn.choices("gone", "better", "same", "worse");
  turn.askMessage("check-in", { id: "check-in-answer", ask: "recheck", choices }, { values: { area } });
}

/** "How is it now?", some time later: good ends it, worse begins anew, the same asks whether it grips again. */
export function answerCheckInNow(turn: Turn, message: MessageEvent): boolean {
  if (asksSomething(message)) return false;
  switch (toldAtCheckIn(turn, message)) {
    case "good":
      turn.conversation.question = null;
      turn.conversation.checkIn = null;
      turn.sayMessage("check-in-good");
      turn.halted = true;
      return true;
    case "same": {
      const choices = turn.choices("yes", "no", "unsure");
      turn.askMessage("active-now", { id: "check-in-grips", ask: "confirm", choices });
      return true;
    }
    case "worse":
      beginAgain(turn, message);
      return true;
    default:
      return false;
  }
}

/** "Is it cramping right now?" after a check-in: no is soreness, anything else is a new cramp. */
export function answerGrips(turn: Turn, message: MessageEvent): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  if (answer !== "no") {
    beginAgain(turn, message);
    return true;
  }
  turn.conversation.question = null;
  turn.conversation.checkIn = null;
  turn.sayMessage("check-in-sore");
  turn.halted = true;
  return true;
}

function toldAtCheckIn(turn: Turn, message: MessageEvent): "good" | "same" | "worse" | null {
  const value = chosen(turn, message)[0];
  const { intent, findings, pain } = message.understanding;
  if (value === "gone" || value === "better") return "good";
  if (value === "same" || value === "worse") return value;
  if (pain.value !== null || pain.word !== null) return (pain.value ?? (pain.word === "mild" ? 2 : 7)) <= 3 ? "good" : "worse";
  if (findings.get("cramp-strict") === "present" || intent === "report-worse" || intent === "report-spasm") return "worse";
  if (findings.get("eased") === "present" || isGone(message) || intent === "report-better") return "good";
  if (intent === "report-same") return "same";
  return intent === "thanks" || intent === "goodbye" || saysDone(message) || isWell(message) ? "good" : null;
}

/** "Fine", "all good". */
function isWell({ understanding }: MessageEvent): boolean {
  return (
    /\b(fine|good|great|ok|okay|well|perfect|brilliant|sorted)\b/.test(understanding.words) &&
    !/\b(not|no|isnt)\b/.test(understanding.words)
  );
}

function beginAgain(turn: Turn, message: MessageEvent): void {
  const { conversation } = turn;
  const area = conversation.checkIn?.area ?? conversation.episode?.area ?? null;
  conversation.episode = sameAgain(conversation, conversation.episode, area, turn.now);
  conversation.question = null;
  conversation.checkIn = null;
  if (message.choice === null) absorb(turn, message.understanding);
}

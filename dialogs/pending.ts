import { answerCheckInNow, answerGrips } from "./check-in.ts";
import type { Episode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { answerHandOff } from "./hand-off.ts";
import { answerCheckIn } from "./pending-end.ts";
import { answerBackGate, answerExercise, answerHold, answerMassage, answerMovement, answerNext } from "./pending-moves.ts";
import { answerOnset, answerRecheck, answerSeverity, answerSeverityWord } from "./pending-pain.ts";
import { answerActiveNow, answerArea, answerBellyKind, answerGrownUp, answerResume } from "./pending-place.ts";
import { answerCard, answerCheck, answerWhich } from "./pending-safety.ts";
import { answerConfirm, answerLateCheck, answerLegs, answerMassageGate, answerSuspect } from "./pending-signs.ts";
import { answerChoose, answerCountry, answerForget, answerGeneralNow, answerRestart } from "./pending-talk.ts";
import type { Turn } from "./turn.ts";

type Answer = (turn: Turn, message: MessageEvent, episode: Episode, about: string) => boolean;

/** Who takes the answer to which question: the part before the colon of its id. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  card: answerCard,
  which: answerWhich,
  check: answerCheck,
  suspect: answerSuspect,
  confirm: answerConfirm,
  "late-check": answerLateCheck,
  legs: answerLegs,
  "grown-up": answerGrownUp,
  "massage-gate": answerMassageGate,
  area: answerArea,
  severity: answerSeverity,
  "severity-word": answerSeverityWord,
  onset: answerOnset,
  hold: answerHold,
  massage: answerMassage,
  recheck: answerRecheck,
  movement: answerMovement,
  next: answerNext,
  exercise: answerExercise,
  "back-gate": answerBackGate,
  "belly-kind": answerBellyKind,
  "active-now": answerActiveNow,
  "check-in": answerCheckIn,
};

/** Answers to questions that need no episode. */
const TALK: Readonly<Record<string, (turn: Turn, message: MessageEvent, about: string) => boolean>> = {
  "check-in-answer": answerCheckInNow,
  "check-in-grips": answerGrips,
  choose: answerChoose,
  country: answerCountry,
  forget: answerForget,
  "general-now": answerGeneralNow,
  "hand-off": answerHandOff,
  restart: answerRestart,
  resume: (turn, message) => answerResume(turn, message, turn.conversation),
};

/** Reads the message as the answer to the pending question. False when it is something else. */
export function answerPending(turn: Turn, message: MessageEvent): boolean {
  const { question } = turn.conversation;
  if (question === null) return false;
  const [kind = "", about = ""] = question.id.split(":");
  const talk = TALK[kind];
  if (talk !== undefined) return talk(turn, message, about);
  const { episode } = turn;
  const answer = ANSWERS[kind];
  if (episode === null || answer === undefined) return false;
  return answer(turn, message, episode, about);
}

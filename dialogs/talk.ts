import { countsAsPresent } from "../src/care/labels.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import { chosen, isWell } from "./answer-reading.ts";
import type { MessageEvent } from "./event.ts";
import { sayReason } from "./first-aid/notes.ts";
import { offerHandOff } from "./hand-off.ts";
import { forgetEverything, sayCountry } from "./pending-talk.ts";
import { sayKnown } from "./privacy.ts";
import { reask } from "./reask.ts";
import { saySources } from "./repeat.ts";
import type { Turn } from "./turn.ts";

/** Things about the bot, the numbers and the data: answered at any time; the pending question comes back. */
export function handleTalk(turn: Turn, message: MessageEvent): boolean {
  const { understanding } = message;
  if (message.choice !== null) return false;
  const said = sayTalk(turn, understanding);
  if (!said) return false;
  // "My leg has locked up, I am scared": the comfort, and then the help.
  if (turn.episode !== null && turn.conversation.question === null && !turn.escalated) return true;
  turn.halted = true;
  if (turn.conversation.question !== null && !turn.replies.some((reply) => reply.ask !== null)) reask(turn);
  return true;
}

/** What is kept, and "forget me": in every state, and before "cancel", which some of these words also mean. */
export function handlePrivacy(turn: Turn, message: MessageEvent): boolean {
  if (message.choice !== null) return false;
  const { findings } = message.understanding;
  const says = (finding: string) => findings.get(finding) === "present" || findings.get(finding) === "hypothetical";
  if (says("forget-me")) askForget(turn);
  else if (says("export-me") || says("know-me")) sayKnown(turn);
  else return false;
  turn.halted = true;
  if (turn.conversation.question !== null && !turn.replies.some((reply) => reply.ask !== null)) reask(turn);
  return true;
}

function sayTalk(turn: Turn, understanding: Understanding): boolean {
  const says = (finding: string) =>
    understanding.findings.get(finding) === "present" || understanding.findings.get(finding) === "hypothetical";
  if (says("ask-source")) {
    saySources(turn);
    return true;
  }
  if (isFrightened(turn, understanding)) {
    if (!offerHandOff(turn)) turn.sayMessage("frightened", { again: turn.conversation.last.includes("message:frightened") });
    if (turn.conversation.question === null && turn.episode === null) turn.sayMessage("where");
    return true;
  }
  if (says("ask-human")) {
    turn.sayMessage("human-no");
    return true;
  }
  if (says("ask-change-country")) {
    turn.askMessage("ask-country", { id: "country", ask: "country", choices: [] });
    return true;
  }
  if (understanding.country !== null && understanding.length <= 8) {
    if (turn.conversation.question?.id === "country") turn.conversation.question = null;
    sayCountry(turn);
    return true;
  }
  if (says("ask-number")) {
    turn.sayMessage("my-number");
    return true;
  }
  return false;
}

/** Alone and frightened, and nothing else told: a person and the advice line are offered. */
function isFrightened(turn: Turn, { findings, length, area, pain, redFlags }: Understanding): boolean {
  if (length > 10 || (area !== null && turn.episode === null) || pain.value !== null || pain.word === "severe") return false;
  if (redFlags.some(({ polarity, disposition }) => polarity === "present" && disposition !== "self-care")) return false;
  return countsAsPresent(findings.get("frightened"));
}

function askForget(turn: Turn): void {
  if (turn.conversation.question?.id === "forget") {
    forgetEverything(turn);
    return;
  }
  const choices = turn.choices("forget", "keep");
  turn.askMessage("forget-ask", { id: "forget", ask: "confirm", choices });
}

/** A wish for a person, a nurse, an ambulance. */
export function handleHuman(turn: Turn, message: MessageEvent): boolean {
  const { understanding } = message;
  // A button that is pointed at ("line 1") is an answer.
  if (chosen(turn, message).length > 0) return false;
  // "I called 999" wishes for nobody: they are on the way.
  if (turn.escalated && understanding.findings.get("help-called") === "present") return false;
  const ambulance = understanding.findings.get("ambulance-wish") === "present";
  if (!ambulance && (understanding.intent !== "talk-to-human" || understanding.confidence < 0.5)) return false;
  turn.halted = true;
  if (!ambulance && offerHandOff(turn)) return true;
  if (ambulance) turn.sayMessage("ambulance");
  else {
    const again = turn.conversation.last.includes("message:person");
    turn.sayMessage("person", { again });
  }
  if (turn.conversation.question !== null) reask(turn);
  return true;
}

/** Hello, thanks, bye, what are you: short, and back to the task. */
export function handleSmallTalk(turn: Turn, message: MessageEvent): boolean {
  const { intent, confidence } = message.understanding;
  if (message.choice !== null) return false;
  if (isOver(turn) && message.understanding.yesNo !== null && message.understanding.length <= 3) return sayQuiet(turn);
  if (turn.conversation.question === null && turn.episode === null && isWell(message)) return sayQuiet(turn);
  if (confidence < 0.45) return false;
  const pending = turn.conversation.question !== null;
  if (message.understanding.findings.get("frustration") === "present" && !tellsOfCramp(message)) {
    turn.sayMessage("frustration");
    if (pending) reask(turn);
    else turn.sayMessage("person");
    return halt(turn);
  }
  switch (intent) {
    case "greet":
      // "Hey, back now, it went away": what it tells goes first.
      if (message.understanding.findings.get("eased") === "present") return false;
      if (pending) {
        turn.sayMessage("hello-again");
        reask(turn);
        return halt(turn);
      }
      if (turn.conversation.welcomed) turn.sayMessage("hello");
      else welcome(turn);
      return halt(turn);
    case "thanks":
      turn.sayMessage("you-are-welcome", { again: turn.conversation.last.includes("message:you-are-welcome") });
      if (pending) reask(turn);
      return halt(turn);
    case "affirm":
    case "deny":
    case "done":
      return isOver(turn) && sayQuiet(turn);
    case "goodbye":
      turn.clearTimer("reminder");
      if (turn.episode !== null) sayReason(turn, turn.episode);
      turn.sayMessage("goodbye");
      return halt(turn);
    case "help":
      turn.sayMessage("help", { again: turn.conversation.last.includes("message:help") });
      if (pending) reask(turn);
      return halt(turn);
    case "privacy":
      turn.sayMessage("privacy", { again: turn.conversation.last.includes("message:privacy") });
      if (pending) reask(turn);
      return halt(turn);
    default:
      return false;
  }
}

/** The help is over, and nothing is asked. */
function isOver({ conversation }: Turn): boolean {
  return conversation.question === null && conversation.past.length > 0 && conversation.episode?.ended !== false;
}

/** "Ok" after the end: a short word, and nothing begins. */
function sayQuiet(turn: Turn): boolean {
  turn.sayMessage("quiet", { again: turn.conversation.last.includes("message:quiet") });
  return halt(turn);
}

/** Swearing in pain is a report. */
function tellsOfCramp({ understanding }: MessageEvent): boolean {
  return understanding.area !== null || understanding.vague !== null || understanding.findings.get("cramp-strict") === "present";
}

function halt(turn: Turn): boolean {
  turn.halted = true;
  return true;
}

/** The first words to a person: a bot, not a doctor, what it does, the number. */
export function welcome(turn: Turn): void {
  turn.conversation.welcomed = true;
  if (turn.event.scope !== "personal") {
    turn.sayMessage("group-private", { sources: [] });
    return;
  }
  turn.sayMessage("welcome");
  if (!turn.reviewed) turn.sayMessage("unreviewed");
  turn.sayMessage("where");
}

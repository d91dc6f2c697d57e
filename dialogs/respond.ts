import type { Content } from "../src/care/content.ts";
import { flagRulesOf } from "../src/care/red-flags.ts";
import { namesIn } from "../src/care/rules.ts";
import { absorb } from "./absorb.ts";
import { handleReturn, takeReturn } from "./again.ts";
import { isQuestion, sayAnswer, surelyAsks } from "./answer.ts";
import { merelyNods } from "./answer-reading.ts";
import { tellsOtherPlace } from "./areas.ts";
import { askButtonOrPain } from "./buttons.ts";
import { inContext } from "./context.ts";
import { handleControl } from "./controls.ts";
import { type Conversation, copyOf } from "./conversation.ts";
import { handleCorrection, handleNewComplaint } from "./correction.ts";
import { applyDecision } from "./escalate.ts";
import type { Event, MessageEvent } from "./event.ts";
import { finish, type Response } from "./finish.ts";
import { fired } from "./fired.ts";
import { firstAid } from "./first-aid/first-aid.ts";
import { assess, setHardStop } from "./first-aid/recheck.ts";
import { advance } from "./flow.ts";
import { respondInGroup } from "./groups.ts";
import { isMuted, takeHandOffStatus } from "./hand-off.ts";
import { handleHelpBusy, handleHolding, leaveUnsafePlace, sayNothingNew } from "./holding.ts";
import { ageEpisode, askWhetherSame, isStale, takeWordless } from "./intake.ts";
import { newReport, takeAbsence } from "./new-report.ts";
import { answerPending } from "./pending.ts";
import { askLookFirst } from "./pending-safety.ts";
import { reask } from "./reask.ts";
import { repair } from "./repair.ts";
import type { HandOffTerms } from "./reply.ts";
import { painBand } from "./situation.ts";
import { handleSkip } from "./skip.ts";
import { askSuspected, tellsStory } from "./suspicion.ts";
import { handleHuman, handlePrivacy, handleSmallTalk, handleTalk, welcome } from "./talk.ts";
import { Turn, type World } from "./turn.ts";

export function createWorld(content: Content, defaultCountry: string | null, handOff: HandOffTerms | null = null): World {
  const flagRules = flagRulesOf(content.flags);
  const signsOf = new Map(flagRules.map(({ id, rule }) => [id, new Set(namesIn(rule).findings)]));
  const cardLines = Object.values(content.cards.cards).flat();
  const cardSigns = ["sign-word", ...cardLines.flatMap(({ findings }) => findings)];
  return { content, defaultCountry, flagRules, signsOf, cardLines, cardSigns, handOff };
}

/**
 * One turn of a conversation. Pure: no clock, no I/O; the same state and event give the same reply. Safety stands in front
 * of everything, then what works at any time, then the answer to the pending question, side questions, new reports, repair.
 */
export function respond(world: World, before: Conversation, event: Event, now: number): Response {
  const conversation = copyOf(before);
  const seen = event.kind === "message" ? inContext(event, before) : event;
  const turn = new Turn(world, conversation, seen, now);
  conversation.turns++;
  switch (seen.kind) {
    case "arrival":
      if (!conversation.welcomed) welcome(turn);
      break;
    case "timer":
      fired(turn, seen.timer);
      break;
    case "hand-off":
      takeHandOffStatus(turn, seen);
      break;
    case "message":
      takeMessage(turn, seen);
  }
  return finish(turn, before);
}

function takeMessage(turn: Turn, message: MessageEvent): void {
  const { conversation } = turn;
  if (message.scope !== "personal") {
    respondInGroup(turn, message);
    return;
  }
  ageEpisode(turn);
  conversation.lastAt = turn.now;
  const { understanding } = message;
  if (isMuted(turn, message)) {
    if (message.choice === null) absorb(turn, understanding);
    safety(turn);
    return;
  }
  if (understanding.otherLanguage !== null) {
    turn.sayMessage("other-language");
    turn.halted = true;
    return;
  }
  if (message.without !== null || (understanding.length === 0 && message.choice === null)) {
    takeWordless(turn, message);
    return;
  }
  if (isStale(turn, message)) {
    turn.sayMessage("stale-choice");
    if (conversation.question !== null) reask(turn);
    else sayNothingNew(turn);
    return;
  }
  // "Ok", "done" with the countdown: what was asked at its end stands, and is not asked again in the same breath.
  if (message.unseen === true && merelyNods(message)) return;
  if (turn.episode !== null) turn.bandBefore = painBand(turn.episode);
  takeReturn(turn, message);
  if (message.choice === null) absorb(turn, understanding);
  const { episode } = turn;
  if (episode !== null && leaveUnsafePlace(turn, message, episode)) {
    conversation.question = null;
    applyDecision(turn, episode);
  } else if (!handle(turn, message)) repair(turn, message);
  else conversation.misses = 0;
  settle(turn);
  if (turn.replies.length === 0) sayNothingNew(turn);
}

/** The short list of handlers, most important first. The first that takes the message ends the search. */
function handle(turn: Turn, message: MessageEvent): boolean {
  if (safety(turn)) return true;
  if (handlePrivacy(turn, message)) return true;
  if (handleHelpBusy(turn, message)) return true;
  if (handleControl(turn, message)) return true;
  if (handleTalk(turn, message)) return true;
  if (handleHuman(turn, message)) return true;
  if (askWhetherSame(turn, message)) return true;
  if (handleSkip(turn, message)) return true;
  if (askButtonOrPain(turn, message)) return true;
  if (turn.escalated && turn.episode !== null && (message.choice === "called" || message.choice === "getting-worse")) {
    handleHolding(turn, message, turn.episode);
    return true;
  }
  if (isHolding(turn)) {
    if (turn.conversation.question !== null && answerPending(turn, message)) return true;
    if (turn.episode !== null) handleHolding(turn, message, turn.episode);
    return true;
  }
  if (askLookFirst(turn)) return true;
  if (handleCorrection(turn, message)) return true;
  if (handleReturn(turn, message)) return true;
  if (answerPending(turn, message)) return true;
  if (speakOfSevere(turn)) return true;
  if (tellsWorse(turn, message)) return true;
  if (handleNewComplaint(turn, message)) return true;
  if (takeAbsence(turn, message)) return true;
  if (sideQuestion(turn, message)) return true;
  if (handleSmallTalk(turn, message)) return true;
  return newReport(turn, message);
}

/**
 * Flags and severe pain: whatever follows from them is said first, in this very turn. A number that answers "how is it now?"
 * is left to that question, which knows what it is compared with; the table is asked right after.
 */
function safety(turn: Turn): boolean {
  const { episode } = turn;
  if (episode === null) return false;
  if (!turn.flagRaised && !turn.longerNow && (ratesPain(turn) || !turn.severeNow)) return false;
  const spoken = turn.replies.length;
  applyDecision(turn, episode);
  return turn.replies.length > spoken && turn.halted;
}

/** Severe pain that no question took as its answer: the advice before anything else. What ran goes on only where it may. */
function speakOfSevere(turn: Turn): boolean {
  const { episode } = turn;
  if (episode === null || !turn.severeNow) return false;
  const spoken = turn.replies.length;
  applyDecision(turn, episode);
  if (turn.replies.length === spoken) return false;
  turn.halted = true;
  return true;
}

/** "It is getting worse", whatever was asked: after something was tried, or with severe pain, that counts as at a re-check. */
function tellsWorse(turn: Turn, { understanding, choice }: MessageEvent): boolean {
  const { episode } = turn;
  if (episode === null || choice !== null || understanding.intent !== "report-worse" || understanding.confidence < 0.5)
    return false;
  if (tellsOtherPlace({ understanding }, episode)) return false;
  if (episode.holds === 0 && painBand(episode) !== "severe") return false;
  assess(episode, "worse");
  // Said before or not: it is answered.
  episode.row = null;
  turn.conversation.question = null;
  turn.conversation.paused = null;
  turn.clearTimer("hold", "massage");
  return true;
}

/** The pending question takes a number or "better, same, worse" as its answer. */
function ratesPain(turn: Turn): boolean {
  const { question } = turn.conversation;
  const ask = question?.ask;
  // Asked for the start a second time, a number alone says that it is not known.
  if (ask === "onset" && (question?.tries ?? 0) > 0) return true;
  return (
    ask === "severity" ||
    ask === "recheck" ||
    turn.conversation.question?.id === "hold" ||
    turn.conversation.question?.id === "massage"
  );
}

function isHolding(turn: Turn): boolean {
  const { episode } = turn;
  if (episode === null || !turn.escalated) return false;
  const row = turn.content.decisions.rows.find((one) => one.id === episode.row);
  return row === undefined || row.allows.length === 0 || (episode.card.state === "clean" && !row.allows.includes("hold"));
}

function sideQuestion(turn: Turn, message: MessageEvent): boolean {
  const { understanding } = message;
  if (!isQuestion(understanding.intent) || understanding.confidence < 0.4) return false;
  if (turn.episode !== null && turn.conversation.question === null && turn.episode.done.length === 0) {
    // A sigh beside a complaint is no question.
    if (!surelyAsks(understanding)) return false;
    // A complaint and a question in one: the answer, then the flow.
    sayAnswer(turn, understanding);
    return true;
  }
  sayAnswer(turn, understanding);
  if (turn.conversation.question !== null) {
    reask(turn);
    turn.halted = true;
    return true;
  }
  if (turn.episode === null && asksAboutSigns(understanding)) {
    const choices = turn.choices("yes", "no");
    turn.askMessage("general-now", { id: "general-now", ask: "confirm", choices });
  }
  turn.halted = turn.episode === null;
  return true;
}

function asksAboutSigns(understanding: MessageEvent["understanding"]): boolean {
  return understanding.intent === "ask-seriousness" || understanding.redFlags.some((flag) => flag.polarity === "hypothetical");
}

/** After the handlers: a new escalation from an answer, a question of the second net, then the next step. */
function settle(turn: Turn): void {
  const { episode } = turn;
  if (episode === null) return;
  if (turn.halted && !turn.severeNow) {
    // Advice was given, and something more urgent may be behind it.
    if (turn.escalated && turn.conversation.question === null) askSuspected(turn);
    return;
  }
  const { row } = episode;
  applyDecision(turn, episode);
  if (turn.halted) return;
  if (turn.escalated && isHolding(turn)) {
    turn.halted = true;
    if (turn.replies.length === 0 || row === null) turn.sayMessage("hold-general");
    return;
  }
  if (turn.conversation.question !== null) return;
  if (askSuspected(turn)) return;
  if (tellsStory(turn)) return;
  advance(turn, firstAid);
  setHardStop(turn, episode);
}

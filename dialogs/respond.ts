import type { Content, FlagContent } from "../src/care/content.ts";
import { namesIn } from "../src/care/rules.ts";
import { wording } from "../src/care/said.ts";
import { saidFinding } from "../src/care/said-finding.ts";
import { absorb } from "./absorb.ts";
import { isQuestion, sayAnswer } from "./answer.ts";
import { inContext } from "./context.ts";
import { handleControl } from "./controls.ts";
import type { Conversation, Timer } from "./conversation.ts";
import { handleCorrection, handleNewComplaint } from "./correction.ts";
import { applyDecision } from "./escalate.ts";
import type { Event, MessageEvent } from "./event.ts";
import { fired } from "./fired.ts";
import { firstAid } from "./first-aid/first-aid.ts";
import { setHardStop } from "./first-aid/recheck.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import { advance } from "./flow.ts";
import { respondInGroup } from "./groups.ts";
import { isMuted, takeHandOffStatus } from "./hand-off.ts";
import { handleHolding, leaveUnsafePlace } from "./holding.ts";
import { answerPending } from "./pending.ts";
import { reask } from "./reask.ts";
import { repair } from "./repair.ts";
import type { Clock, HandOffTerms, Reply } from "./reply.ts";
import { handleHuman, handlePrivacy, handleSmallTalk, handleTalk, welcome } from "./talk.ts";
import { Turn, type World } from "./turn.ts";

/** What a turn comes to. */
export interface Response {
  readonly conversation: Conversation;
  /** At most three, in the order to send them. */
  readonly replies: readonly Reply[];
  /** The whole desired set: what is missing is cancelled. */
  readonly timers: readonly Timer[];
  /** Everything stored about the person is to be deleted, this conversation too. */
  readonly forget: boolean;
}

export function createWorld(content: Content, defaultCountry: string | null, handOff: HandOffTerms | null = null): World {
  const flagRules = content.flags.map((flag: FlagContent) => ({ ...flag, rule: { any: [flag.rule, saidFinding(flag.id)] } }));
  const signsOf = new Map(
    content.flags.map((flag) => [flag.id, new Set([...namesIn(flag.rule).findings, saidFinding(flag.id)])]),
  );
  return { content, defaultCountry, flagRules, signsOf, handOff };
}

/** After so long without a word an episode is over. */
const EPISODE_LIFE = 12 * 60 * 60_000;
/** After so long the bot asks whether it is still the same cramp. */
const STILL_SAME = 30 * 60_000;
const REMINDER_AFTER = 3 * 60_000;

/**
 * One turn of a conversation. Pure: no clock, no I/O; the same state and event give the same reply. Safety stands in front
 * of everything, then what works at any time, then the answer to the pending question, side questions, new reports, repair.
 */
export function respond(world: World, before: Conversation, event: Event, now: number): Response {
  const conversation = structuredClone(before);
  const seen = event.kind === "message" ? { ...event, understanding: inContext(event.understanding, before) } : event;
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
    if (conversation.question === null) turn.sayMessage("anything-else");
    else reask(turn);
    return;
  }
  if (message.choice === null) absorb(turn, understanding);
  const { episode } = turn;
  if (episode !== null && leaveUnsafePlace(turn, message, episode)) {
    conversation.question = null;
    applyDecision(turn, episode);
  } else if (!handle(turn, message)) repair(turn, message);
  else conversation.misses = 0;
  settle(turn);
}

/** The short list of handlers, most important first. The first that takes the message ends the search. */
function handle(turn: Turn, message: MessageEvent): boolean {
  if (safety(turn)) return true;
  if (handlePrivacy(turn, message)) return true;
  if (handleControl(turn, message)) return true;
  if (handleTalk(turn, message)) return true;
  if (handleHuman(turn, message)) return true;
  if (isHolding(turn)) {
    if (turn.conversation.question !== null && answerPending(turn, message)) return true;
    if (turn.episode !== null) handleHolding(turn, message, turn.episode);
    return true;
  }
  if (handleCorrection(turn, message)) return true;
  if (answerPending(turn, message)) return true;
  if (handleNewComplaint(turn, message)) return true;
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
  if (!turn.flagRaised && (ratesPain(turn) || !turn.severeNow)) return false;
  const spoken = turn.replies.length;
  applyDecision(turn, episode);
  return turn.replies.length > spoken && turn.halted;
}

/** The pending question takes a number or "better, same, worse" as its answer. */
function ratesPain(turn: Turn): boolean {
  const ask = turn.conversation.question?.ask;
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
    const choices = [turn.choice("yes"), turn.choice("no")];
    turn.askMessage("general-now", { id: "general-now", ask: "confirm", choices });
  }
  turn.halted = turn.episode === null;
  return true;
}

function asksAboutSigns(understanding: MessageEvent["understanding"]): boolean {
  return understanding.intent === "ask-seriousness" || understanding.redFlags.some((flag) => flag.polarity === "hypothetical");
}

/** Something about a cramp that fits no question: the flow takes it up. */
function newReport(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { understanding } = message;
  if (episode === null) return false;
  const informative =
    understanding.area !== null ||
    understanding.vague !== null ||
    understanding.pain.value !== null ||
    understanding.pain.word !== null ||
    understanding.duration !== null ||
    (understanding.intent.startsWith("report-") && understanding.confidence >= 0.5);
  if (turn.conversation.question !== null) {
    if (!informative) return false;
    reask(turn);
    turn.halted = true;
    return true;
  }
  return informative || episode.done.length === 0 || episode.findings.length > 0;
}

/** After the handlers: a new escalation from an answer, a question of the second net, then the next step. */
function settle(turn: Turn): void {
  const { episode } = turn;
  if (episode === null || (turn.halted && !turn.severeNow)) return;
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

/** The second net heard something that no rule found: one question first. */
function askSuspected(turn: Turn): boolean {
  const { episode, message } = turn;
  const flag = message?.understanding.suspected ?? null;
  if (
    episode === null ||
    flag === null ||
    message?.choice !== null ||
    episode.closedFlags.includes(flag) ||
    episode.flags.length > 0
  )
    return false;
  const content = turn.content.flags.find((one) => one.id === flag);
  const ask = content?.ask[0];
  if (ask === undefined || content === undefined) return false;
  const question = wording(ask, turn.person);
  const choices = [turn.choice("yes"), turn.choice("no"), turn.choice("unsure")];
  turn.askMessage(
    "suspect",
    { id: `suspect:${flag}`, ask: "safety-check", choices },
    { values: { question }, sources: content.sources },
  );
  return true;
}

/** Nothing grips now and the reason for an appointment was said: ask whether it is happening at all. */
function tellsStory(turn: Turn): boolean {
  const { episode } = turn;
  if (episode === null || episode.done.length > 0 || episode.disposition !== "see-clinician-soon" || episode.row !== "flag-soon")
    return false;
  const choices = [turn.choice("yes"), turn.choice("no")];
  episode.done.push("story");
  turn.askMessage("active-now", { id: "active-now", ask: "confirm", choices });
  return true;
}

/** A long silence ends an episode, or asks whether it is still the same. */
function ageEpisode(turn: Turn): void {
  const { conversation } = turn;
  const { episode } = conversation;
  if (episode === null || episode.ended) return;
  const silent = turn.now - episode.lastAt;
  if (silent >= EPISODE_LIFE) {
    finishEpisode(turn, episode);
    conversation.question = null;
    conversation.parked = [];
    turn.clearTimer("hold", "massage", "hard-stop", "recheck", "reminder");
  } else if (silent >= STILL_SAME && episode.startedAt === null) {
    episode.startUnsure = true;
  }
}

function takeWordless(turn: Turn, message: MessageEvent): void {
  turn.halted = true;
  turn.sayMessage(message.without === "picture" ? "no-pictures" : "empty");
  if (turn.conversation.question !== null) reask(turn);
}

/** A button of an older question. */
function isStale(turn: Turn, message: MessageEvent): boolean {
  const { question } = turn.conversation;
  if (message.choice === null) return false;
  if (["called", "getting-worse", "start-over"].includes(message.choice)) return false;
  if (question === null) return true;
  if (message.choiceOf !== null && message.choiceOf !== question.id) return true;
  return !message.choice.split(",").some((value) => question.options.includes(value.trim()));
}

function finish(turn: Turn, before: Conversation): Response {
  const { conversation } = turn;
  introduce(turn);
  avoidRepeating(turn, before);
  keepLastButtons(turn);
  if (turn.said.length > 0) conversation.last = turn.said.slice(-6);
  remindLater(turn);
  const clock = clockOf(conversation);
  const personal = turn.event.scope === "personal";
  const replies = turn.replies.map((reply) => ({ ...reply, clock, ...(personal ? {} : { flags: [], sources: [] }) }));
  return { conversation, replies, timers: conversation.timers, forget: turn.forget };
}

function clockOf({ timers, paused }: Conversation): Clock | null {
  if (paused !== null) return { state: "paused", secondsLeft: Math.ceil(paused.remaining / 1000) };
  const timer = timers.find(({ kind }) => kind === "hold" || kind === "massage");
  return timer === undefined ? null : { state: "running", endsAt: timer.at, seconds: timer.seconds ?? 0 };
}

/** The first words to somebody who starts without a greeting: a bot, not a doctor, and the number. Help comes before it. */
function introduce(turn: Turn): void {
  const { conversation, event, replies } = turn;
  if (conversation.welcomed || event.kind !== "message" || event.scope !== "personal" || replies.length === 0) return;
  conversation.welcomed = true;
  if (turn.full) return;
  const helps = replies[0]?.step === "escalate";
  if (helps && replies.at(-1)?.ask !== null) return;
  const said = turn.said.length;
  turn.sayMessage(helps ? "intro-short" : "intro");
  turn.said.length = said;
  const intro = replies.pop();
  if (intro === undefined) return;
  if (helps) replies.push({ ...intro, choices: replies.at(-1)?.choices ?? [] });
  else replies.unshift(intro);
}

/** Buttons that several replies share stand below the last of them. */
function keepLastButtons(turn: Turn): void {
  const values = (reply: Reply | undefined) => reply?.choices.map(({ value }) => value).join();
  turn.replies.forEach((reply, at) => {
    if (values(reply) === values(turn.replies[at + 1])) turn.replies[at] = { ...reply, choices: [] };
  });
}

/** The same whole turn never goes out twice in a row. */
function avoidRepeating(turn: Turn, before: Conversation): void {
  const print = turn.replies.map((reply) => reply.text).join("\n");
  if (
    print !== "" &&
    fingerprint(print) === before.lastPrint &&
    turn.replies.every((reply) => reply.ask === null && reply.step !== "escalate")
  ) {
    turn.replies.length = 0;
    turn.said.length = 0;
    turn.sayMessage("anything-else");
  }
  turn.conversation.lastPrint = fingerprint(turn.replies.map((reply) => reply.text).join("\n"));
}

/** FNV-1a of the text: enough to tell one turn from the last, and no words are kept. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** One gentle word when a question stays open, then quiet. */
function remindLater(turn: Turn): void {
  const { conversation, event } = turn;
  if (event.reach === "none" || event.scope !== "personal") return;
  if (event.kind !== "message") return;
  turn.clearTimer("reminder");
  const open =
    conversation.question !== null &&
    !turn.hasTimer("hold") &&
    !turn.hasTimer("massage") &&
    conversation.question.ask !== "check-in";
  if (open) turn.setTimer("reminder", turn.now + REMINDER_AFTER);
}

import { atMostThree } from "./at-most-three.ts";
import type { Conversation, Timer } from "./conversation.ts";
import { sayNothingNew } from "./holding.ts";
import { repeatLast } from "./repeat.ts";
import type { Clock, Reply } from "./reply.ts";
import type { Turn } from "./turn.ts";

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

const REMINDER_AFTER = 3 * 60_000;

/** Puts the last touches to the turn: the introduction, no repetition, the buttons, the reminder, the clock. */
export function finish(turn: Turn, before: Conversation): Response {
  const { conversation } = turn;
  turn.replies.splice(0, turn.replies.length, ...atMostThree(turn.replies));
  tellOfLength(turn);
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
  // A full turn has no room for it: then it stands before the next one.
  if (turn.full) return;
  const helps = replies[0]?.step === "escalate";
  if (helps && replies.at(-1)?.ask !== null) return;
  const said = turn.said.length;
  turn.sayMessage(helps ? "intro-short" : "intro");
  turn.said.length = said;
  const intro = replies.pop();
  if (intro === undefined) return;
  conversation.welcomed = true;
  if (helps) replies.push({ ...intro, choices: replies.at(-1)?.choices ?? [] });
  else replies.unshift(intro);
}

/** Only the first part of a very long message was read. Help goes before that news. */
function tellOfLength(turn: Turn): void {
  if (turn.message?.long !== true || turn.full || turn.replies.some(({ step }) => step === "escalate")) return;
  const said = turn.said.length;
  turn.sayMessage("too-long");
  turn.said.length = said;
  const note = turn.replies.pop();
  if (note !== undefined) turn.replies.unshift(note);
}

/** Buttons that several replies share stand below the last of them. */
function keepLastButtons(turn: Turn): void {
  const values = (reply: Reply | undefined) => reply?.choices.map(({ value }) => value).join();
  turn.replies.forEach((reply, at) => {
    if (values(reply) === values(turn.replies[at + 1])) turn.replies[at] = { ...reply, choices: [] };
  });
}

/** The same whole turn never goes out twice in a row: a question comes in other words, anything else gives way. */
function avoidRepeating(turn: Turn, before: Conversation): void {
  const print = turn.replies.map((reply) => reply.text).join("\n");
  const same = print !== "" && fingerprint(print) === before.lastPrint;
  if (same && turn.replies.every(({ step }) => step !== "escalate")) {
    const asks = turn.replies.some(({ ask }) => ask !== null);
    turn.replies.length = 0;
    turn.said.length = 0;
    if (asks) repeatLast(turn);
    else sayNothingNew(turn);
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
  // A question that a countdown asked is waited for as well; a reminder or a check-in is not reminded of.
  const asked = turn.replies.some(({ ask }) => ask !== null) && !conversation.reminded && conversation.checkIn === null;
  if (event.kind !== "message" && !(event.kind === "timer" && asked)) return;
  turn.clearTimer("reminder");
  const open =
    conversation.question !== null &&
    !turn.hasTimer("hold") &&
    !turn.hasTimer("massage") &&
    conversation.question.ask !== "check-in";
  if (open) turn.setTimer("reminder", turn.now + REMINDER_AFTER);
}

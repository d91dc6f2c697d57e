import { atMostThree } from "../../dialogs/at-most-three.ts";
import type { Conversation, Timer } from "../../dialogs/conversation.ts";
import type { Setting } from "../../dialogs/event.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { respond } from "../../dialogs/respond.ts";
import type { World } from "../../dialogs/turn.ts";
import type { StoredConversation } from "../store/store.ts";
import type { Understand } from "../understanding/understand.ts";
import { eventOf } from "./event-of.ts";
import { fallbackReply, stateLostReply } from "./fallback.ts";
import type { Incoming, Observer } from "./port.ts";
import type { RecentStates } from "./recent-states.ts";
import { readState } from "./state.ts";

/** What the bot knows. */
export interface Mind {
  readonly world: World;
  readonly understand: Understand;
}

/** What a turn comes to, before it is kept. */
export interface Computed {
  readonly before: Conversation;
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
  readonly forget: boolean;
  readonly intent: string | null;
  /** The kept state, when it could not be used. */
  readonly setAside: string | null;
}

export type Compute = (incoming: Incoming, stored: StoredConversation | null, mind: Mind) => Computed;

/** A state in which this many turns in a row failed is set aside, so that nobody is trapped in it. */
const MOST_FAILURES = 2;

/** Computes turns. It never throws: what fails inside gives the fixed text, and the state as it was. */
export function createCompute(observer: Observer, recent: RecentStates): Compute {
  const failures = new Map<string, number>();

  return (incoming, stored, mind) => {
    const { conversation: key } = incoming;
    const json = stored?.state ?? null;
    try {
      const stuck = (failures.get(key) ?? 0) >= MOST_FAILURES;
      const { conversation, problem } = recent.read(key, json);
      if (problem !== null) observer.failure("state", new Error(`a kept state could not be read: ${problem}`));
      const lost = stuck || problem !== null;
      const turn = lost ? afterLoss(incoming, json, mind, stuck ? "{}" : (json ?? "")) : turnOf(incoming, conversation, mind);
      failures.delete(key);
      return turn;
    } catch (error) {
      observer.failure("turn", error);
      failures.set(key, (failures.get(key) ?? 0) + 1);
      const { conversation } = readState(json);
      const replies = [fallbackReply(mind.world, settingOf(incoming), conversation.country)];
      return { before: conversation, conversation, replies, forget: false, intent: null, setAside: null };
    }
  };
}

function turnOf(incoming: Incoming, before: Conversation, mind: Mind): Computed {
  let conversation = before;
  const replies: Reply[] = [];
  const setting = settingOf(incoming);
  for (const timer of dueTimers(conversation, incoming.at)) {
    const fired = respond(mind.world, conversation, { kind: "timer", timer: timer.id, ...setting }, incoming.at);
    conversation = fired.conversation;
    replies.push(...fired.replies);
  }
  const written = eventOf(incoming, conversation, mind.understand);
  const unseen = replies.at(-1)?.ask != null;
  const event = written.kind === "message" && unseen ? { ...written, unseen } : written;
  const response = respond(mind.world, conversation, event, incoming.at);
  const intent = event.kind === "message" ? event.understanding.intent : null;
  return {
    before,
    conversation: response.conversation,
    replies: atMostThree([...replies, ...response.replies]),
    forget: response.forget,
    intent,
    setAside: null,
  };
}

/**
 * The place in the talk is lost: the message is taken as a first one. An emergency is answered as ever; otherwise the person
 * is told, and with the number again where help had been advised.
 * @param readable the state to save the rest from
 */
function afterLoss(incoming: Incoming, setAside: string | null, { world, understand }: Mind, readable: string): Computed {
  const { conversation: fresh, escalated } = readState(readable);
  const setting = settingOf(incoming);
  const event = eventOf(incoming, fresh, understand);
  const response = respond(world, fresh, event, incoming.at);
  const intent = event.kind === "message" ? event.understanding.intent : null;
  const base = { before: fresh, forget: response.forget, intent, setAside };
  if (response.forget || response.replies.some(({ step }) => step === "escalate")) {
    return { ...base, conversation: response.conversation, replies: response.replies };
  }
  const told = [stateLostReply(world, setting, fresh.country)];
  if (escalated) told.unshift(fallbackReply(world, setting, fresh.country));
  const learned = response.conversation.episode !== null;
  const conversation = learned ? response.conversation : fresh;
  return { ...base, conversation, replies: learned ? [...told, ...response.replies].slice(0, 3) : told };
}

/** The timers that are due, the earliest first. */
export function dueTimers(conversation: Conversation, until: number): Timer[] {
  return conversation.timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at);
}

export function settingOf({ locale, timeZone, scope, reach }: Setting): Setting {
  return { locale, timeZone, scope, reach };
}

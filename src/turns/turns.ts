import type { Conversation } from "../../dialogs/conversation.ts";
import type { Setting } from "../../dialogs/event.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { type Response, respond } from "../../dialogs/respond.ts";
import type { World } from "../../dialogs/turn.ts";
import { isEscalation } from "../care/labels.ts";
import type { AuditEntry, Change, KeptMessage, Store, StoredConversation } from "../store/store.ts";
import type { Understand } from "../understanding/understand.ts";
import { eventOf } from "./event-of.ts";
import { fallbackReply } from "./fallback.ts";
import { createLanes } from "./lanes.ts";
import type { Deliver, Handled, Incoming, Observer, Outgoing, SeenTurn, Turns } from "./port.ts";
import { readState } from "./state.ts";

export interface TurnsParts {
  readonly store: Store;
  /** What the bot knows; turns wait for it while it is still being learned. */
  readonly mind: Promise<Mind>;
  readonly observer: Observer;
}

export interface Mind {
  readonly world: World;
  readonly understand: Understand;
}

/** A turn is pure, so one that lost a race is simply computed again; this often before something must be wrong. */
const MOST_RACES = 20;
const LEASE = 30_000;
const BATCH = 100;

/** What is kept beside the state, so that a timer can speak later. */
interface Address {
  readonly setting: Setting;
  readonly reference: string | null;
}

export function createTurns({ store, mind, observer }: TurnsParts): Turns {
  const inLane = createLanes();
  const delivers = new Map<string, Deliver>();

  const run = async (incoming: Incoming, { world, understand }: Mind): Promise<Handled> => {
    const began = performance.now();
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored, handled } = await store.load(incoming.conversation, incoming.activity);
      if (handled !== null) {
        observer.turn(seen(incoming, null, [], true, began));
        return {
          replies: outgoingOf(handled),
          repeated: true,
          kept: true,
          sequence: handled[0]?.sequence ?? 0,
          forgotten: false,
        };
      }
      const turn = compute(incoming, stored, { world, understand });
      if (!(await store.commit(changeOf(incoming, stored, turn, world.content.version)))) continue;
      observer.turn(seen(incoming, turn.intent, turn.replies, false, began));
      const sequence = (stored?.sequence ?? 0) + 1;
      const replies = numbered(turn.replies, sequence, incoming.at, incoming.mustDeliver);
      return { replies, repeated: false, kept: true, sequence, forgotten: turn.forget };
    }
    throw new Error("the conversation changes faster than turns can be computed");
  };

  const compute = (incoming: Incoming, stored: StoredConversation | null, { world, understand }: Mind): Computed => {
    const kept = readState(stored?.state ?? null);
    if (kept.unreadable) observer.failure("state", new Error("a kept state could not be read"));
    try {
      let { conversation } = kept;
      const replies: Reply[] = [];
      const setting = settingOf(incoming);
      for (const timer of dueTimers(conversation, incoming.at)) {
        const fired = respond(world, conversation, { kind: "timer", timer: timer.id, ...setting }, incoming.at);
        conversation = fired.conversation;
        replies.push(...fired.replies);
      }
      const event = eventOf(incoming, conversation, understand);
      const response = respond(world, conversation, event, incoming.at);
      const intent = event.kind === "message" ? event.understanding.intent : null;
      return { ...response, before: kept.conversation, replies: [...replies, ...response.replies], intent };
    } catch (error) {
      observer.failure("turn", error);
      const { conversation } = kept;
      const replies = [fallbackReply(world, settingOf(incoming), conversation.country)];
      return { conversation, before: conversation, replies, timers: conversation.timers, forget: false, intent: null };
    }
  };

  /** With the store down an emergency still gets its answer; everybody else gets the fixed text. */
  const withoutStore = (incoming: Incoming, { world, understand }: Mind): Handled => {
    const turn = compute(incoming, null, { world, understand });
    const helps = turn.replies.some((reply) => isEscalation(reply.disposition));
    const replies = helps ? turn.replies : [fallbackReply(world, settingOf(incoming), null)];
    return { replies: numbered(replies, 0, incoming.at, false), repeated: false, kept: false, sequence: 0, forgotten: false };
  };

  const advance = async (
    key: string,
    until: number,
    atOwnTime: boolean,
  ): Promise<{ said: Outgoing[]; stored: StoredConversation | null }> => {
    const said: Outgoing[] = [];
    const { world } = await mind;
    for (let race = 0; race < MOST_RACES; ) {
      const { conversation: stored } = await store.load(key, null);
      const { conversation } = readState(stored?.state ?? null);
      const timer = dueTimers(conversation, until)[0];
      if (stored === null || timer === undefined) return { said, stored };
      const now = atOwnTime ? timer.at : until;
      const address = JSON.parse(stored.address) as Address;
      const response = respond(world, conversation, { kind: "timer", timer: timer.id, ...address.setting }, now);
      const change = changeOfTimer(key, stored, response, delivers.has(stored.channel) && !atOwnTime, now, world.content.version);
      if (!(await store.commit(change))) {
        race++;
        continue;
      }
      race = 0;
      said.push(...numbered(response.replies, stored.sequence, now, !atOwnTime));
    }
    throw new Error("the conversation changes faster than its timers can fire");
  };

  const acknowledge = async (key: string, replies: readonly Outgoing[]): Promise<void> => {
    const sequences = replies.filter(({ pending }) => pending).map(({ sequence }) => sequence);
    if (sequences.length > 0) await store.acknowledge(key, sequences);
  };

  const leave = async (key: string): Promise<void> => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored } = await store.load(key, null);
      if (stored === null) return;
      const { setting } = JSON.parse(stored.address) as Address;
      const address: Address = { setting, reference: null };
      if (await store.commit(changeOfAddress(key, stored, address))) return;
    }
    throw new Error("the conversation changes faster than it can be left");
  };

  const deliver = async (key: string, channel: string, address: string, replies: readonly Outgoing[]): Promise<void> => {
    const send = delivers.get(channel);
    if (send === undefined || replies.length === 0) return;
    try {
      const outcome = await send({ conversation: key, reference: (JSON.parse(address) as Address).reference }, replies);
      await acknowledge(key, replies);
      if (outcome === "gone") await leave(key);
    } catch (error) {
      observer.failure("deliver", error);
    }
  };

  return {
    handle: (incoming) =>
      inLane(incoming.conversation, async () => {
        const known = await mind;
        try {
          return await run(incoming, known);
        } catch (error) {
          observer.failure("store", error);
          return withoutStore(incoming, known);
        }
      }),
    advance: (key, until) => inLane(key, async () => (await advance(key, until, true)).said),
    fire: (key, now) =>
      inLane(key, async () => {
        const { said, stored } = await advance(key, now, false);
        if (stored !== null) await deliver(key, stored.channel, stored.address, said);
      }),
    deliverUnsent: async (now) => {
      for (const { conversation, channel, address, messages } of await store.claimUnsent(now - LEASE, now, LEASE, BATCH)) {
        await deliver(conversation, channel, address, outgoingOf(messages));
      }
    },
    acknowledge,
    leave,
    connect: (channel, send) => {
      delivers.set(channel, send);
    },
  };
}

interface Computed extends Response {
  readonly before: Conversation;
  readonly intent: string | null;
}

function settingOf({ locale, timeZone, scope, reach }: Setting): Setting {
  return { locale, timeZone, scope, reach };
}

function dueTimers(conversation: Conversation, until: number) {
  return conversation.timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at);
}

function numbered(replies: readonly Reply[], after: number, at: number, pending: boolean): Outgoing[] {
  return replies.map((reply, index) => ({ sequence: after + index + 1, at, reply, pending }));
}

function outgoingOf(messages: readonly KeptMessage[]): Outgoing[] {
  return messages
    .filter(({ from, body }) => from === "bot" && body !== "")
    .map(({ sequence, at, body, pending }) => ({ sequence, at, reply: JSON.parse(body) as Reply, pending }));
}

function changeOf(incoming: Incoming, stored: StoredConversation | null, turn: Computed, contentVersion: string) {
  const { conversation, channel, activity, at } = incoming;
  const first = (stored?.sequence ?? 0) + 1;
  const echo: KeptMessage = {
    sequence: first,
    from: "user",
    activity,
    body: turn.forget ? "" : (incoming.echo?.(first) ?? ""),
    pending: false,
    at,
  };
  const messages = [echo, ...keptReplies(turn.replies, first, activity, incoming.mustDeliver, at)];
  const known = stored === null ? null : (JSON.parse(stored.address) as Address).reference;
  const address: Address = { setting: settingOf(incoming), reference: incoming.reference ?? known };
  return {
    conversation,
    basedOn: stored?.version ?? 0,
    sequence: first + turn.replies.length,
    state: JSON.stringify(turn.conversation),
    channel,
    address: JSON.stringify(address),
    messages,
    timers: changedTimers(turn.before, turn.conversation),
    audit: auditOf(turn.before, turn.conversation, contentVersion, at),
    forget: turn.forget,
    at,
  };
}

function changeOfTimer(
  conversation: string,
  stored: StoredConversation,
  response: Response,
  mustDeliver: boolean,
  at: number,
  contentVersion: string,
) {
  const before = readState(stored.state).conversation;
  return {
    conversation,
    basedOn: stored.version,
    sequence: stored.sequence + response.replies.length,
    state: JSON.stringify(response.conversation),
    channel: stored.channel,
    address: stored.address,
    messages: keptReplies(response.replies, stored.sequence, null, mustDeliver, at),
    timers: response.timers,
    audit: auditOf(before, response.conversation, contentVersion, at),
    forget: false,
    at,
  };
}

/** Nothing is to be said any more; what is known stays until it expires. */
function changeOfAddress(conversation: string, stored: StoredConversation, address: Address): Change {
  const { version, sequence, state, channel } = stored;
  return {
    conversation,
    basedOn: version,
    sequence,
    state,
    channel,
    address: JSON.stringify(address),
    messages: [],
    timers: [],
    audit: [],
    forget: false,
    at: readState(state).conversation.lastAt,
  };
}

function keptReplies(
  replies: readonly Reply[],
  after: number,
  activity: string | null,
  pending: boolean,
  at: number,
): KeptMessage[] {
  return replies.map((reply, index) => ({
    sequence: after + index + 1,
    from: "bot",
    activity,
    body: JSON.stringify(reply),
    pending,
    at,
  }));
}

function changedTimers(before: Conversation, after: Conversation): Conversation["timers"] | null {
  const same =
    before.timers.length === after.timers.length && before.timers.every((timer, i) => timer.id === after.timers[i]?.id);
  return same ? null : after.timers;
}

/** A line for every escalation and every change of its level. */
function auditOf(before: Conversation, after: Conversation, contentVersion: string, at: number): AuditEntry[] {
  const { episode } = after;
  if (episode === null || !isEscalation(episode.disposition)) return [];
  const known = before.episode?.id === episode.id ? before.episode : null;
  if (known !== null && known.disposition === episode.disposition && known.row === episode.row) return [];
  return [
    {
      at,
      contentVersion,
      disposition: episode.disposition ?? "",
      row: episode.row ?? "",
      flags: episode.flags.map(({ id }) => id),
    },
  ];
}

function seen(incoming: Incoming, intent: string | null, replies: readonly Reply[], repeated: boolean, began: number): SeenTurn {
  const disposition = replies.at(-1)?.disposition ?? null;
  return {
    channel: incoming.channel,
    kind: incoming.what.kind,
    intent,
    steps: replies.map(({ step }) => step),
    disposition,
    escalated: replies.some(({ step }) => step === "escalate"),
    repeated,
    milliseconds: performance.now() - began,
  };
}

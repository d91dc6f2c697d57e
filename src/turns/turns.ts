import { respond } from "../../dialogs/respond.ts";
import { isEscalation } from "../care/labels.ts";
import type { Store, StoredConversation, Unsent } from "../store/store.ts";
import {
  addressOf,
  changeOf,
  changeOfTimer,
  changeToLeave,
  changeToSleep,
  handOffCallsOf,
  type Keeping,
  numbered,
  outgoingOf,
} from "./change.ts";
import { type Computed, createCompute, dueTimers, type Mind, settingOf } from "./compute.ts";
import { fallbackReply } from "./fallback.ts";
import { createLanes } from "./lanes.ts";
import type { Deliver, Handled, HandOffCall, Incoming, Informed, News, Observer, Outgoing, SeenTurn, Turns } from "./port.ts";
import { createRecentStates } from "./recent-states.ts";
import { readState } from "./state.ts";

export type { Mind } from "./compute.ts";

export interface TurnsParts {
  readonly store: Store;
  /** What the bot knows; turns wait for it while it is still being learned. */
  readonly mind: Promise<Mind>;
  readonly observer: Observer;
}

/** A turn is pure, so one that lost a race is simply computed again; this often before something must be wrong. */
const MOST_RACES = 20;
/** Whoever committed a reply has this long to send it; then any instance does. */
const SEND_MILLISECONDS = 20_000;
const BATCH = 100;
const NOTHING_KEPT: Keeping = { transcript: false };

interface Connected extends Keeping {
  readonly send: Deliver;
}

export function createTurns({ store, mind, observer }: TurnsParts): Turns {
  const inLane = createLanes();
  const channels = new Map<string, Connected>();
  const recent = createRecentStates();
  const compute = createCompute(observer, recent);
  let passOn: ((call: HandOffCall) => void) | null = null;

  /** @throws Trouble when the store failed */
  const run = async (incoming: Incoming, known: Mind): Promise<Handled> => {
    const began = performance.now();
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored, handled } = await store.load(incoming.conversation, incoming.activity);
      if (handled !== null) {
        observer.turn(seen(incoming, null, [], true, began));
        const sequence = handled[0]?.sequence ?? 0;
        return { replies: outgoingOf(handled), repeated: true, kept: true, sequence, forgotten: false };
      }
      const turn = compute(incoming, stored, known);
      const keeping = { ...(channels.get(incoming.channel) ?? NOTHING_KEPT), passesOn: passOn !== null };
      const change = changeOf(incoming, stored, turn, known.world.content.version, keeping);
      const written = await store.commit(change).catch((error: unknown) => {
        throw new CommitError(error, turn);
      });
      if (!written) continue;
      recent.keep(incoming.conversation, change.state, turn.conversation, incoming.at);
      for (const call of handOffCallsOf(change.messages)) passOn?.(call);
      observer.turn(seen(incoming, turn.intent, turn.replies, false, began));
      const sequence = (stored?.sequence ?? 0) + 1;
      const replies = numbered(turn.replies, sequence, incoming.at, incoming.mustDeliver);
      return { replies, repeated: false, kept: true, sequence, forgotten: turn.forget };
    }
    throw new Error("the conversation changes faster than turns can be computed");
  };

  /** With the store down an emergency still gets its answer; everybody else gets the fixed text. */
  const withoutStore = (incoming: Incoming, known: Mind, computed: Computed | null): Handled => {
    const began = performance.now();
    const turn = computed ?? compute(incoming, null, known);
    const helps = turn.replies.some((reply) => reply.step === "escalate" && isEscalation(reply.disposition));
    const replies = helps ? turn.replies : [fallbackReply(known.world, settingOf(incoming), turn.conversation.country)];
    observer.turn(seen(incoming, turn.intent, replies, false, began));
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
      const began = performance.now();
      const { conversation: stored } = await store.load(key, null);
      const address = stored === null ? null : addressOf(stored);
      const { conversation } = readState(stored?.state ?? null);
      const timer = dueTimers(conversation, until)[0];
      const channel = stored === null ? undefined : channels.get(stored.channel);
      if (stored === null) return { said, stored };
      if (timer === undefined || address === null || (channel === undefined && !atOwnTime)) {
        if (!atOwnTime && said.length === 0) await store.commit(changeToSleep(key, stored));
        return { said, stored };
      }
      const now = atOwnTime ? timer.at : until;
      const response = respond(world, conversation, { kind: "timer", timer: timer.id, ...address.setting }, now);
      const transcript = channel?.transcript ?? false;
      const keeping = { transcript, mustDeliver: !atOwnTime && !transcript, at: now };
      const change = changeOfTimer(key, stored, conversation, response, world.content.version, keeping);
      if (!(await store.commit(change))) {
        race++;
        continue;
      }
      race = 0;
      observer.turn({ ...seenReplies(response.replies, began), channel: stored.channel, kind: "timer", intent: null });
      said.push(...numbered(response.replies, stored.sequence, now, keeping.mustDeliver));
    }
    throw new Error("the conversation changes faster than its timers can fire");
  };

  const acknowledge: Turns["acknowledge"] = async (key, sent) => {
    const sequences = sent.filter(({ pending }) => pending).map(({ sequence }) => sequence);
    if (sequences.length === 0) return;
    // A reply that cannot be struck off now goes out once more later: better twice than never.
    await store.acknowledge(key, sequences).catch((error: unknown) => observer.failure("store", error));
  };

  const leave = async (key: string): Promise<void> => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored } = await store.load(key, null);
      if (stored === null || (await store.commit(changeToLeave(key, stored)))) return;
    }
    throw new Error("the conversation changes faster than it can be left");
  };

  const deliver = async (key: string, to: WhereTo, replies: readonly Outgoing[]): Promise<void> => {
    const send = channels.get(to.channel)?.send;
    if (send === undefined || replies.length === 0) return;
    const { reference } = to;
    try {
      const outcome = await send({ conversation: key, reference }, replies);
      await acknowledge(key, replies);
      if (outcome === "gone") await leave(key);
    } catch (error) {
      observer.failure("deliver", error);
    }
  };

  const inform = async (news: News): Promise<Informed> => {
    const { conversation: key, mustDeliver } = news;
    const { conversation: stored } = await store.load(key, null);
    if (stored === null || stored.state === null) return { heard: false, handOff: null };
    const { replies, repeated } = await run(news, await mind);
    await deliver(key, news, mustDeliver ? replies.filter(({ pending }) => pending) : replies);
    const { conversation } = await store.load(key, null);
    return { heard: repeated || replies.length > 0, handOff: handOffOf(conversation, news.what.asked) };
  };

  /** What is older than `until`: what is younger is being sent by whoever committed it. */
  const deliverLate = async ({ conversation: key, messages, ...to }: Unsent, until: number): Promise<void> => {
    const late = messages.filter(({ at }) => at <= until);
    for (const call of handOffCallsOf(late)) passOn?.(call);
    await inLane(key, () => deliver(key, whereTo(to), outgoingOf(late)));
  };

  return {
    handle: (incoming) =>
      inLane(incoming.conversation, async () => {
        const known = await mind;
        try {
          return await run(incoming, known);
        } catch (error) {
          const failed = error instanceof CommitError;
          observer.failure("store", failed ? error.cause : error);
          return withoutStore(incoming, known, failed ? error.turn : null);
        }
      }),
    inform: (incoming) => inLane(incoming.conversation, () => inform(incoming)),
    advance: (key, until) => inLane(key, async () => (await advance(key, until, true)).said),
    fire: (key, now) =>
      inLane(key, async () => {
        const { said, stored } = await advance(key, now, false);
        if (stored !== null) await deliver(key, whereTo(stored), said);
      }),
    deliverUnsent: async (now, age = SEND_MILLISECONDS) => {
      for (;;) {
        const unsent = await store.claimUnsent(now - age, now, SEND_MILLISECONDS, BATCH);
        await Promise.all(unsent.map((one) => deliverLate(one, now - age)));
        if (unsent.length < BATCH) return;
      }
    },
    acknowledge,
    leave,
    connect: (channel, send, keeping = NOTHING_KEPT) => {
      channels.set(channel, { send, ...keeping });
    },
    connectHandOff: (to) => {
      passOn = to;
    },
  };
}

/** How the wish of that time stands. */
function handOffOf(stored: StoredConversation | null, asked: number | null): Informed["handOff"] {
  const { handOff, handOffAt } = readState(stored?.state ?? null).conversation;
  if (handOff === null || handOff === "offered") return null;
  return asked !== null && handOffAt !== undefined && asked !== handOffAt ? null : handOff;
}

/** Where what is said goes. */
type WhereTo = Pick<Incoming, "channel" | "reference">;

function whereTo({ channel, address }: Pick<StoredConversation, "channel" | "address">): WhereTo {
  const { reference } = address === "" ? { reference: null } : (JSON.parse(address) as { reference: string | null });
  return { channel, reference };
}

/** The turn was computed, but could not be kept. */
class CommitError extends Error {
  readonly turn: Computed;

  constructor(cause: unknown, turn: Computed) {
    super("the turn could not be kept", { cause });
    this.turn = turn;
  }
}

type Said = Computed["replies"];

function seen(incoming: Incoming, intent: string | null, replies: Said, repeated: boolean, began: number): SeenTurn {
  return { ...seenReplies(replies, began), channel: incoming.channel, kind: incoming.what.kind, intent, repeated };
}

function seenReplies(replies: Said, began: number): Omit<SeenTurn, "channel" | "kind" | "intent"> {
  return {
    steps: replies.map(({ step }) => step),
    disposition: replies.at(-1)?.disposition ?? null,
    escalated: replies.some(({ step }) => step === "escalate"),
    repeated: false,
    milliseconds: performance.now() - began,
  };
}

import { clockOffset } from "./clock.ts";
import { createDelivery } from "./delivery.ts";
import { type Message, readActivity } from "./message.ts";
import { openOutbox, type Pending, type Pressed, toRetry } from "./outbox.ts";
import { createSession, Ended, randomText } from "./session.ts";
import { shelfAt } from "./shelf.ts";
import { type Connection, createStream } from "./stream.ts";
import { merge } from "./transcript.ts";

export interface ChatState {
  readonly connection: Connection;
  readonly messages: readonly Message[];
  /** Not in the transcript yet, oldest first. */
  readonly pending: readonly Pending[];
  /** How far the server's clock is ahead, milliseconds. */
  readonly offset: number;
  /** The last one known, for the time without a connection. */
  readonly emergencyNumber: string | null;
  /** The earlier conversation could not be opened any more, and a new one was begun. */
  readonly lostEarlier: boolean;
}

export interface Chat {
  readonly state: ChatState;
  start(): void;
  stop(): void;
  /** Tries again at once, for instance when the network is back. */
  wake(): void;
  send(text: string, value: Pressed | null): void;
  /** Sends one again that did not go out. */
  retry(clientId: string): void;
  /** Takes one back that did not go out. */
  discard(clientId: string): Pending | null;
}

export interface ChatParts {
  /** The server's address without a slash at the end. */
  readonly endpoint: string;
  readonly locale: () => string;
  readonly changed: (state: ChatState) => void;
}

/** The stream is up, and yet a message did not get through: the next try. */
const AGAIN = 5_000;

/** The button that deletes everything stored about the person. */
const FORGET = "forget";

/** A conversation with the bot that survives reloads, sleep, lost networks and restarts of the server. */
export function createChat({ endpoint, locale, changed }: ChatParts): Chat {
  const key = (name: string) => `unknot:${endpoint}:${name}`;
  const setting = () => ({ locale: locale(), localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const session = createSession({
    endpoint,
    shelf: shelfAt(() => localStorage, key("session")),
    setting,
    locked: async (work) => (navigator.locks === undefined ? await work() : await navigator.locks.request(key("renew"), work)),
    now: Date.now,
  });
  const outbox = openOutbox(
    shelfAt(() => localStorage, key("outbox")),
    Date.now(),
  );
  let state: ChatState = {
    connection: "connecting",
    messages: [],
    pending: outbox.all,
    offset: session.saved?.offset ?? 0,
    emergencyNumber: session.saved?.emergencyNumber ?? null,
    lostEarlier: false,
  };
  let conversation = session.saved?.conversation ?? "";
  let busy = false;

  const change = (what: Partial<ChatState>): void => {
    state = { ...state, ...what, pending: outbox.all };
    changed(state);
  };

  const token = async (refused?: string): Promise<string> => {
    try {
      const good = await session.token(refused);
      follow();
      return good;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      await beginAnew();
      return await session.token();
    }
  };

  /** Another tab, or this one, has begun another conversation. */
  const follow = (): void => {
    const current = session.saved?.conversation ?? "";
    if (current === conversation) return;
    const isFirst = conversation === "";
    conversation = current;
    if (isFirst) return;
    change({ messages: [] });
    stream.start();
  };

  const beginAnew = async (): Promise<void> => {
    await session.begin();
    // Answers to the questions of the old conversation are not sent into the new one.
    outbox.remove(outbox.all.filter(({ value }) => value !== null).map(({ clientId }) => clientId));
    change({ lostEarlier: true });
    follow();
  };

  const stream = createStream({
    endpoint,
    token,
    conversation: () => conversation,
    arrived: (activities) => arrived(activities.map(readActivity).filter((one) => one !== null)),
    changed: (connection) => {
      if (connection !== state.connection) change({ connection });
      if (connection === "online") sendAgain();
    },
    ended: beginAnew,
  });

  const arrived = (messages: readonly Message[]): void => {
    const echoes = messages.map(({ clientId }) => clientId).filter((one) => one !== null);
    const sent = delivery.last;
    const own = messages.find(({ clientId }) => clientId !== null && clientId === sent?.clientId);
    if (own !== undefined && sent !== null) session.note({ offset: clockOffset(own.at, sent.at, Date.now()) });
    outbox.remove(echoes);
    const number = messages.findLast(({ from }) => from === "bot")?.emergencyNumber ?? state.emergencyNumber;
    if (number !== state.emergencyNumber) session.note({ emergencyNumber: number });
    change({
      messages: merge(state.messages, messages),
      offset: session.saved?.offset ?? 0,
      emergencyNumber: number,
    });
  };

  const delivery = createDelivery({ endpoint, conversation: () => conversation, token, setting });

  /** One after the other, so that they arrive in the order they were written. */
  const post = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (;;) {
      const next = outbox.all.find(({ state: one }) => one === "waiting");
      if (next === undefined) break;
      outbox.update(next.clientId, "sending");
      change({});
      const came = await delivery.deliver(next);
      if (outbox.all.some(({ clientId }) => clientId === next.clientId)) outbox.update(next.clientId, came);
      change({});
      if (came === "sent" && next.value?.choice === FORGET) showWhatIsKept();
      if (came === "failed") {
        stream.wake();
        setTimeout(() => state.connection === "online" && navigator.onLine && sendAgain(), AGAIN);
      }
    }
    busy = false;
  };

  /** The server has deleted the talk: what is on the screen goes as well. */
  const showWhatIsKept = (): void => {
    change({ messages: [] });
    stream.start();
  };

  const sendAgain = (): void => {
    for (const { clientId } of toRetry(outbox.all, Date.now())) outbox.update(clientId, "waiting");
    void post();
  };

  return {
    get state() {
      return state;
    },
    start: () => stream.start(),
    stop: () => stream.stop(),
    wake: () => {
      follow();
      stream.wake();
      if (navigator.onLine) sendAgain();
    },
    send: (text, value) => {
      outbox.add({ clientId: randomText(), text, value, at: Date.now(), state: "waiting" });
      change({});
      void post();
    },
    retry: (clientId) => {
      outbox.update(clientId, "waiting");
      change({});
      stream.wake();
      void post();
    },
    discard: (clientId) => {
      const found = outbox.all.find((one) => one.clientId === clientId) ?? null;
      outbox.remove([clientId]);
      change({});
      return found;
    },
  };
}

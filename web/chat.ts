import { type ChatState, type ChatStore, createChatStore } from "./chat-state.ts";
import { type Conversation, createConversation } from "./conversation.ts";
import { createDelivery } from "./delivery.ts";
import { type Outbox, openOutbox } from "./outbox.ts";
import { createSender, type Sender } from "./sender.ts";
import { createSession, type Session } from "./session.ts";
import { shelfAt } from "./shelf.ts";
import { createStream, type Stream } from "./stream.ts";
import type { Setting } from "./token-service.ts";

export interface Chat extends Pick<Sender, "send" | "retry" | "discard">, Pick<Stream, "start" | "stop"> {
  readonly state: ChatState;
  /** Tries again at once, for instance when the network is back. */
  wake(): void;
}

export interface ChatParts {
  /** The server's address without a slash at the end. */
  readonly endpoint: string;
  readonly locale: () => string;
  readonly changed: (state: ChatState) => void;
}

/** The button that deletes everything stored about the person. */
const FORGET = "forget";

/** A conversation with the bot that survives reloads, sleep, lost networks and restarts of the server. */
export function createChat({ endpoint, locale, changed }: ChatParts): Chat {
  // Pages of one site may embed the chats of two servers.
  const keyOf = (name: string) => `unknot:${endpoint}:${name}`;
  const shelf = (name: string) => shelfAt(() => localStorage, keyOf(name));
  const setting = () => ({ locale: locale(), localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const session = createSession({
    endpoint,
    shelf: shelf("session"),
    setting,
    locked: async (work) => (navigator.locks === undefined ? await work() : await navigator.locks.request(keyOf("renew"), work)),
    now: Date.now,
  });
  const outbox = openOutbox(shelf("outbox"), Date.now());
  const store = createChatStore({ session, outbox, changed });
  const { conversation, sender, stream } = connect({ endpoint, setting, session, outbox, store });
  return {
    get state() {
      return store.state;
    },
    start: stream.start,
    stop: stream.stop,
    wake: () => {
      conversation.follow();
      stream.wake();
      if (navigator.onLine) sender.sendAgain();
    },
    send: sender.send,
    retry: sender.retry,
    discard: sender.discard,
  };
}

interface LinkParts {
  readonly endpoint: string;
  readonly setting: () => Setting;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly store: ChatStore;
}

interface Link {
  readonly conversation: Conversation;
  readonly sender: Sender;
  readonly stream: Stream;
}

/** Joins what goes out, what comes in, and the conversation that both belong to. */
function connect({ endpoint, setting, session, outbox, store }: LinkParts): Link {
  const showAnew = (): void => {
    store.change({ messages: [] });
    stream.start();
  };
  const conversation = createConversation({
    endpoint,
    session,
    lost: () => {
      outbox.removeAnswers();
      store.change({ lostEarlier: true });
    },
    moved: showAnew,
  });
  const delivery = createDelivery({ call: conversation.call, setting, arrived: store.take });
  const sender = createSender({
    outbox,
    deliver: delivery.deliver,
    changed: () => store.change({}),
    sent: (message) => {
      store.answered(message, Date.now());
      // The server has deleted the talk: what is on the screen goes as well.
      if (message.value?.choice === FORGET) showAnew();
    },
    reconnect: () => stream.wake(),
    isOnline: () => store.state.connection === "online" && navigator.onLine,
  });
  const stream = createStream({
    call: conversation.call,
    arrived: store.take,
    changed: (connection) => {
      // Said at every poll. What fails although there is a connection has its own time (sender.ts).
      if (connection === store.state.connection) return;
      store.change({ connection });
      if (connection === "online") sender.sendAgain();
    },
    ended: conversation.beginAnew,
  });
  return { conversation, sender, stream };
}

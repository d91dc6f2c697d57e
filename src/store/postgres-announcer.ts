import pg from "pg";

/** Tells the instances of one database of each other's messages. */
export interface Announcer {
  /** Tells the other instances that something was said in a conversation. Never waits and never fails. */
  announce(conversation: string): void;
  /** Listens from now on, and again whenever the connection was lost; null tells that something may have been missed. */
  listen(listener: (conversation: string | null) => void): void;
  /** Sends what still waits. */
  close(): Promise<void>;
}

const CHANNEL = "unknot_said";
const AGAIN_MILLISECONDS = 1000;
/**
 * A commit that notifies waits for every other that does. So announcements go out apart from the commits, several at once;
 * one that is lost costs nothing but time, since every stream catches up by sequence numbers.
 */
const GATHER_MILLISECONDS = 5;
/** Conversations; beyond that every stream finds out by itself. */
const MOST_WAITING = 10_000;

type Failed = (error: unknown) => void;

/** @param notify sends the payloads on the channel */
export function createAnnouncer(
  connection: pg.ClientConfig,
  notify: (channel: string, payloads: readonly string[]) => Promise<unknown>,
  failed: Failed,
): Announcer {
  // Everybody on the channel hears everything: an instance knows its own by this.
  const self = `${Math.random().toString(36).slice(2, 10)} `;
  const outbox = createOutbox(
    (conversations) =>
      notify(
        CHANNEL,
        conversations.map((conversation) => self + conversation),
      ),
    failed,
  );
  let stopListening = async (): Promise<void> => {};

  return {
    announce: outbox.add,
    listen: (listener) => {
      const heard = (payload: string | null) => {
        if (payload === null) listener(null);
        else if (!payload.startsWith(self)) listener(payload.slice(payload.indexOf(" ") + 1));
      };
      stopListening = keepListening(connection, heard, failed);
    },
    close: async () => {
      await Promise.all([outbox.close(), stopListening()]);
    },
  };
}

interface Outbox {
  add(conversation: string): void;
  close(): Promise<void>;
}

/** Gathers what is to be told, and tells it a moment later; what a broken connection swallowed goes out again over the next one. */
function createOutbox(send: (conversations: readonly string[]) => Promise<unknown>, failed: Failed): Outbox {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = async (): Promise<void> => {
    timer = null;
    const conversations = [...waiting];
    waiting.clear();
    await send(conversations).catch((error: unknown) => {
      failed(error);
      if (!closed && waiting.size <= MOST_WAITING) add(conversations, AGAIN_MILLISECONDS);
    });
  };
  const add = (conversations: readonly string[], milliseconds: number): void => {
    for (const conversation of conversations) waiting.add(conversation);
    timer ??= setTimeout(() => void flush(), milliseconds);
  };

  return {
    add: (conversation) => add([conversation], GATHER_MILLISECONDS),
    close: async () => {
      closed = true;
      if (timer === null) return;
      clearTimeout(timer);
      await flush();
    },
  };
}

/**
 * Listens over a connection of its own, and over another when that one is lost.
 * @param heard told each payload, and null whenever it begins to listen: something may have been missed until then
 * @returns what stops it
 */
function keepListening(
  connection: pg.ClientConfig,
  heard: (payload: string | null) => void,
  failed: Failed,
): () => Promise<void> {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client(connection);
    client = fresh;
    let ended = false;
    const again = (error?: unknown) => {
      if (ended) return;
      ended = true;
      if (closed) return;
      if (error !== undefined) failed(error);
      retry = setTimeout(() => void connect(), AGAIN_MILLISECONDS);
    };
    fresh.on("error", again);
    fresh.on("end", () => again());
    fresh.on("notification", ({ payload = "" }) => heard(payload));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      heard(null);
    } catch (error) {
      again(error);
      await fresh.end().catch(() => {});
    }
  };

  void connect();
  return async () => {
    closed = true;
    if (retry !== null) clearTimeout(retry);
    await client?.end().catch(() => {});
  };
}

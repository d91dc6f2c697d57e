import pg from "pg";

export interface Announcer {
  readonly channel: string;
  /** Tells the other instances that something was said in a conversation. Never waits and never fails. */
  announce(conversation: string): void;
  /** How announcements go out. */
  sendThrough(send: (payloads: readonly string[]) => Promise<unknown>): void;
  /** Listens from now on, and again whenever the connection was lost; null tells that something may have been missed. */
  listen(listener: (conversation: string | null) => void): void;
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

export function createAnnouncer(connection: pg.ClientConfig, failed: (error: unknown) => void): Announcer {
  const self = Math.random().toString(36).slice(2, 10);
  const waiting = new Set<string>();
  let send: (payloads: readonly string[]) => Promise<unknown> = async () => {};
  let timer: NodeJS.Timeout | null = null;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = async (): Promise<void> => {
    timer = null;
    const conversations = [...waiting];
    waiting.clear();
    await send(conversations.map((conversation) => `${self} ${conversation}`)).catch((error: unknown) => {
      failed(error);
      tryLater(conversations);
    });
  };
  /** What a broken connection swallowed goes out again over the next one. */
  const tryLater = (conversations: readonly string[]): void => {
    if (closed || waiting.size > MOST_WAITING) return;
    for (const conversation of conversations) waiting.add(conversation);
    timer ??= setTimeout(() => void flush(), AGAIN_MILLISECONDS);
  };

  const connect = async (listener: (conversation: string | null) => void): Promise<void> => {
    retry = null;
    const fresh = new pg.Client(connection);
    let ended = false;
    const again = (error?: unknown) => {
      if (ended) return;
      ended = true;
      if (closed) return;
      if (error !== undefined) failed(error);
      retry = setTimeout(() => void connect(listener), AGAIN_MILLISECONDS);
    };
    fresh.on("error", again);
    fresh.on("end", () => again());
    fresh.on("notification", ({ payload = "" }) => {
      if (!payload.startsWith(`${self} `)) listener(payload.slice(payload.indexOf(" ") + 1));
    });
    client = fresh;
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      listener(null);
    } catch (error) {
      again(error);
      await fresh.end().catch(() => {});
    }
  };

  return {
    channel: CHANNEL,
    announce: (conversation) => {
      waiting.add(conversation);
      timer ??= setTimeout(() => void flush(), GATHER_MILLISECONDS);
    },
    sendThrough: (way) => {
      send = way;
    },
    listen: (listener) => void connect(listener),
    close: async () => {
      closed = true;
      if (timer !== null) {
        clearTimeout(timer);
        await flush();
      }
      if (retry !== null) clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}

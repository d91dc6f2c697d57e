import type { WebSocket } from "ws";

/** A message of a transcript, ready to send. */
export interface Line {
  readonly sequence: number;
  /** The activity, as JSON. */
  readonly json: string;
}

export interface Hub {
  /** Puts a socket in charge of a conversation; an older one is closed. Everything after `watermark` is sent first. */
  attach(conversation: string, socket: WebSocket, watermark: number): Promise<void>;
  /** Whether somebody is there to whom lines can be shown. */
  isHeard(conversation: string): boolean;
  /** New lines of a conversation. Gaps are filled from the transcript; what was sent before is passed over. */
  publish(conversation: string, lines: readonly Line[]): Promise<void>;
  /**
   * Something was said that this process did not see: sends it from the transcript. Null looks after every stream. A stream
   * whose transcript cannot be read is closed, so that its client asks again.
   */
  refresh(conversation: string | null): Promise<void>;
  /** Lines that could not be kept: they have no place in the transcript, and are shown once to whoever is there. */
  show(conversation: string, lines: readonly string[]): void;
  /** Tells every client to connect again elsewhere, and closes. */
  close(): void;
  readonly size: number;
}

interface Listener {
  readonly socket: WebSocket;
  sent: number;
  /** Answers in flight are waited for, so that lines keep their order. */
  tail: Promise<void>;
  alive: boolean;
}

const HEARTBEAT = 20_000;
const POLICY_VIOLATION = 1008;
const SERVICE_RESTART = 1012;
const TRY_AGAIN = 1013;
/** A client that does not read its messages is let go. */
const MOST_BUFFERED = 1024 * 1024;

/**
 * The open streams of the web chat, one for each conversation.
 * @param shared other processes say something in these conversations; should word of it be lost, a heartbeat finds it
 */
export function createHub(transcript: (conversation: string, after: number) => Promise<readonly Line[]>, shared: boolean): Hub {
  const listeners = new Map<string, Listener>();
  const heartbeat = setInterval(() => {
    for (const [conversation, listener] of listeners) beat(conversation, listener);
  }, HEARTBEAT);
  heartbeat.unref();

  const beat = (conversation: string, listener: Listener) => {
    if (!listener.alive || listener.socket.bufferedAmount > MOST_BUFFERED) {
      listeners.delete(conversation);
      listener.socket.terminate();
      return;
    }
    listener.alive = false;
    listener.socket.ping();
    listener.socket.send("");
    if (shared) void queue(listener, () => catchUp(conversation, listener));
  };

  const send = (listener: Listener, lines: readonly Line[]) => {
    const fresh = lines.filter(({ sequence }) => sequence > listener.sent);
    const last = fresh.at(-1);
    if (last === undefined) return;
    listener.sent = last.sequence;
    listener.socket.send(`{"activities":[${fresh.map(({ json }) => json).join(",")}],"watermark":"${last.sequence}"}`);
  };

  const catchUp = async (conversation: string, listener: Listener) => {
    for (;;) {
      const before = listener.sent;
      send(listener, await transcript(conversation, before));
      if (listener.sent === before) return;
    }
  };

  /** Takes the next job of a stream. One that fails closes it, so that its client connects again and catches up. */
  const queue = async (listener: Listener, job: () => Promise<void>): Promise<void> => {
    listener.tail = listener.tail.then(job).catch(() => listener.socket.close(TRY_AGAIN, "try again"));
    await listener.tail;
  };

  return {
    attach: async (conversation, socket, watermark) => {
      listeners.get(conversation)?.socket.close(POLICY_VIOLATION, "collision");
      const listener: Listener = { socket, sent: watermark, tail: Promise.resolve(), alive: true };
      listeners.set(conversation, listener);
      socket.on("pong", () => {
        listener.alive = true;
      });
      socket.on("close", () => {
        if (listeners.get(conversation) === listener) listeners.delete(conversation);
      });
      listener.tail = catchUp(conversation, listener);
      await listener.tail;
    },
    isHeard: (conversation) => listeners.has(conversation),
    publish: async (conversation, lines) => {
      const listener = listeners.get(conversation);
      const first = lines[0];
      if (listener === undefined || first === undefined) return;
      await queue(listener, async () => {
        if (first.sequence > listener.sent + 1) await catchUp(conversation, listener);
        else send(listener, lines);
      });
    },
    refresh: async (conversation) => {
      if (conversation === null) {
        await Promise.all([...listeners].map(([id, listener]) => queue(listener, () => catchUp(id, listener))));
        return;
      }
      const listener = listeners.get(conversation);
      if (listener !== undefined) await queue(listener, () => catchUp(conversation, listener));
    },
    show: (conversation, lines) => {
      const listener = listeners.get(conversation);
      listener?.socket.send(`{"activities":[${lines.join(",")}],"watermark":"${listener.sent}"}`);
    },
    close: () => {
      clearInterval(heartbeat);
      for (const { socket } of listeners.values()) socket.close(SERVICE_RESTART, "restarting");
      listeners.clear();
    },
    get size() {
      return listeners.size;
    },
  };
}

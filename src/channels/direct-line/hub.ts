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
  /** New lines of a conversation. Gaps are filled from the transcript; what was sent before is passed over. */
  publish(conversation: string, lines: readonly Line[]): Promise<void>;
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
/** A client that does not read its messages is let go. */
const MOST_BUFFERED = 1024 * 1024;

/** The open streams of the web chat, one for each conversation. */
export function createHub(transcript: (conversation: string, after: number) => Promise<readonly Line[]>): Hub {
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
      const page = await transcript(conversation, listener.sent);
      if (page.length === 0) return;
      send(listener, page);
    }
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
    publish: async (conversation, lines) => {
      const listener = listeners.get(conversation);
      const first = lines[0];
      if (listener === undefined || first === undefined) return;
      listener.tail = listener.tail.then(async () => {
        if (first.sequence > listener.sent + 1) await catchUp(conversation, listener);
        else send(listener, lines);
      });
      await listener.tail;
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

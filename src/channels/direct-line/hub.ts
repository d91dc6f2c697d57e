import type { WebSocket } from "ws";
import type { Line } from "./line.ts";
import { createListener, type Listener } from "./listener.ts";

export interface Hub {
  /**
   * Puts a socket in charge of a conversation; an older one is closed. Everything after `watermark` is sent first, or as soon
   * as the transcript can be read.
   */
  attach(conversation: string, socket: WebSocket, watermark: number): Promise<void>;
  /** Whether somebody is there to whom lines can be shown. */
  isHeard(conversation: string): boolean;
  /** New lines of a conversation. Gaps are filled from the transcript; what was sent before is passed over. */
  publish(conversation: string, lines: readonly Line[]): Promise<void>;
  /** Something was said that this process did not see: sends it from the transcript. Null looks after every stream. */
  refresh(conversation: string | null): Promise<void>;
  /** Activities that could not be kept: they have no place in the transcript, and are shown once to whoever is there. */
  show(conversation: string, activities: readonly object[]): void;
  /** Tells every client to connect again elsewhere, and closes. */
  close(): void;
  readonly size: number;
}

const HEARTBEAT = 20_000;
const POLICY_VIOLATION = 1008;
const SERVICE_RESTART = 1012;

/**
 * The open streams of the web chat, one for each conversation.
 * @param shared other processes say something in these conversations; should word of it be lost, a heartbeat finds it
 */
export function createHub(transcript: (conversation: string, after: number) => Promise<readonly Line[]>, shared: boolean): Hub {
  const listeners = new Map<string, Listener>();
  const heartbeat = setInterval(() => {
    for (const [conversation, listener] of listeners) {
      if (!listener.beat()) listeners.delete(conversation);
      else if (shared || listener.isBehind) void listener.catchUp();
    }
  }, HEARTBEAT);
  heartbeat.unref();

  return {
    attach: async (conversation, socket, watermark) => {
      listeners.get(conversation)?.close(POLICY_VIOLATION, "collision");
      const listener = createListener(socket, watermark, (after) => transcript(conversation, after));
      listeners.set(conversation, listener);
      socket.on("close", () => {
        if (listeners.get(conversation) === listener) listeners.delete(conversation);
      });
      await listener.catchUp();
    },
    isHeard: (conversation) => listeners.has(conversation),
    publish: async (conversation, lines) => {
      if (lines.length > 0) await listeners.get(conversation)?.publish(lines);
    },
    refresh: async (conversation) => {
      if (conversation === null) await Promise.all([...listeners.values()].map((one) => one.catchUp()));
      else await listeners.get(conversation)?.catchUp();
    },
    show: (conversation, activities) => listeners.get(conversation)?.show(activities),
    close: () => {
      clearInterval(heartbeat);
      for (const listener of listeners.values()) listener.close(SERVICE_RESTART, "restarting");
      listeners.clear();
    },
    get size() {
      return listeners.size;
    },
  };
}

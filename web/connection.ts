import { Refused } from "./call.ts";
import type { Closing } from "./socket.ts";

export type Connection = "connecting" | "online" | "offline";

export interface ConnectionParts {
  /** Listens on a socket until it closes. @throws when the server cannot be reached, or says no */
  readonly listen: () => Promise<Closing>;
  /** Asks from time to time for a while, where a socket is of no use. @throws as listen does */
  readonly poll: () => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly changed: (connection: Connection) => void;
  /** The server does not know the conversation any more. */
  readonly ended: () => Promise<void>;
}

const LONGEST_BACKOFF = 15_000;

/** Keeps the conversation connected until it is stopped: by a socket, or by polling where none opens or another tab has it. */
export async function keepConnected(parts: ConnectionParts, stopped: AbortSignal): Promise<void> {
  const { listen, poll, wait, changed } = parts;
  let failures = 0;
  let unopened = 0;
  while (!stopped.aborted) {
    try {
      const closing = await listen();
      unopened = closing === "unopened" ? unopened + 1 : 0;
      if (closing !== "unopened") failures = 0;
      if (closing === "superseded" || unopened > 1) {
        await poll();
        continue;
      }
      changed("connecting");
    } catch (error) {
      if (isUnknown(error) && !stopped.aborted) await parts.ended().catch(() => {});
      changed("offline");
    }
    failures++;
    await wait(backoff(failures));
  }
}

/** A 404 alone does not say so: a proxy answers the same while the server is being replaced. */
function isUnknown(error: unknown): boolean {
  return error instanceof Refused && error.code === "ConversationNotFound";
}

/** Exponential, and spread, so that not all pages come back to a restarted server at the same moment. */
function backoff(failures: number): number {
  return Math.min(LONGEST_BACKOFF, 250 * 2 ** failures) * (0.75 + Math.random() / 2);
}

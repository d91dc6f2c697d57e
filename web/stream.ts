import { type ActivityFeedParts, createActivityFeed } from "./activity-feed.ts";
import { type Connection, keepConnected } from "./connection.ts";
import { createPause } from "./pause.ts";
import { type Closing, openSocket, type Socket } from "./socket.ts";

export interface StreamParts extends ActivityFeedParts {
  readonly changed: (connection: Connection) => void;
  /** The server does not know the conversation any more. */
  readonly ended: () => Promise<void>;
}

export interface Stream {
  /** From the first activity on, also when it runs already. */
  start(): void;
  stop(): void;
  /** The page is looked at again, or the network is back: try at once, and take the socket back from another tab. */
  wake(): void;
}

const POLL = 2_000;
const HIDDEN_POLL = 15_000;
/** So often a tab that lost the socket, or whose network lets none through, asks before it tries a socket again. */
const POLLS = 30;

/**
 * What happens in the conversation, as it happens: over a WebSocket, or by asking every two seconds where there can be none.
 * A conversation has one socket, so of two tabs the one that was looked at last has it and the other asks.
 */
export function createStream(parts: StreamParts): Stream {
  let current: Run | null = null;
  return {
    start: () => {
      current?.stop();
      parts.changed("connecting");
      current = run(parts);
    },
    stop: () => current?.stop(),
    wake: () => current?.wake(),
  };
}

type Run = Pick<Stream, "stop" | "wake">;

/** Follows the conversation until it is stopped. What is still on its way then is not told any more. */
function run(parts: StreamParts): Run {
  const stopping = new AbortController();
  const { signal } = stopping;
  const changed = (connection: Connection): void => {
    if (!signal.aborted) parts.changed(connection);
  };
  const arrived = (activities: readonly unknown[]): void => {
    if (!signal.aborted) parts.arrived(activities);
  };
  const feed = createActivityFeed({ ...parts, arrived });
  const pause = createPause();
  let socket: Socket | null = null;

  const listen = async (): Promise<Closing> => {
    const address = await feed.streamUrl();
    if (signal.aborted) return "lost";
    socket = openSocket(address, { opened: () => changed("online"), received: feed.take });
    return await socket.closed;
  };
  const poll = async (): Promise<void> => {
    for (let turn = 0; turn < POLLS && !signal.aborted; turn++) {
      await feed.fetch();
      changed("online");
      if (await pause.wait(document.hidden ? HIDDEN_POLL : POLL)) return;
    }
  };

  void keepConnected({ ...parts, listen, poll, wait: pause.wait, changed }, signal);
  return {
    stop: () => {
      stopping.abort();
      socket?.close();
      pause.end();
    },
    wake: () => {
      socket?.probe();
      pause.end();
    },
  };
}

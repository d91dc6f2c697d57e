import { call, Refused } from "./call.ts";

export type Connection = "connecting" | "online" | "offline";

export interface StreamParts {
  readonly endpoint: string;
  /** @param refused a token that the server did not take */
  readonly token: (refused?: string) => Promise<string>;
  readonly conversation: () => string;
  readonly arrived: (activities: readonly unknown[]) => void;
  readonly changed: (connection: Connection) => void;
  /** The server does not know the conversation any more. */
  readonly ended: () => Promise<void>;
}

export interface Stream {
  start(): void;
  stop(): void;
  /** The page is looked at again, or the network is back: try at once, and take the socket back from another tab. */
  wake(): void;
}

/** The server sends an empty frame every 20 seconds: silence for longer means that the line is dead. */
const SILENCE = 50_000;
const LONGEST_WAIT = 15_000;
const POLL = 2_000;
/** So long a tab that lost the socket, or whose network lets none through, asks from time to time instead. */
const POLLS = 30;
const COLLISION = 1008;

/**
 * What happens in the conversation, as it happens: over a WebSocket, or by asking every two seconds where there can be none.
 * A conversation has one socket, so of two tabs the one that was looked at last has it and the other asks.
 */
export function createStream(parts: StreamParts): Stream {
  const { endpoint, changed } = parts;
  let stopping: AbortController | null = null;
  let socket: WebSocket | null = null;
  let watermark = "0";
  let lastHeard = 0;
  let hurry: () => void = () => {};

  const pause = (milliseconds: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      hurry = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });

  const take = (data: unknown): void => {
    const set = data as { activities?: unknown; watermark?: unknown };
    if (typeof set.watermark === "string" && set.watermark !== "") watermark = set.watermark;
    if (Array.isArray(set.activities)) parts.arrived(set.activities);
  };

  const get = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const address = `${endpoint}/v3/directline/conversations/`;
    const token = await parts.token();
    const ask = async (given: string) =>
      await call(`${address}${parts.conversation()}${path}watermark=${watermark}`, { token: given });
    try {
      return await ask(token);
    } catch (error) {
      if (error instanceof Refused && error.forToken) return await ask(await parts.token(token));
      throw error;
    }
  };

  /** @returns how it closed: false when it never opened */
  const listen = async (address: string, signal: AbortSignal): Promise<number | false> =>
    await new Promise((resolve) => {
      const line = new WebSocket(address);
      let opened = false;
      socket = line;
      const watch = setInterval(() => {
        if (Date.now() - lastHeard > SILENCE) line.close();
      }, 5_000);
      lastHeard = Date.now();
      line.onopen = () => {
        opened = true;
        changed("online");
      };
      line.onmessage = ({ data }) => {
        lastHeard = Date.now();
        if (typeof data === "string" && data !== "") take(JSON.parse(data));
      };
      line.onclose = ({ code }) => {
        clearInterval(watch);
        signal.removeEventListener("abort", leave);
        if (socket === line) socket = null;
        resolve(opened ? code : false);
      };
      const leave = () => line.close();
      signal.addEventListener("abort", leave);
    });

  const poll = async (signal: AbortSignal): Promise<void> => {
    for (let turn = 0; turn < POLLS && !signal.aborted; turn++) {
      take(await get("/activities?"));
      changed("online");
      if (await pause(document.hidden ? LONGEST_WAIT : POLL)) return;
    }
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    let failures = 0;
    let unopened = 0;
    while (!signal.aborted) {
      try {
        const { streamUrl } = await get("?");
        if (signal.aborted) return;
        const closed = await listen(String(streamUrl), signal);
        unopened = closed === false ? unopened + 1 : 0;
        if (closed !== false) failures = 0;
        if (closed === COLLISION || unopened > 1) {
          await poll(signal);
          continue;
        }
        if (!signal.aborted) changed("connecting");
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && error.status === 404) await parts.ended().catch(() => {});
        changed("offline");
      }
      failures++;
      await pause(Math.min(LONGEST_WAIT, 250 * 2 ** failures) * (0.75 + Math.random() / 2));
    }
  };

  return {
    start: () => {
      stopping?.abort();
      stopping = new AbortController();
      watermark = "0";
      changed("connecting");
      void run(stopping.signal);
    },
    stop: () => {
      stopping?.abort();
      hurry();
    },
    wake: () => {
      if (socket !== null && Date.now() - lastHeard > SILENCE / 2) socket.close();
      hurry();
    },
  };
}

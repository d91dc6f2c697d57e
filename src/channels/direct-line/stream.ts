import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Caller } from "../http/caller.ts";
import { createRateLimit } from "../http/rate-limit.ts";
import { refuseUpgrade } from "../http/upgrade.ts";
import type { Hub } from "./hub.ts";
import type { Limits } from "./limits.ts";
import type { Tokens } from "./tokens.ts";

export interface StreamParts {
  readonly hub: Hub;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly now: () => number;
  /** How many sockets are open. */
  readonly report: (sockets: number) => void;
}

export interface Streams {
  /** Takes a WebSocket upgrade. False when it is not the stream's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): boolean;
  close(): void;
}

const STREAM_PATH = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;
/** Clients send empty frames to stay awake, one in twenty seconds. */
const LARGEST_FRAME = 1024;
const FRAMES_A_MINUTE = 120;
/** Milliseconds; one that is sent away and does not go is cut off. */
const FAREWELL = 1_000;

/** The WebSocket of Direct Line: what is said goes out on it, and nothing comes in. */
export function createStreams(parts: StreamParts): Streams {
  const { tokens, limits, now } = parts;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  const isFirstUse = createTicketPunch(now);
  const admits = (ticket: string, conversation: string): boolean => {
    const token = tokens.read(ticket, now());
    if (token === null || token === "expired" || token.kind !== "stream" || token.conversation !== conversation) return false;
    return isFirstUse(ticket, token.expires);
  };

  return {
    upgrade: (request, socket, head, caller) => {
      const url = URL.parse(request.url ?? "", "http://localhost");
      const conversation = url?.pathname.match(STREAM_PATH)?.[1];
      if (url === null || conversation === undefined) return false;
      if (!admits(url.searchParams.get("t") ?? "", conversation)) {
        refuseUpgrade(socket, "403 Forbidden");
        return true;
      }
      const release = limits.socket(caller);
      if (release === null) {
        refuseUpgrade(socket, "429 Too Many Requests", ["Retry-After: 60"]);
        return true;
      }
      socket.once("close", release);
      sockets.handleUpgrade(request, socket, head, (stream) => {
        void serve(parts, stream, conversation, watermarkOf(url.searchParams.get("watermark") ?? ""));
      });
      return true;
    },
    close: () => sockets.close(),
  };
}

/** A ticket opens one socket: tells whether it was never used before, and remembers it until it expires. */
function createTicketPunch(now: () => number): (ticket: string, expires: number) => boolean {
  const used = new Map<string, number>();
  return (ticket, expires) => {
    // In the order of use, so nearly in that of expiry: what is left behind goes within another minute.
    for (const [old, end] of used) {
      if (end > now()) break;
      used.delete(old);
    }
    if (used.has(ticket)) return false;
    used.set(ticket, expires);
    return true;
  };
}

async function serve(
  { hub, now, report }: StreamParts,
  stream: WebSocket,
  conversation: string,
  watermark: number,
): Promise<void> {
  closeWhenFlooded(stream, now);
  stream.on("error", () => stream.terminate());
  stream.on("close", () => report(hub.size));
  try {
    await hub.attach(conversation, stream, watermark);
    report(hub.size);
  } catch {
    stream.close(INTERNAL_ERROR, "try again");
  }
}

function closeWhenFlooded(stream: WebSocket, now: () => number): void {
  const frames = createRateLimit({ perMinute: FRAMES_A_MINUTE, now });
  const heard = () => {
    if (stream.readyState !== stream.OPEN || frames.take("") === 0) return;
    stream.close(POLICY_VIOLATION, "too many messages");
    setTimeout(() => stream.terminate(), FAREWELL).unref();
  };
  stream.on("message", heard);
  stream.on("ping", heard);
}

/** Empty or nonsense is the beginning: a client then sees everything rather than nothing. */
export function watermarkOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

import type { WebLimits } from "../../config.ts";
import { type Caller, networkOf } from "../http/caller.ts";
import { HttpError } from "../http/http.ts";
import { createRateLimit, type RateLimit } from "../http/rate-limit.ts";

/** What one address and one chat may ask of the web chat. Programs on this machine itself are not counted. */
export interface Limits {
  /** @throws HttpError 429 for an address that calls too often */
  call(caller: Caller): void;
  /** @throws HttpError 429 for an address that starts too many chats */
  begin(caller: Caller): void;
  /** @throws HttpError 429 for a chat whose tokens are used too often */
  use(caller: Caller, conversation: string): void;
  /** @throws HttpError 429 for a chat that says too much */
  message(caller: Caller, conversation: string): void;
  /** Opens a socket of an address: gives what to call at its end, or null when it has too many. */
  socket(caller: Caller): (() => void) | null;
}

export function createLimits(settings: WebLimits, now: () => number): Limits {
  const limit = (perMinute: number) => createRateLimit({ perMinute, now });
  const calls = limit(settings.callsPerAddress);
  const chats = limit(settings.chatsPerAddress);
  const uses = limit(settings.callsPerChat);
  const messages = limit(settings.messagesPerChat);
  const sockets = createSocketCount(settings.socketsPerAddress);
  return {
    call: (caller) => check(calls, caller, networkOf(caller.address)),
    begin: (caller) => check(chats, caller, networkOf(caller.address)),
    use: (caller, conversation) => check(uses, caller, conversation),
    message: (caller, conversation) => check(messages, caller, conversation),
    socket: (caller) => (caller.local ? () => {} : sockets(networkOf(caller.address))),
  };
}

/** @throws HttpError 429 */
function check(limit: RateLimit, { local }: Caller, key: string): void {
  const wait = local ? 0 : limit.take(key);
  if (wait > 0) throw new HttpError(429, "TooManyRequests", "Too many requests. Wait a moment.", { "Retry-After": String(wait) });
}

function createSocketCount(most: number): (address: string) => (() => void) | null {
  const open = new Map<string, number>();
  return (address) => {
    const count = open.get(address) ?? 0;
    if (most > 0 && count >= most) return null;
    open.set(address, count + 1);
    return () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    };
  };
}

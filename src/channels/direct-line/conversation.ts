import type { Store } from "../../store/store.ts";
import { HttpError } from "../http/http.ts";
import { randomId } from "./tokens.ts";

export const CHANNEL = "web";
export const BASE = "/v3/directline";
/** So many messages of a transcript are read at once. */
export const PAGE = 100;

/** The key that a conversation is kept under, by the id that clients know. */
export function keyOf(conversation: string): string {
  return `${CHANNEL}:${conversation}`;
}

/** The id that clients know, by the key that a conversation is kept under. */
export function idOf(key: string): string {
  return key.slice(CHANNEL.length + 1);
}

/** An id that no message of the transcript will have. */
export function unkeptId(conversation: string): string {
  return `${conversation}|${randomId()}`;
}

/**
 * Number of a conversation's last message: 0 when it was never begun or has expired, null while the store is away and nobody
 * can tell. It never rejects: nobody needs the store to be heard.
 */
export async function lastNumber(store: Store, conversation: string): Promise<number | null> {
  try {
    return (await store.load(keyOf(conversation), null)).conversation?.sequence ?? 0;
  } catch {
    return null;
  }
}

/** @throws HttpError 404 for a conversation that was never begun or has expired */
export function refuseEnded(last: number | null): void {
  if (last === 0) throw new HttpError(404, "ConversationNotFound", "This conversation has ended.");
}

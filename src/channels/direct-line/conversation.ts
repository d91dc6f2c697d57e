import type { Store, StoredConversation } from "../../store/store.ts";
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

/** @throws HttpError 404 for one that was never begun or has expired */
export async function storedOf(store: Store, conversation: string): Promise<StoredConversation> {
  const { conversation: stored } = await store.load(keyOf(conversation), null);
  if (stored === null) throw new HttpError(404, "ConversationNotFound", "This conversation has ended.");
  return stored;
}

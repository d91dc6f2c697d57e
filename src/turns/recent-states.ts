import type { Conversation } from "../../dialogs/conversation.ts";
import { type KeptState, readState } from "./state.ts";

/** States of talks that are under way, so that each turn need not read anew what the last one wrote. */
export interface RecentStates {
  /** The state that stands in this JSON. */
  read(key: string, json: string | null): KeptState;
  /** What was committed: the same state as JSON and as data, which nobody writes on any more; null when it was forgotten. */
  keep(key: string, json: string | null, conversation: Conversation, now: number): void;
}

interface Recent {
  readonly json: string;
  readonly conversation: Conversation;
  readonly at: number;
}

/** Some 3 MB when every place is taken. */
const MOST = 500;
const MILLISECONDS = 10 * 60_000;

/** What is remembered counts only for the very JSON that the store gives: another instance may have gone on. */
export function createRecentStates(): RecentStates {
  // The one that was silent for longest comes first.
  const recent = new Map<string, Recent>();

  return {
    read: (key, json) => {
      const known = recent.get(key);
      if (known === undefined || known.json !== json) return readState(json);
      return { conversation: known.conversation, problem: null, escalated: false };
    },
    keep: (key, json, conversation, now) => {
      recent.delete(key);
      if (json !== null) recent.set(key, { json, conversation, at: now });
      for (const [oldest, { at }] of recent) {
        if (recent.size <= MOST && at > now - MILLISECONDS) break;
        recent.delete(oldest);
      }
    },
  };
}

import type { Store, StoredConversation } from "../store/store.ts";
import type { Mind } from "./compute.ts";
import type { Delivery } from "./delivery.ts";
import type { Informed, Turns } from "./port.ts";
import type { RunTurn } from "./run-turn.ts";
import { readState } from "./state.ts";

export interface InformParts {
  readonly store: Store;
  readonly mind: Promise<Mind>;
  readonly runTurn: RunTurn;
  readonly delivery: Delivery;
}

/** Runs a turn for news of the clinic, and delivers what it says to whoever asked for a human. */
export function createInform({ store, mind, runTurn, delivery }: InformParts): Turns["inform"] {
  return async (news) => {
    const { conversation: key, mustDeliver } = news;
    const { conversation: stored } = await store.load(key, null);
    if (stored === null || stored.state === null) return { heard: false, handOff: null };
    const { replies, repeated } = await runTurn(news, await mind);
    await delivery.deliver(key, news, mustDeliver ? replies.filter(({ pending }) => pending) : replies);
    const { conversation } = await store.load(key, null);
    return { heard: repeated || replies.length > 0, handOff: handOffOf(conversation, news.what.asked) };
  };
}

/** How the wish of that time stands. */
function handOffOf(stored: StoredConversation | null, asked: number | null): Informed["handOff"] {
  const { handOff, handOffAt } = readState(stored?.state ?? null).conversation;
  if (handOff === null || handOff === "offered") return null;
  return asked !== null && handOffAt !== undefined && asked !== handOffAt ? null : handOff;
}

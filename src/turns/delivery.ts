import type { Store, StoredConversation } from "../store/store.ts";
import { addressOf, changeToLeave } from "./change.ts";
import type { Connections } from "./connections.ts";
import type { Incoming, Observer, Outgoing, Turns } from "./port.ts";
import { MOST_RACES, outraced } from "./races.ts";

/** Where what is said goes. */
export type WhereTo = Pick<Incoming, "channel" | "reference">;

/** Speaks unasked, and strikes off what arrived. */
export interface Delivery extends Pick<Turns, "acknowledge" | "leave"> {
  /** Sends replies if this process serves the channel. It never rejects: what did not arrive goes out again later. */
  deliver(key: string, to: WhereTo, replies: readonly Outgoing[]): Promise<void>;
}

export function createDelivery(store: Store, observer: Observer, connections: Connections): Delivery {
  const acknowledge: Delivery["acknowledge"] = async (key, sent) => {
    const sequences = sent.filter(({ pending }) => pending).map(({ sequence }) => sequence);
    if (sequences.length === 0) return;
    // A reply that cannot be struck off now goes out once more later: better twice than never.
    await store.acknowledge(key, sequences).catch((error: unknown) => observer.failure("store", error));
  };

  const leave: Delivery["leave"] = async (key) => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored } = await store.load(key, null);
      if (stored === null || (await store.commit(changeToLeave(key, stored)))) return;
    }
    throw outraced("it can be left");
  };

  const deliver: Delivery["deliver"] = async (key, { channel, reference }, replies) => {
    const connected = connections.channel(channel);
    if (connected === undefined || replies.length === 0) return;
    try {
      const outcome = await connected.deliver({ conversation: key, reference }, replies);
      await acknowledge(key, replies);
      if (outcome === "gone") await leave(key);
    } catch (error) {
      observer.failure("deliver", error);
    }
  };

  return { deliver, acknowledge, leave };
}

/** Where a conversation was last heard from. */
export function whereTo(stored: Pick<StoredConversation, "channel" | "address">): WhereTo {
  return { channel: stored.channel, reference: addressOf(stored)?.reference ?? null };
}

import type { Store, Unsent } from "../store/store.ts";
import { outgoingOf } from "./change.ts";
import type { Connections } from "./connections.ts";
import { type Delivery, whereTo } from "./delivery.ts";
import type { Lane } from "./lanes.ts";
import type { Turns } from "./port.ts";

export interface OutboxParts {
  readonly store: Store;
  readonly connections: Connections;
  readonly delivery: Delivery;
  readonly inLane: Lane;
}

/** Whoever committed a reply has this long to send it; then any instance does. */
const SEND_MILLISECONDS = 20_000;
const BATCH = 100;

/** What was committed to be sent and never acknowledged: replies, and wishes to be passed on to a person. */
export function createOutbox({ store, connections, delivery, inLane }: OutboxParts): Pick<Turns, "deliverUnsent"> {
  /** What is younger than `until` is being sent by whoever committed it. */
  const deliverLate = async ({ conversation: key, messages, ...to }: Unsent, until: number): Promise<void> => {
    const late = messages.filter(({ at }) => at <= until);
    connections.passOn(late);
    await inLane(key, () => delivery.deliver(key, whereTo(to), outgoingOf(late)));
  };

  return {
    deliverUnsent: async (now, age = SEND_MILLISECONDS) => {
      for (;;) {
        const unsent = await store.claimUnsent(now - age, now, SEND_MILLISECONDS, BATCH);
        await Promise.all(unsent.map((one) => deliverLate(one, now - age)));
        if (unsent.length < BATCH) return;
      }
    },
  };
}

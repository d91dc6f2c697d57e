import type { Store } from "../store/store.ts";
import { createAdvance } from "./advance.ts";
import { createCompute, type Mind } from "./compute.ts";
import { createConnections } from "./connections.ts";
import { createDelivery, whereTo } from "./delivery.ts";
import { createInform } from "./inform.ts";
import { createLanes } from "./lanes.ts";
import { createOutbox } from "./outbox.ts";
import type { Handled, Incoming, Observer, Turns } from "./port.ts";
import { createRecentStates } from "./recent-states.ts";
import { createRunTurn } from "./run-turn.ts";
import { createWithoutStore } from "./without-store.ts";

export type { Mind } from "./compute.ts";

export interface TurnsParts {
  readonly store: Store;
  /** What the bot knows; turns wait for it while it is still being learned. */
  readonly mind: Promise<Mind>;
  readonly observer: Observer;
}

/** Runs turns, one job at a time for each conversation. */
export function createTurns({ store, mind, observer }: TurnsParts): Turns {
  const inLane = createLanes();
  const recent = createRecentStates();
  const compute = createCompute(observer, recent);
  const connections = createConnections();
  const delivery = createDelivery(store, observer, connections);
  const runTurn = createRunTurn({ store, observer, compute, recent, connections });
  const withoutStore = createWithoutStore(observer, compute);
  const advance = createAdvance({ store, mind, observer, connections });
  const inform = createInform({ store, mind, runTurn, delivery });
  const { deliverUnsent } = createOutbox({ store, connections, delivery, inLane });

  const handle = async (incoming: Incoming): Promise<Handled> => {
    const known = await mind;
    try {
      return await runTurn(incoming, known);
    } catch (error) {
      return withoutStore(incoming, known, error);
    }
  };

  const fire = async (key: string, now: number): Promise<void> => {
    const { said, stored } = await advance(key, now, "channel");
    if (stored !== null) await delivery.deliver(key, whereTo(stored), said);
  };

  return {
    handle: (incoming) => inLane(incoming.conversation, () => handle(incoming)),
    inform: (news) => inLane(news.conversation, () => inform(news)),
    advance: (key, until) => inLane(key, async () => (await advance(key, until, "caller")).said),
    fire: (key, now) => inLane(key, () => fire(key, now)),
    deliverUnsent,
    acknowledge: delivery.acknowledge,
    leave: delivery.leave,
    connect: connections.connect,
    connectHandOff: connections.connectHandOff,
  };
}

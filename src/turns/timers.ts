import type { Store } from "../store/store.ts";
import type { Turns } from "./port.ts";

export interface TimersParts {
  readonly store: Store;
  readonly turns: Turns;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

export interface Timers {
  /** One look at the clock: fires what is due and delivers what a crash held up, and waits until that is done. */
  tick(): Promise<void>;
  /** Looks on by itself until stopped. */
  start(): void;
  stop(): Promise<void>;
}

/** Timers fire within a second; other instances may set one at any time, so nobody sleeps longer. */
const LONGEST_SLEEP = 500;
const SHORTEST_SLEEP = 5;
/** Whoever claims a timer has this long; then another instance takes it. */
const LEASE = 30_000;
const BATCH = 100;
const UNSENT_EVERY = 5_000;
/** A store that stays away is told of this often. */
const TELL_EVERY = 60_000;

/** Fires the timers of all conversations, whichever instance set them. */
export function createTimers({ store, turns, now, failed }: TimersParts): Timers {
  let next: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;
  let unsent: Promise<void> | null = null;
  let unsentAt: number | null = null;
  let toldAt: number | null = null;
  const underway = new Set<Promise<void>>();

  const tell = (error: unknown): void => {
    if (toldAt !== null && Math.abs(now() - toldAt) < TELL_EVERY) return;
    toldAt = now();
    failed(error);
  };
  const track = (work: Promise<void>): void => {
    const tracked: Promise<void> = work.catch(failed).then(() => {
      underway.delete(tracked);
    });
    underway.add(tracked);
  };

  /** Begins what is due, without waiting for slow deliveries. @returns milliseconds until the next look */
  const look = async (): Promise<number> => {
    try {
      deliverUnsent();
      for (;;) {
        const due = await store.nextDue();
        if (due === null || due > now()) {
          toldAt = null;
          return due === null ? LONGEST_SLEEP : due - now();
        }
        const conversations = await store.claimDue(now(), LEASE, BATCH);
        for (const conversation of conversations) track(turns.fire(conversation, now()));
        if (conversations.length < BATCH) return LONGEST_SLEEP;
        await Promise.all(underway);
      }
    } catch (error) {
      tell(error);
      return LONGEST_SLEEP;
    }
  };

  /** What waits in a store of this process alone was left by a crash: the first look sends it at once. */
  const deliverUnsent = (): void => {
    if (unsent !== null || (unsentAt !== null && Math.abs(now() - unsentAt) < UNSENT_EVERY)) return;
    const age = unsentAt === null && !store.shared ? 0 : undefined;
    unsentAt = now();
    unsent = turns
      .deliverUnsent(now(), age)
      .catch(tell)
      .then(() => {
        unsent = null;
      });
  };

  const settled = async (): Promise<void> => {
    await Promise.all([...underway, unsent]);
  };

  const loop = (): void => {
    running = look().then((wait) => {
      if (!stopped) next = setTimeout(loop, Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, wait)));
    });
  };

  return {
    tick: async () => {
      await look();
      await settled();
    },
    start: () => {
      stopped = false;
      loop();
    },
    stop: async () => {
      stopped = true;
      if (next !== null) clearTimeout(next);
      await running;
      await settled();
    },
  };
}

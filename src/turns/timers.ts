import type { Store } from "../store/store.ts";
import type { Turns } from "./port.ts";

export interface TimersParts {
  readonly store: Store;
  readonly turns: Turns;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

export interface Timers {
  /** One look at the clock: fires what is due, delivers what a crash held up. */
  tick(): Promise<void>;
  /** Looks on by itself until stopped. */
  start(): void;
  stop(): Promise<void>;
}

/** Timers fire within a second; other instances may set one at any time, so nobody sleeps longer. */
const LONGEST_SLEEP = 500;
/** Whoever claims a timer has this long; then another instance takes it. */
const LEASE = 30_000;
const BATCH = 100;
const UNSENT_EVERY = 30_000;

/** Fires the timers of all conversations, whichever instance set them. */
export function createTimers({ store, turns, now, failed }: TimersParts): Timers {
  let next: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;
  let unsentAt = 0;

  const tick = async (): Promise<void> => {
    try {
      const due = await store.nextDue();
      if (due !== null && due <= now()) {
        const conversations = await store.claimDue(now(), LEASE, BATCH);
        await Promise.all(conversations.map((conversation) => turns.fire(conversation, now())));
      }
      if (now() - unsentAt >= UNSENT_EVERY) {
        unsentAt = now();
        await turns.deliverUnsent(now());
      }
    } catch (error) {
      failed(error);
    }
  };

  const loop = (): void => {
    running = tick().then(() => {
      if (!stopped) next = setTimeout(loop, LONGEST_SLEEP);
    });
  };

  return {
    tick,
    start: () => {
      stopped = false;
      loop();
    },
    stop: async () => {
      stopped = true;
      if (next !== null) clearTimeout(next);
      await running;
    },
  };
}

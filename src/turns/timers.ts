import type { Store } from "../store/store.ts";
import { createLoop } from "./loop.ts";
import type { Turns } from "./port.ts";
import { createSeldom } from "./seldom.ts";
import { createUnderway } from "./underway.ts";

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
  const firing = createUnderway(failed);
  const outage = createSeldom(failed, TELL_EVERY, now);
  const unsent = createUnsentSender(store, turns, now, outage.tell);

  /** Begins what is due. @returns milliseconds until the next is */
  const fireDue = async (): Promise<number> => {
    for (;;) {
      const due = await store.nextDue();
      if (due === null || due > now()) {
        outage.over();
        return due === null ? LONGEST_SLEEP : due - now();
      }
      const conversations = await store.claimDue(now(), LEASE, BATCH);
      for (const conversation of conversations) firing.add(turns.fire(conversation, now()));
      if (conversations.length < BATCH) return LONGEST_SLEEP;
      await firing.settled();
    }
  };

  /** Does not wait for slow deliveries. @returns milliseconds until the next look */
  const look = async (): Promise<number> => {
    try {
      unsent.begin();
      return Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, await fireDue()));
    } catch (error) {
      outage.tell(error);
      return LONGEST_SLEEP;
    }
  };

  const settled = async (): Promise<void> => {
    await Promise.all([firing.settled(), unsent.settled()]);
  };
  const loop = createLoop(look);

  return {
    tick: async () => {
      await look();
      await settled();
    },
    start: loop.start,
    stop: async () => {
      await loop.stop();
      await settled();
    },
  };
}

/** Sends what was held up, every few seconds and once at a time. */
function createUnsentSender(store: Store, turns: Turns, now: () => number, failed: (error: unknown) => void) {
  let sending: Promise<void> | null = null;
  let begunAt: number | null = null;

  return {
    begin: (): void => {
      if (sending !== null || (begunAt !== null && Math.abs(now() - begunAt) < UNSENT_EVERY)) return;
      // What waits in a store of this process alone was left by a crash: the first look sends it at once.
      const age = begunAt === null && !store.shared ? 0 : undefined;
      begunAt = now();
      sending = turns
        .deliverUnsent(now(), age)
        .catch(failed)
        .then(() => {
          sending = null;
        });
    },
    settled: async (): Promise<void> => {
      await sending;
    },
  };
}

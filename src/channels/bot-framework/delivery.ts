import { ConnectorError } from "./connector-error.ts";

/** Time and chance, so that tests can have their own. */
export interface Pace {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const REAL_PACE: Pace = {
  now: Date.now,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** What Teams takes from a bot in one conversation: so many messages in so many milliseconds. */
const LIMITS: readonly (readonly [count: number, span: number])[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
const LONGEST_SPAN = 3_600_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;
/** Conversations whose last sendings are remembered. */
const MOST_THREADS = 10_000;

export interface Delivery {
  /**
   * Sends one message, at the pace that the channel allows, and again when it was held up in passing.
   * @param thread the conversation, whose messages keep their order
   * @param deadline when to give up, in the clock's time; the outbox tries again later
   * @throws ConnectorError when it did not arrive
   */
  send(thread: string, deadline: number, post: () => Promise<void>): Promise<void>;
}

export function createDelivery({ now, wait, random }: Pace): Delivery {
  const threads = new Map<string, number[]>();

  const sentOf = (thread: string): number[] => {
    const sent = (threads.get(thread) ?? []).filter((at) => at > now() - LONGEST_SPAN);
    threads.delete(thread);
    threads.set(thread, sent);
    for (const oldest of threads.keys()) {
      if (threads.size <= MOST_THREADS) break;
      threads.delete(oldest);
    }
    return sent;
  };

  /** Waits, or says that the time will not do. */
  const pause = async (milliseconds: number, deadline: number): Promise<boolean> => {
    if (now() + milliseconds > deadline) return false;
    await wait(milliseconds);
    return true;
  };

  return {
    send: async (thread, deadline, post) => {
      for (let attempt = 0; ; attempt++) {
        const sent = sentOf(thread);
        const hold = holdOf(sent, now());
        if (hold > 0 && !(await pause(hold, deadline))) throw new ConnectorError(0, "RateLimited", hold);
        sent.push(now());
        try {
          return await post();
        } catch (error) {
          if (!(error instanceof ConnectorError) || !error.isPassing) throw error;
          const backOff = Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE);
          const least = error.retryAfter ?? backOff / 2;
          if (!(await pause(least + random() * (backOff / 2), deadline))) throw error;
        }
      }
    },
  };
}

/** How long the next message has to wait, given when the last ones went out. */
export function holdOf(sent: readonly number[], now: number): number {
  return LIMITS.reduce((longest, [count, span]) => {
    const first = sent.at(-count);
    return first === undefined ? longest : Math.max(longest, first + span - now);
  }, 0);
}

import type { Store } from "../store/store.ts";
import { createLoop } from "./loop.ts";

/** How long things are kept, in milliseconds. docs/privacy.md says what each of them is. */
export interface Lifetimes {
  readonly transcripts: number;
  readonly conversations: number;
  readonly audit: number;
}

export interface Retention {
  /** Deletes all that is past its time. */
  sweep(): Promise<void>;
  /** Sweeps now and then until stopped. */
  start(): void;
  stop(): Promise<void>;
}

const EVERY = 10 * 60_000;
/** Small bites, so that turns go on in between. */
const BITE = 200;
const PAUSE = 20;

export function createRetention(parts: {
  readonly store: Store;
  readonly lifetimes: Lifetimes;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}): Retention {
  const { store, lifetimes, now, failed } = parts;
  let stopping = false;

  const sweep = async (): Promise<void> => {
    const limits = {
      messages: now() - lifetimes.transcripts,
      conversations: now() - lifetimes.conversations,
      audit: now() - lifetimes.audit,
    };
    while (!stopping && (await store.sweep(limits, BITE))) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  };
  const loop = createLoop(async () => {
    await sweep().catch(failed);
    return EVERY;
  });

  return {
    sweep,
    start: loop.start,
    stop: async () => {
      stopping = true;
      await loop.stop();
    },
  };
}

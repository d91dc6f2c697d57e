/** Work that is done again and again. */
export interface Loop {
  start(): void;
  /** Waits for the work that is under way. */
  stop(): Promise<void>;
}

/** @param work never rejects; gives the milliseconds until it is to be done again */
export function createLoop(work: () => Promise<number>): Loop {
  let next: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;

  const round = (): void => {
    running = work().then((wait) => {
      if (!stopped) next = setTimeout(round, wait);
    });
  };

  return {
    start: () => {
      stopped = false;
      round();
    },
    stop: async () => {
      stopped = true;
      if (next !== null) clearTimeout(next);
      await running;
    },
  };
}

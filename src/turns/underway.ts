/** Work that nobody waits for until the end. */
export interface Underway {
  add(work: Promise<void>): void;
  /** Resolves when all that is under way now is done. */
  settled(): Promise<void>;
}

export function createUnderway(failed: (error: unknown) => void): Underway {
  const all = new Set<Promise<void>>();
  return {
    add: (work) => {
      const tracked: Promise<void> = work.catch(failed).then(() => {
        all.delete(tracked);
      });
      all.add(tracked);
    },
    settled: async () => {
      await Promise.all(all);
    },
  };
}

/** Of something that lasts, people are told now and then. */
export interface Seldom {
  tell(error: unknown): void;
  /** It is over: the next time is told at once. */
  over(): void;
}

/** @param every milliseconds from telling to telling, by `now` */
export function createSeldom(tell: (error: unknown) => void, every: number, now: () => number): Seldom {
  let toldAt: number | null = null;
  return {
    tell: (error) => {
      if (toldAt !== null && Math.abs(now() - toldAt) < every) return;
      toldAt = now();
      tell(error);
    },
    over: () => {
      toldAt = null;
    },
  };
}

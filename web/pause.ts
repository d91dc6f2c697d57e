/** A wait that can be cut short. */
export interface Pause {
  /** @returns whether it was cut short */
  wait(milliseconds: number): Promise<boolean>;
  end(): void;
}

/** One wait at a time. */
export function createPause(): Pause {
  let end: () => void = () => {};
  return {
    wait: async (milliseconds) =>
      await new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve(true);
        };
      }),
    end: () => end(),
  };
}

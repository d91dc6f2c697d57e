/** Runs a job once those that came before it under the same key are done. */
export type Lane = <T>(key: string, job: () => Promise<T>) => Promise<T>;

/**
 * One job at a time for each key, in the order they came; jobs of different keys run side by side.
 * A job that fails does not hold up the next.
 */
export function createLanes(): Lane {
  const tails = new Map<string, Promise<unknown>>();
  return (key, job) => {
    const before = tails.get(key);
    const run = before === undefined ? job() : before.then(job, job);
    const tail = run.then(
      () => undefined,
      () => undefined,
    );
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return run;
  };
}

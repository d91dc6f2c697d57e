/** Writes that wait for the next transaction. */
export interface Together<Job, Result> {
  /** Resolves when the job's transaction is committed. */
  write(job: Job): Promise<Result>;
  /** Writes what waits at once. */
  flush(): void;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins the jobs of one round of the event loop into one transaction: under load they share its locks and the pages they change,
 * and a job that comes alone waits for nothing. One that fails is left out, and the others are written without it.
 * @param transaction runs the work and commits, or undoes all of it and throws
 * @param run writes one job, inside a transaction
 */
export function createTogether<Job, Result>(
  transaction: <T>(work: () => T) => T,
  run: (job: Job) => Result,
): Together<Job, Result> {
  let waiting: Waiting<Job, Result>[] = [];

  const flush = (): void => {
    let batch = waiting;
    waiting = [];
    while (batch.length > 0) batch = written(batch);
  };

  /** @returns those that are still to be written, without the one that failed */
  const written = (batch: readonly Waiting<Job, Result>[]): Waiting<Job, Result>[] => {
    let running: Waiting<Job, Result> | null = null;
    try {
      const results = transaction(() => {
        const all = batch.map((one) => {
          running = one;
          return run(one.job);
        });
        running = null;
        return all;
      });
      batch.forEach(({ resolve }, at) => {
        resolve(results[at] as Result);
      });
      return [];
    } catch (error) {
      // With none running it was the beginning or the commit that failed, for all of them alike.
      const failed = running === null ? batch : [running as Waiting<Job, Result>];
      for (const { reject } of failed) reject(error);
      return batch.filter((one) => !failed.includes(one));
    }
  };

  return {
    write: (job) =>
      new Promise((resolve, reject) => {
        if (waiting.push({ job, resolve, reject }) === 1) setImmediate(flush);
      }),
    flush,
  };
}

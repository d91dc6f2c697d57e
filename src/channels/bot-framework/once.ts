/** So many finished jobs are remembered. */
const MOST = 10_000;

/**
 * Runs each named job once: whoever asks again while it runs, or after it has gone well, gets the same outcome. A job that
 * failed may be tried again. Teams repeats a message whose answer is slow; its replies must not go out twice.
 */
export function createOnce(): (name: string, job: () => Promise<void>) => Promise<void> {
  const jobs = new Map<string, Promise<void>>();
  return async (name, job) => {
    const known = jobs.get(name);
    if (known !== undefined) return await known;
    const running = job();
    jobs.set(name, running);
    for (const oldest of jobs.keys()) {
      if (jobs.size <= MOST) break;
      jobs.delete(oldest);
    }
    try {
      await running;
    } catch (error) {
      jobs.delete(name);
      throw error;
    }
  };
}

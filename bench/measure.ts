/** The value below which a share of the values lies; NaN where there are none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/**
 * Calls `work` with 0, 1, 2, … and times each call; the first ones warm up and do not count.
 * @returns milliseconds, one for each call
 */
export function time(calls: number, warmUp: number, work: (at: number) => unknown): ArrayLike<number> {
  for (let at = 0; at < warmUp; at++) work(at);
  const times = new Float64Array(calls);
  for (let at = 0; at < calls; at++) {
    const start = performance.now();
    work(at);
    times[at] = performance.now() - start;
  }
  return times;
}

/** Loads that take turns, round by round, so that a noisy machine is noisy to all; the first rounds warm up. */
export async function interleaved<T>(
  loads: Readonly<Record<string, () => Promise<T> | T>>,
  rounds: number,
  warmUp = 1,
): Promise<(name: string) => readonly T[]> {
  const results = new Map<string, T[]>(Object.keys(loads).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of Object.entries(loads)) {
      const result = await run();
      if (round >= 0) results.get(name)?.push(result);
    }
  }
  return (name) => results.get(name) ?? [];
}

/** How many times the second's figure the first's is: the median over rounds, each beside its neighbour in time. */
export function ratio(first: readonly number[], second: readonly number[]): number {
  return median(first.map((value, round) => value / (second[round] ?? Number.NaN)));
}

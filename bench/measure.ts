/** How long something takes, in milliseconds: sorted samples. Ratios of one run are worth more than the figures. */
export interface Samples {
  readonly sorted: Float64Array;
}

export function quantile({ sorted }: Samples, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (samples: Samples): number => quantile(samples, 0.5);

export function samplesOf(milliseconds: readonly number[]): Samples {
  return { sorted: Float64Array.from(milliseconds).sort() };
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Calls `work` with 0, 1, 2, … and times each call; the first ones warm up and do not count. */
export function time(calls: number, warmUp: number, work: (at: number) => unknown): Samples {
  for (let at = 0; at < warmUp; at++) work(at);
  const times = new Float64Array(calls);
  for (let at = 0; at < calls; at++) {
    const start = performance.now();
    work(at);
    times[at] = performance.now() - start;
  }
  return { sorted: times.sort() };
}

/** Loads that take turns, round by round, so that a noisy machine is noisy to all; the first round warms up. */
export async function interleaved<T>(
  loads: Readonly<Record<string, () => Promise<T> | T>>,
  rounds: number,
): Promise<(name: string) => readonly T[]> {
  const results = new Map<string, T[]>(Object.keys(loads).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(loads)) {
      const result = await run();
      if (round > 0) results.get(name)?.push(result);
    }
  }
  return (name) => results.get(name) ?? [];
}

/** How many times the second's figure the first's is: the median over rounds, each beside its neighbour in time. */
export function ratio(first: readonly number[], second: readonly number[]): number {
  return middle(first.map((value, round) => value / (second[round] ?? Number.NaN)));
}

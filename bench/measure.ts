/** The value below which this share of all lies. Ratios of one run are worth more than the figures. */
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

/** Units of work a second, of two ways in turn, so that a noisy machine is noisy to both: the median of each. */
export async function pairs(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ first: number; second: number; ratio: number }> {
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    rates[0].push(await first());
    rates[1].push(await second());
  }
  const ratios = rates[0].map((rate, round) => rate / (rates[1][round] as number));
  return { first: median(rates[0]), second: median(rates[1]), ratio: median(ratios) };
}

export interface Row {
  readonly what: string;
  readonly value: string;
  /** The target, and whether it is met; nothing where there is none. */
  readonly target?: string;
  readonly met?: boolean;
}

export function print(title: string, rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const second = Math.max(...rows.map(({ value }) => value.length));
  process.stdout.write(`\n${title}\n`);
  for (const { what, value, target, met } of rows) {
    const verdict = target === undefined ? "" : `   target ${target}: ${met ? "met" : "MISSED"}`;
    process.stdout.write(`  ${what.padEnd(width)}  ${value.padStart(second)}${verdict}\n`);
  }
}

export const us = (milliseconds: number): string => `${(milliseconds * 1000).toFixed(1)} µs`;
export const ms = (milliseconds: number): string => `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;

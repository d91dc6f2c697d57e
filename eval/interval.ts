/**
 * Exact binomial interval of a share (Clopper and Pearson 1934), by bisection on the binomial distribution.
 * @returns lower and upper bound, 0 to 1, at 95% confidence
 */
export function clopperPearson(hits: number, all: number): readonly [number, number] {
  if (all === 0) return [0, 1];
  const tail = 0.025;
  const lower = hits === 0 ? 0 : bisect((share) => 1 - below(hits - 1, all, share) < tail);
  const upper = hits === all ? 1 : bisect((share) => below(hits, all, share) > tail);
  return [lower, upper];
}

/** The share at which `tooLow` stops being true. */
function bisect(tooLow: (share: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (tooLow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of at most `hits` of `all`. */
function below(hits: number, all: number, share: number): number {
  let logChoose = 0;
  let sum = 0;
  for (let k = 0; k <= hits; k++) {
    if (k > 0) logChoose += Math.log((all - k + 1) / k);
    sum += Math.exp(logChoose + k * Math.log(share || 1e-300) + (all - k) * Math.log(1 - share || 1e-300));
  }
  return Math.min(1, sum);
}

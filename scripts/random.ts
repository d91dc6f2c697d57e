/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** 0 to just below 1. */
  next(): number;
  /** 0 to count - 1. */
  below(count: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
}

/** @param seed any whole number */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    chance: (share) => next() < share,
  };
}

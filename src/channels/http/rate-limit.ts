/** So many a minute for each key, all at once or evenly. */
export interface RateLimit {
  /** Takes one. Gives 0, or the seconds after which there is one again. */
  take(key: string): number;
  /** Keys that are remembered. */
  readonly size: number;
}

export interface RateLimitParts {
  /** 0: no limit. */
  readonly perMinute: number;
  readonly now: () => number;
  /** Keys to remember; of more, the one that was quiet longest is forgotten. */
  readonly most?: number;
}

interface Bucket {
  left: number;
  at: number;
}

const MINUTE = 60_000;
/** Some 3 MB when every place is taken. */
const MOST_KEYS = 20_000;

/** A bucket for each key, filled evenly up to a minute's worth. Its memory is bounded however many keys there are. */
export function createRateLimit({ perMinute, now, most = MOST_KEYS }: RateLimitParts): RateLimit {
  // The order is that of the last use, oldest first.
  const buckets = new Map<string, Bucket>();

  /** After a quiet minute a bucket is full, which is the same as none. */
  const forget = (at: number): void => {
    for (const [key, bucket] of buckets) {
      if (buckets.size <= most && bucket.at + MINUTE > at) return;
      buckets.delete(key);
    }
  };

  return {
    take: (key) => {
      if (perMinute === 0) return 0;
      const at = now();
      const before = buckets.get(key) ?? { left: perMinute, at };
      const left = Math.min(perMinute, before.left + (Math.max(0, at - before.at) * perMinute) / MINUTE);
      const taken = left >= 1;
      buckets.delete(key);
      buckets.set(key, { left: taken ? left - 1 : left, at });
      forget(at);
      return taken ? 0 : Math.ceil(((1 - left) * MINUTE) / perMinute / 1000);
    },
    get size() {
      return buckets.size;
    },
  };
}

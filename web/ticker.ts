import type { Clock } from "../dialogs/reply.ts";
import { type Countdown, countdownAt } from "./clock.ts";

export interface TickerParts {
  /** The countdown as the server last told it. */
  readonly clock: () => Clock | null;
  readonly serverNow: () => number;
  /** Its picture should be drawn anew. */
  readonly changed: () => void;
  /** The time is up. */
  readonly over: () => void;
}

export interface Ticker {
  readonly countdown: Countdown | null;
  /** The last seconds have begun: said aloud once, so that somebody who does not see the ring can get ready. */
  readonly isEnding: boolean;
  /** Looks at the clock, and goes on looking while it runs. */
  look(): void;
  stop(): void;
}

const TICK = 250;
const LAST_SECONDS = 10;
/** A countdown whose end the server tells this much early has ended all the same. */
const EARLY = 1.5;

export function createTicker({ clock, serverNow, changed, over }: TickerParts): Ticker {
  let timer = 0;
  let whole = 0;
  let countdown: Countdown | null = null;
  let left = Number.POSITIVE_INFINITY;

  const look = (): void => {
    clearTimeout(timer);
    const now = clock();
    const wasRunning = countdown?.state === "running";
    whole = now === null ? 0 : Math.max(whole, now.state === "running" ? now.seconds : now.secondsLeft);
    countdown = now === null ? null : countdownAt(now, serverNow(), whole);
    const ended = countdown === null ? left <= EARLY : countdown.state === "over";
    if (wasRunning && ended) over();
    left = countdown === null ? Number.POSITIVE_INFINITY : countdown.share * whole;
    changed();
    if (countdown?.state === "running") timer = window.setTimeout(look, TICK);
  };

  return {
    get countdown() {
      return countdown;
    },
    get isEnding() {
      return countdown?.state === "running" && countdown.secondsLeft <= LAST_SECONDS && whole > LAST_SECONDS;
    },
    look,
    stop: () => clearTimeout(timer),
  };
}

import type { Clock } from "../dialogs/reply.ts";

/** How the countdown stands at a moment. Seconds are whole and never below 0. */
export interface Countdown {
  readonly state: "running" | "paused" | "over";
  readonly secondsLeft: number;
  /** How much of it is left, 1 to 0. */
  readonly share: number;
}

/**
 * @param serverNow the server's time now, milliseconds since 1970
 * @param whole its whole length in seconds; after a pause the server counts only what was left
 */
export function countdownAt(clock: Clock, serverNow: number, whole: number): Countdown {
  const left = clock.state === "paused" ? clock.secondsLeft : (clock.endsAt - serverNow) / 1000;
  const secondsLeft = Math.max(0, Math.ceil(left));
  const share = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 1;
  if (clock.state === "paused") return { state: "paused", secondsLeft, share };
  return { state: left > 0 ? "running" : "over", secondsLeft, share };
}

/** Two moments of this device's clock, milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * How far the server's clock is ahead of this device's, in milliseconds, from a message that it stamped somewhere between two
 * moments. What is known stays as long as it agrees with that: a message that was tried again may have been stamped at its
 * first try, so the moments may lie far apart and say little.
 */
export function clockOffset(known: number, stampedAt: number, { from, to }: Span): number {
  const [least, most] = [stampedAt - to, stampedAt - from];
  return least <= known && known <= most ? known : Math.round((least + most) / 2);
}

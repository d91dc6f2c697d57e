import type { Clock } from "../dialogs/reply.ts";

/** How the countdown stands at a moment. Seconds are whole and never below 0. */
export interface Countdown {
  readonly state: "running" | "paused" | "over";
  readonly secondsLeft: number;
  /** How much of it is left, 1 to 0; null when the whole length is not known. */
  readonly share: number | null;
}

/** @param serverNow the server's time now, milliseconds since 1970 */
export function countdownAt(clock: Clock, serverNow: number): Countdown {
  if (clock.state === "paused") return { state: "paused", secondsLeft: Math.max(0, Math.ceil(clock.secondsLeft)), share: null };
  const left = Math.max(0, clock.endsAt - serverNow) / 1000;
  const share = clock.seconds > 0 ? Math.min(1, left / clock.seconds) : null;
  return { state: left > 0 ? "running" : "over", secondsLeft: Math.ceil(left), share };
}

/**
 * How far the server's clock is ahead of this device's, in milliseconds, from a message that was sent and came back: it was
 * stamped somewhere between the two moments.
 */
export function clockOffset(stampedAt: number, sentAt: number, answeredAt: number): number {
  return Math.round(stampedAt - (sentAt + answeredAt) / 2);
}

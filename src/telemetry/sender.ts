import { postJson } from "../channels/http/post-json.ts";

/**
 * Sends a body to a collector. It never rejects.
 * @returns whether it is done with: taken, or refused for good
 */
export type Send = (url: string, body: object) => Promise<boolean>;

/** Milliseconds; two of them still fit into the time that a stop may take. */
const ANSWER_WITHIN = 5_000;
/** Milliseconds. */
const TELL_EVERY = 600_000;
/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes; 0 is silence. */
const RETRYABLE = new Set([0, 429, 502, 503, 504]);

/** @param unsent told the status of what could not be sent, or 0 when nothing came back; at most once in ten minutes */
export function createSender(
  headers: Readonly<Record<string, string>>,
  now: () => number,
  unsent: (status: number) => void,
): Send {
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (url, body) => {
    const status = await postJson(url, JSON.stringify(body), headers, ANSWER_WITHIN);
    if (status >= 200 && status < 300) return true;
    if (now() - toldAt >= TELL_EVERY) {
      toldAt = now();
      unsent(status);
    }
    return !RETRYABLE.has(status);
  };
}

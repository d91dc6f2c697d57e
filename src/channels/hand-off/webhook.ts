import { sign } from "./signature.ts";

/** Time and chance, so that tests can have their own. */
export interface WebhookPace {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

const ANSWER_WITHIN = 10_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/** The receiver will not take it, however often it is told. */
export class WebhookRefused extends Error {
  constructor(status: number) {
    super(status === 0 ? "the webhook did not answer" : `the webhook answered ${status}`);
    this.name = "WebhookRefused";
  }
}

/**
 * Posts a signed body until the receiver takes it. Each try carries the same `id` in the body, so that a receiver can tell a
 * repetition.
 * @param deadline when to give up, in the clock's time
 * @throws WebhookRefused
 */
export async function callWebhook({ url, secret }: Webhook, body: string, deadline: number, pace: WebhookPace): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const status = await post(url, body, sign(secret, body, pace.now()));
    if (status >= 200 && status < 300) return;
    const again = status === 0 || status === 408 || status === 429 || status >= 500;
    const pause = Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE) * (0.5 + pace.random() / 2);
    if (!again || pace.now() + pause > deadline) throw new WebhookRefused(status);
    await pace.wait(pause);
  }
}

/** @returns the status; 0 when nothing came back */
async function post(url: string, body: string, signature: Readonly<Record<string, string>>): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...signature },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

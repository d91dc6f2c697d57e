import type { Outcome } from "./delivery.ts";
import { type Outbox, type Pending, type Pressed, toRetry } from "./outbox.ts";
import { randomText } from "./random-text.ts";

export interface SenderParts {
  readonly outbox: Outbox;
  readonly deliver: (message: Pending) => Promise<Outcome>;
  /** The outbox is not as it was. */
  readonly changed: () => void;
  readonly sent: (message: Pending) => void;
  /** Something should go out, and perhaps there is no connection. */
  readonly reconnect: () => void;
  readonly isOnline: () => boolean;
}

export interface Sender {
  send(text: string, value: Pressed | null): void;
  /** Sends what failed and still fits. */
  sendAgain(): void;
  /** Sends one again because the person wants it. */
  retry(clientId: string): void;
  /** Takes one back. @returns null when it is not there any more */
  discard(clientId: string): Pending | null;
}

/** The stream is up, and yet a message did not get through: the next try. */
const AGAIN = 5_000;

/**
 * Sends what the outbox holds, one after the other, so that it arrives in the order it was written: the bot should not answer
 * what follows a message as if that message had been said. So when one fails, what was written after it fails with it, and all
 * go out again in their order. There are two exceptions, since what follows may be "chest pain": one that is too old to go out
 * by itself, and one that fails again although there is a connection (a firewall may dislike its words), hold up no other.
 */
export function createSender({ outbox, deliver, changed, sent, reconnect, isOnline }: SenderParts): Sender {
  let isSending = false;
  /** Client ids. */
  const failedOnce = new Set<string>();

  const update = (clientId: string, state: Pending["state"]): void => {
    outbox.update(clientId, state);
    changed();
  };

  const sendOne = async (message: Pending): Promise<void> => {
    update(message.clientId, "sending");
    const outcome = await deliver(message);
    // Its echo has taken it out already.
    if (outcome === "unkept") return;
    if (outcome === "failed" && !(failedOnce.has(message.clientId) && isOnline())) failWaiting(outbox);
    update(message.clientId, outcome);
    if (outcome === "sent") sent(message);
    if (outcome === "failed") {
      failedOnce.add(message.clientId);
      reconnect();
      setTimeout(() => isOnline() && sendAgain(), AGAIN);
    }
  };

  const sendWaiting = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      for (let message = firstWaiting(outbox); message !== undefined; message = firstWaiting(outbox)) await sendOne(message);
    } finally {
      isSending = false;
    }
  };

  const sendAgain = (): void => {
    for (const { clientId } of toRetry(outbox.all, Date.now())) outbox.update(clientId, "waiting");
    void sendWaiting();
  };

  return {
    send: (text, value) => {
      outbox.add({ clientId: randomText(), text, value, at: Date.now(), state: "waiting" });
      sendAgain();
      changed();
    },
    sendAgain,
    retry: (clientId) => {
      update(clientId, "waiting");
      reconnect();
      sendAgain();
    },
    discard: (clientId) => {
      const found = outbox.take(clientId);
      changed();
      return found;
    },
  };
}

function firstWaiting({ all }: Outbox): Pending | undefined {
  return all.find(({ state }) => state === "waiting");
}

function failWaiting({ all, update }: Outbox): void {
  for (const { clientId, state } of all) if (state === "waiting") update(clientId, "failed");
}

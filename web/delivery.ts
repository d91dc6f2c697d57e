import { call, Refused } from "./call.ts";
import type { Pending } from "./outbox.ts";

export interface DeliveryParts {
  readonly endpoint: string;
  readonly conversation: () => string;
  /** @param refused a token that the server did not take */
  readonly token: (refused?: string) => Promise<string>;
  readonly setting: () => { readonly locale: string; readonly localTimezone: string };
}

export interface Delivery {
  /** What went out last, and when by this device's clock; null before anything did. */
  readonly last: { readonly clientId: string; readonly at: number } | null;
  /** Sends one message; never throws. @returns what became of it */
  deliver(message: Pending): Promise<"sent" | "failed" | "refused">;
}

/** Brings what the person wrote or pressed to the server, with a new token where the old one is not taken. */
export function createDelivery({ endpoint, conversation, token, setting }: DeliveryParts): Delivery {
  let last: Delivery["last"] = null;

  const send = async ({ text, value, clientId }: Pending, given: string) =>
    await call(`${endpoint}/v3/directline/conversations/${conversation()}/activities`, {
      token: given,
      outlive: true,
      body: {
        type: "message",
        text,
        ...(value === null ? {} : { value }),
        channelData: { clientActivityID: clientId },
        ...setting(),
      },
    });

  return {
    get last() {
      return last;
    },
    deliver: async (message) => {
      try {
        const given = await token();
        last = { clientId: message.clientId, at: Date.now() };
        try {
          await send(message, given);
        } catch (error) {
          if (!(error instanceof Refused && error.forToken)) throw error;
          await send(message, await token(given));
        }
        return "sent";
      } catch (error) {
        return error instanceof Refused && error.forGood && error.status !== 404 ? "refused" : "failed";
      }
    },
  };
}

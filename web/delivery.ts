import { type CallOptions, Refused } from "./call.ts";
import type { ConversationCall } from "./conversation.ts";
import type { Pending } from "./outbox.ts";
import type { Setting } from "./token-service.ts";

export interface DeliveryParts {
  readonly call: ConversationCall;
  readonly setting: () => Setting;
}

/** What became of a message; the server will never take one that was refused. */
export type Outcome = "sent" | "failed" | "refused";

export interface Delivery {
  /** Sends one message; never throws. */
  deliver(message: Pending): Promise<Outcome>;
}

/** Brings what the person wrote or pressed to the server. */
export function createDelivery({ call, setting }: DeliveryParts): Delivery {
  const activityOf = ({ text, value, clientId }: Pending): CallOptions => ({
    outlive: true,
    body: {
      type: "message",
      text,
      ...(value !== null && { value }),
      channelData: { clientActivityID: clientId },
      ...setting(),
    },
  });

  return {
    deliver: async (message) => {
      try {
        await call("/activities", () => activityOf(message));
        return "sent";
      } catch (error) {
        // An unknown conversation is about to be replaced by a new one, which will take the message.
        return error instanceof Refused && error.forGood && error.status !== 404 ? "refused" : "failed";
      }
    },
  };
}

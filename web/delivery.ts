import { type CallOptions, Refused } from "./call.ts";
import type { ConversationCall } from "./conversation.ts";
import type { Pending } from "./outbox.ts";
import type { Setting } from "./token-service.ts";

export interface DeliveryParts {
  readonly call: ConversationCall;
  readonly setting: () => Setting;
  /** What the server could not keep: it comes with the answer, since no transcript will have it. */
  readonly arrived: (activities: readonly unknown[]) => void;
}

/**
 * What became of a message. unkept: it was answered, the answer has arrived, and nothing of both is kept · refused: the server
 * will never take it.
 */
export type Outcome = "sent" | "unkept" | "failed" | "refused";

export interface Delivery {
  /** Sends one message; never throws. */
  deliver(message: Pending): Promise<Outcome>;
}

/** Brings what the person wrote or pressed to the server. */
export function createDelivery({ call, setting, arrived }: DeliveryParts): Delivery {
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
        const { activities } = await call("/activities", () => activityOf(message));
        if (!Array.isArray(activities)) return "sent";
        arrived(activities);
        return "unkept";
      } catch (error) {
        // An unknown conversation is about to be replaced by a new one, which will take the message.
        return error instanceof Refused && error.forGood && error.status !== 404 ? "refused" : "failed";
      }
    },
  };
}

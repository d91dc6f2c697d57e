import type { Activity, TurnContext } from "botbuilder";
import { createLanes } from "../../turns/lanes.ts";
import type { Outgoing, Turns } from "../../turns/port.ts";
import { HttpError } from "../http/http.ts";
import { activitiesOf, type Place, plainActivity } from "./activity-out.ts";
import { ConnectorError } from "./connector-error.ts";
import type { Delivery } from "./delivery.ts";
import { createOnce } from "./once.ts";

export interface PostingParts {
  readonly turns: Turns;
  readonly delivery: Delivery;
  /** A message could not be delivered; the outbox tries again. */
  readonly failed: (error: unknown) => void;
}

/** Replies on their way into a chat. */
export interface Parcel {
  /** The conversation. */
  readonly key: string;
  readonly place: Place;
  readonly replies: readonly Outgoing[];
  /** False when the store failed: there is nothing to acknowledge. */
  readonly kept: boolean;
  /** When to give up, in the milliseconds of the delivery's clock. */
  readonly deadline: number;
}

export interface Posting {
  /**
   * Posts the replies in order, each acknowledged as it arrives. A reply that is under way or has arrived is not posted again.
   * @throws ConnectorError when one did not arrive
   */
  post(context: TurnContext, parcel: Parcel): Promise<void>;
  /**
   * The same in answer to a call. Whatever is not delivered now stays in the outbox.
   * @throws HttpError 503 for what could not be kept: the channel sends the message again
   */
  answer(context: TurnContext, parcel: Parcel): Promise<void>;
}

/** Puts replies into the chats of Azure's channels. */
export function createPosting({ turns, delivery, failed }: PostingParts): Posting {
  const inThread = createLanes();
  const once = createOnce();

  const post: Posting["post"] = async (context, { key, place, replies, kept, deadline }) => {
    const thread = context.activity.conversation.id;
    const messages = activitiesOf(
      replies.map(({ reply }) => reply),
      place,
    );
    await inThread(thread, async () => {
      for (const [at, one] of replies.entries()) {
        const send = async () => {
          for (const message of messages[at] ?? [])
            await delivery.send(thread, deadline, () => sendOne(context, message, plainActivity(one.reply)));
        };
        if (!kept) await send();
        else {
          await once(`${key}#${one.sequence}`, send);
          await turns.acknowledge(key, [one]);
        }
      }
    });
  };

  return {
    post,
    answer: async (context, parcel) => {
      const { key, replies, kept } = parcel;
      try {
        await post(context, parcel);
      } catch (error) {
        if (error instanceof ConnectorError && error.isFinal) {
          await turns.acknowledge(key, replies);
          await turns.leave(key);
          return;
        }
        failed(error);
        if (!kept) throw new HttpError(503, "ServiceUnavailable", "The answer could not be delivered.", { "Retry-After": "5" });
      }
    },
  };
}

/** A card that the channel refuses must not cost the text. */
async function sendOne(context: TurnContext, message: Partial<Activity>, plain: Partial<Activity>): Promise<void> {
  try {
    await context.sendActivity(message);
  } catch (error) {
    const refused = error instanceof ConnectorError && (error.status === 400 || error.status === 413);
    if (!refused || message.attachments === undefined) throw error;
    if (message.text !== undefined) await context.sendActivity(plain);
  }
}

import type { Handled, Incoming, Turns } from "../../turns/port.ts";
import { activityId, activityOfReply, clientActivityOf, echoOf, messageOf, type SentActivity } from "./activity.ts";
import { CHANNEL, keyOf, unkeptId } from "./conversation.ts";
import type { Hub } from "./hub.ts";
import { type Line, lineOf } from "./line.ts";
import type { Token } from "./tokens.ts";

export interface TalkParts {
  readonly turns: Turns;
  readonly hub: Hub;
  readonly now: () => number;
}

/** What is said in a web chat: it runs the turn and shows it to whoever is there. */
export interface Talk {
  /** Welcomes somebody. `settings` may hold their locale and time zone. */
  greet(conversation: string, settings: SentActivity): Promise<void>;
  /** Takes a message and gives the id it has in the transcript. @throws HttpError 400 */
  hear(who: Token, sent: SentActivity): Promise<string>;
}

export function createTalk({ turns, hub, now }: TalkParts): Talk {
  const show = async (conversation: string, { kept, replies }: Handled, echo: Line | null): Promise<void> => {
    if (kept) {
      const lines = replies.map((one) => lineOf(conversation, one));
      return await hub.publish(conversation, echo === null ? lines : [echo, ...lines]);
    }
    const unkept = replies.map((one) => JSON.stringify({ ...activityOfReply(conversation, one), id: unkeptId(conversation) }));
    hub.show(conversation, echo === null ? unkept : [echo.json, ...unkept]);
  };

  return {
    greet: async (conversation, settings) => {
      const incoming = incomingOf(conversation, settings, now());
      const handled = await turns.handle({ ...incoming, activity: "arrival", what: { kind: "arrival" }, echo: null });
      await show(conversation, handled, null);
    },
    hear: async ({ conversation, user }, sent) => {
      const what = messageOf(sent);
      const at = now();
      const echo = (sequence: number) => JSON.stringify(echoOf(conversation, user, sent, sequence, at));
      const handled = await turns.handle({ ...incomingOf(conversation, sent, at), activity: clientActivityOf(sent), what, echo });
      const { kept, repeated, sequence } = handled;
      const id = kept ? activityId(conversation, sequence) : unkeptId(conversation);
      const json = kept ? echo(sequence) : JSON.stringify({ ...echoOf(conversation, user, sent, 0, at), id });
      if (!repeated) await show(conversation, handled, { sequence, json });
      return id;
    },
  };
}

function incomingOf(conversation: string, sent: SentActivity, at: number): Omit<Incoming, "activity" | "what" | "echo"> {
  const { locale, localTimezone } = sent;
  const short = (value: unknown) => (typeof value === "string" && value.length <= 60 ? value : null);
  return {
    conversation: keyOf(conversation),
    channel: CHANNEL,
    reference: null,
    mustDeliver: false,
    locale: short(locale),
    timeZone: short(localTimezone),
    scope: "personal",
    reach: "open",
    at,
  };
}

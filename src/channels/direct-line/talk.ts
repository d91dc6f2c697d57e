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
  /** @throws HttpError 400 */
  hear(who: Token, sent: SentActivity): Promise<Heard>;
}

/** The answer to whoever sent a message. */
export interface Heard {
  readonly id: string;
  /**
   * The message and what was said to it, where they could not be kept: no transcript will have them, and the stream may be
   * another server's, which does not hear of them.
   */
  readonly activities?: readonly object[];
}

export function createTalk({ turns, hub, now }: TalkParts): Talk {
  const showUnkept = (conversation: string, echo: object, { replies }: Handled): Heard => {
    const id = unkeptId(conversation);
    const said = replies.map((one) => ({ ...activityOfReply(conversation, one), id: unkeptId(conversation) }));
    const activities = [{ ...echo, id }, ...said];
    hub.show(conversation, activities);
    return { id, activities };
  };

  /** @param before what stands before the replies; asked for only where somebody is there to see it */
  const showKept = async (conversation: string, { repeated, replies }: Handled, before: () => Line[]): Promise<void> => {
    if (repeated || !hub.isHeard(conversation)) return;
    await hub.publish(conversation, [...before(), ...replies.map((one) => lineOf(conversation, one))]);
  };

  return {
    greet: async (conversation, settings) => {
      const incoming = incomingOf(conversation, settings, now());
      const handled = await turns.handle({ ...incoming, activity: "arrival", what: { kind: "arrival" }, echo: null });
      // A stream that opened in an outage is there before the welcome.
      if (handled.kept) await showKept(conversation, handled, () => []);
    },
    hear: async ({ conversation, user }, sent) => {
      const what = messageOf(sent);
      const at = now();
      let written: Line | null = null;
      const echo = (sequence: number): string => {
        if (written?.sequence !== sequence)
          written = { sequence, json: JSON.stringify(echoOf(conversation, user, sent, sequence, at)) };
        return written.json;
      };
      const handled = await turns.handle({ ...incomingOf(conversation, sent, at), activity: clientActivityOf(sent), what, echo });
      if (!handled.kept) return showUnkept(conversation, echoOf(conversation, user, sent, 0, at), handled);
      const { sequence } = handled;
      await showKept(conversation, handled, () => [{ sequence, json: echo(sequence) }]);
      return { id: activityId(conversation, sequence) };
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

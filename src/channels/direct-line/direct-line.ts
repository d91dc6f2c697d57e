import { NO_LIMITS, type WebLimits } from "../../config.ts";
import type { Store } from "../../store/store.ts";
import type { Deliver, Turns } from "../../turns/port.ts";
import type { Route } from "../http/http.ts";
import { createAccess } from "./access.ts";
import { CHANNEL, idOf, keyOf, PAGE } from "./conversation.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { createHub } from "./hub.ts";
import { createLimits } from "./limits.ts";
import { lineOf, linesOf } from "./line.ts";
import { createStreams, type Streams } from "./stream.ts";
import { createTalk } from "./talk.ts";
import { tokenRoutes } from "./token-routes.ts";
import type { Tokens } from "./tokens.ts";

export interface DirectLineParts {
  readonly turns: Turns;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Direct Line secret of the deployment; null: tokens come from this server's own page alone. */
  readonly secret: string | null;
  readonly now: () => number;
  /** How many sockets are open, for the metrics. */
  readonly report: (sockets: number) => void;
  readonly limits?: WebLimits;
}

export interface DirectLine {
  readonly routes: readonly Route[];
  readonly upgrade: Streams["upgrade"];
  close(): void;
}

/** Direct Line 3.0 for the web chat: our widget and any stock client speak it. docs/web-chat.md describes the routes. */
export function createDirectLine(parts: DirectLineParts): DirectLine {
  const { turns, store, tokens, secret, now, report } = parts;
  const transcript = async (conversation: string, after: number) =>
    linesOf(conversation, await store.transcript(keyOf(conversation), after, PAGE));
  const hub = createHub(transcript, store.shared);
  const limits = createLimits(parts.limits ?? NO_LIMITS, now);
  const streams = createStreams({ hub, tokens, limits, now, report });
  const access = createAccess({ tokens, secret, limits, now });
  const talk = createTalk({ turns, hub, now });

  const deliver: Deliver = async ({ conversation }, replies) => {
    const id = idOf(conversation);
    await hub.publish(
      id,
      replies.map((one) => lineOf(id, one)),
    );
    return "arrived";
  };
  turns.connect(CHANNEL, deliver, { transcript: true });
  store.onSaidElsewhere((conversation) => void hub.refresh(conversation === null ? null : idOf(conversation)));

  return {
    upgrade: streams.upgrade,
    close: () => {
      hub.close();
      streams.close();
    },
    routes: [...tokenRoutes({ access, limits, store, talk, now }), ...conversationRoutes({ access, limits, store, talk })],
  };
}

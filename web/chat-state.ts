import { clockOffset } from "./clock.ts";
import type { Connection } from "./connection.ts";
import type { Delivery } from "./delivery.ts";
import { type Message, readActivity } from "./message.ts";
import type { Outbox, Pending } from "./outbox.ts";
import type { Session } from "./session.ts";
import { merge } from "./transcript.ts";

export interface ChatState {
  readonly connection: Connection;
  readonly messages: readonly Message[];
  /** Not in the transcript yet, oldest first. */
  readonly pending: readonly Pending[];
  /** How far the server's clock is ahead, milliseconds. */
  readonly offset: number;
  /** The last one known, for the time without a connection. */
  readonly emergencyNumber: string | null;
  /** The earlier conversation could not be opened any more, and a new one was begun. */
  readonly lostEarlier: boolean;
}

export interface ChatStoreParts {
  readonly session: Session;
  readonly outbox: Outbox;
  readonly changed: (state: ChatState) => void;
}

/** What is shown of the chat. */
export interface ChatStore {
  readonly state: ChatState;
  /** Also takes over what the outbox holds now. */
  change(what: Partial<Omit<ChatState, "pending">>): void;
  /** @param lastSent what this page sent last: its echo tells how far the clocks are apart */
  take(activities: readonly unknown[], lastSent: Delivery["last"]): void;
}

export function createChatStore({ session, outbox, changed }: ChatStoreParts): ChatStore {
  let state: ChatState = {
    connection: "connecting",
    messages: [],
    pending: outbox.all,
    offset: session.saved?.offset ?? 0,
    emergencyNumber: session.saved?.emergencyNumber ?? null,
    lostEarlier: false,
  };

  const change: ChatStore["change"] = (what) => {
    state = { ...state, ...what, pending: outbox.all };
    changed(state);
  };

  return {
    get state() {
      return state;
    },
    change,
    take: (activities, lastSent) => {
      const messages = activities.map(readActivity).filter((one) => one !== null);
      const offset = measuredOffset(messages, lastSent);
      if (offset !== null) session.note({ offset });
      const emergencyNumber = messages.findLast(({ from }) => from === "bot")?.emergencyNumber ?? state.emergencyNumber;
      if (emergencyNumber !== state.emergencyNumber) session.note({ emergencyNumber });
      outbox.remove(messages.map(({ clientId }) => clientId).filter((one) => one !== null));
      change({ messages: merge(state.messages, messages), offset: session.saved?.offset ?? 0, emergencyNumber });
    },
  };
}

/** @returns null when the echo of what was sent last is not among the messages */
function measuredOffset(messages: readonly Message[], lastSent: Delivery["last"]): number | null {
  const echo = messages.find(({ clientId }) => clientId !== null && clientId === lastSent?.clientId);
  return echo === undefined || lastSent === null ? null : clockOffset(echo.at, lastSent.at, Date.now());
}

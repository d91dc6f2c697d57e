import { clockOffset, type Span } from "./clock.ts";
import type { Connection } from "./connection.ts";
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
  take(activities: readonly unknown[]): void;
  /**
   * The server has taken a message: with the echo, it tells how far the clocks are apart.
   * @param at this device's clock, milliseconds since 1970
   */
  answered(message: Pending, at: number): void;
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

  /** The last message that the server took, and when it did; null once it has told how far the clocks are apart. */
  let taken: (Span & Pick<Pending, "clientId">) | null = null;

  const change: ChatStore["change"] = (what) => {
    state = { ...state, ...what, pending: outbox.all };
    changed(state);
  };

  // The server stamps a message before it answers, so the answer bounds the stamp; the echo may come at any time before or after.
  const offsetBy = (messages: readonly Message[]): number => {
    const known = session.saved?.offset ?? 0;
    const echo = messages.find(({ clientId }) => clientId !== null && clientId === taken?.clientId);
    if (echo === undefined || taken === null) return known;
    const offset = clockOffset(known, echo.at, taken);
    taken = null;
    session.note({ offset });
    return offset;
  };

  return {
    get state() {
      return state;
    },
    change,
    take: (activities) => {
      const arrived = activities.map(readActivity).filter((one) => one !== null);
      const emergencyNumber = arrived.findLast(({ from }) => from === "bot")?.emergencyNumber ?? state.emergencyNumber;
      if (emergencyNumber !== state.emergencyNumber) session.note({ emergencyNumber });
      outbox.remove(arrived.map(({ clientId }) => clientId).filter((one) => one !== null));
      const messages = merge(state.messages, arrived);
      change({ messages, offset: offsetBy(messages), emergencyNumber });
    },
    answered: ({ clientId, at: from }, to) => {
      taken = { clientId, from, to };
      change({ offset: offsetBy(state.messages) });
    },
  };
}

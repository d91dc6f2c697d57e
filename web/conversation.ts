import { type CallOptions, call, Refused } from "./call.ts";
import { Ended, type Session } from "./session.ts";

export interface ConversationParts {
  readonly endpoint: string;
  readonly session: Session;
  /** The conversation could not be gone on with, and another was begun. */
  readonly lost: () => void;
  /** Another conversation is the present one now. */
  readonly moved: () => void;
}

/**
 * Calls a route of the present conversation: with a token, and with another where the server does not take the first.
 * @param path what follows the conversation's own address
 * @param options asked for each time the call goes out
 * @throws Refused, or what fetch throws when the server cannot be reached
 */
export type ConversationCall = (path: string, options: () => CallOptions) => Promise<Readonly<Record<string, unknown>>>;

/** The conversation that this page shows. Where it is no more, another is begun in its place. */
export interface Conversation {
  readonly call: ConversationCall;
  /** Goes along where another tab has begun another one. */
  follow(): void;
  beginAnew(): Promise<void>;
}

export function createConversation({ endpoint, session, lost, moved }: ConversationParts): Conversation {
  const current = () => session.saved?.conversation ?? "";
  let id = current();

  const follow = (): void => {
    const before = id;
    id = current();
    if (before !== "" && id !== before) moved();
  };

  const beginAnew = async (): Promise<void> => {
    await session.begin();
    lost();
    follow();
  };

  const tokenInPlaceOf = async (refused?: string): Promise<string> => {
    try {
      const token = await session.token(refused);
      follow();
      return token;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      await beginAnew();
      return await session.token();
    }
  };

  return {
    call: async (path, options) => {
      const ask = async (token: string) =>
        await call(`${endpoint}/v3/directline/conversations/${id}${path}`, { ...options(), token });
      const token = await tokenInPlaceOf();
      try {
        return await ask(token);
      } catch (error) {
        if (!(error instanceof Refused && error.forToken)) throw error;
        return await ask(await tokenInPlaceOf(token));
      }
    },
    follow,
    beginAnew,
  };
}

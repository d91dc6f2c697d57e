import type { IncomingMessage as HttpRequest } from "node:http";
import { type Call, HttpError } from "../http/http.ts";
import { BASE } from "./conversation.ts";
import type { Limits } from "./limits.ts";
import { STREAM_SECONDS, sameSecret, TOKEN_SECONDS, type Token, type Tokens } from "./tokens.ts";

export interface AccessParts {
  readonly tokens: Tokens;
  /** Direct Line secret of the deployment; null: nobody has one. */
  readonly secret: string | null;
  readonly limits: Limits;
  readonly now: () => number;
}

/** Who may do what in the web chat, and what they hold to show it. */
export interface Access {
  /** @throws HttpError 401, 403, 429 */
  tokenOf(call: Call): Token;
  hasSecret(call: Call): boolean;
  /** A new token, in the words of the answer that gives it. */
  grant(conversation: string, user: string): Granted;
  /** Where to open the stream; the address is good once, for a minute. */
  streamUrl(call: Call, token: Token, watermark: number): string;
}

export interface Granted {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
}

export function createAccess({ tokens, secret, limits, now }: AccessParts): Access {
  const sign = (kind: Token["kind"], conversation: string, user: string, seconds: number): string =>
    tokens.sign({ kind, conversation, user, expires: now() + seconds * 1000 });

  return {
    tokenOf: ({ request, params, caller }) => {
      limits.call(caller);
      const given = bearerOf(request);
      const token = given === null ? null : tokens.read(given, now());
      if (token === "expired") throw new HttpError(403, "TokenExpired", "The token has expired.");
      if (token === null || token.kind !== "token") throw new HttpError(401, "Unauthorized", "A token is needed.");
      const wanted = params["id"];
      if (wanted !== undefined && wanted !== token.conversation)
        throw new HttpError(403, "BadArgument", "The token is for another conversation.");
      limits.use(caller, token.conversation);
      return token;
    },
    hasSecret: ({ request }) => {
      const given = bearerOf(request);
      return secret !== null && given !== null && sameSecret(given, secret);
    },
    grant: (conversation, user) => ({
      conversationId: conversation,
      token: sign("token", conversation, user, TOKEN_SECONDS),
      expires_in: TOKEN_SECONDS,
    }),
    streamUrl: ({ origin }, { conversation, user }, watermark) => {
      const ticket = sign("stream", conversation, user, STREAM_SECONDS);
      return `${origin.replace(/^http/, "ws")}${BASE}/conversations/${conversation}/stream?watermark=${watermark}&t=${ticket}`;
    },
  };
}

function bearerOf(request: HttpRequest): string | null {
  return /^Bearer ([\w.~+/=-]+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

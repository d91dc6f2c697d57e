import { call, Refused } from "./call.ts";
import type { Keys } from "./saved-session.ts";

/** Where the person is, as far as the browser tells: the emergency number hangs on it. */
export interface Setting {
  readonly locale: string;
  readonly localTimezone: string;
}

export interface TokenServiceParts {
  readonly endpoint: string;
  readonly setting: () => Setting;
  readonly now: () => number;
}

/** The server's routes that give tokens. All throw Refused, or what fetch throws. */
export interface TokenService {
  begin(): Promise<Keys>;
  /** @returns null when the token is not taken */
  refresh(token: string): Promise<Pick<Keys, "token" | "expires"> | null>;
  /**
   * @param next becomes the secret in the place of this one
   * @returns null when the secret is not taken
   */
  resume(secret: string, next: string): Promise<Keys | null>;
}

type Answer = Readonly<Record<string, unknown>>;

export function createTokenService({ endpoint, setting, now }: TokenServiceParts): TokenService {
  const tokenOf = (answer: Answer) => ({
    token: String(answer["token"]),
    expires: now() + Number(answer["expires_in"] ?? 0) * 1000,
  });
  const open = async (secrets: object): Promise<Keys> => {
    const answer = await call(`${endpoint}/chat/token`, { body: { ...setting(), ...secrets } });
    return { ...tokenOf(answer), conversation: String(answer["conversationId"]), resume: String(answer["resume"]) };
  };
  return {
    begin: async () => await open({}),
    refresh: async (token) =>
      await nullWhen(
        ({ forToken }) => forToken,
        async () => tokenOf(await call(`${endpoint}/v3/directline/tokens/refresh`, { token, body: {} })),
      ),
    resume: async (secret, next) =>
      await nullWhen(
        // A proxy or a firewall may answer 403 as well, and that is no reason to give the talk up.
        ({ code }) => code === "ResumeInvalid",
        async () => await open({ resume: secret, next }),
      ),
  };
}

async function nullWhen<T>(isExpected: (refused: Refused) => boolean, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && isExpected(error)) return null;
    throw error;
  }
}

import { createHash, createHmac, createSecretKey, randomBytes, timingSafeEqual } from "node:crypto";

/** What a token stands for: one conversation of one user, for a while. */
export interface Token {
  readonly kind: "token" | "stream";
  readonly conversation: string;
  /** Begins with "dl_", as Direct Line wants it of bound users. */
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export const TOKEN_SECONDS = 1800;
/** Direct Line's own: a stream address is good for a minute. */
export const STREAM_SECONDS = 60;

export interface Tokens {
  sign(token: Token): string;
  /** @returns the token, "expired", or null when it is none of ours */
  read(text: string, now: number): Token | "expired" | null;
}

/** Some 4 MB when every place is taken. */
const MOST_REMEMBERED = 10_000;

/**
 * Signed tokens (HMAC-SHA256), so that any instance with the same key can read them and nothing has to be kept. A token whose
 * signature was right is remembered, since it comes with every message; its expiry counts each time.
 */
export function createTokens(key: Buffer): Tokens {
  const secret = createSecretKey(key);
  const seal = (payload: string) => createHmac("sha256", secret).update(payload).digest("base64url");
  // The oldest first. Whoever does not hold a token learns nothing by the time of a look-up: it compares hashes before texts.
  const remembered = new Map<string, Token>();

  const verified = (text: string): Token | null => {
    const [payload = "", signature = "", ...more] = text.split(".");
    // Compared as text: many texts decode to the same bytes, and each would be a ticket of its own.
    const given = Buffer.from(signature);
    const wanted = Buffer.from(seal(payload));
    if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
    const [kind, conversation, user, expires] = JSON.parse(Buffer.from(payload, "base64url").toString()) as [
      Token["kind"],
      string,
      string,
      number,
    ];
    return { kind, conversation, user, expires };
  };

  const remember = (text: string, token: Token): void => {
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(text, token);
  };

  return {
    sign: ({ kind, conversation, user, expires }) => {
      // Two tickets of one moment are two: each opens its own stream.
      const own = kind === "stream" ? [randomId()] : [];
      const payload = Buffer.from(JSON.stringify([kind, conversation, user, expires, ...own])).toString("base64url");
      return `${payload}.${seal(payload)}`;
    },
    read: (text, now) => {
      const known = remembered.get(text);
      const token = known ?? verified(text);
      if (token === null) return null;
      if (token.expires <= now) {
        remembered.delete(text);
        return "expired";
      }
      // What opens a stream is used once.
      if (known === undefined && token.kind === "token") remember(text, token);
      return token;
    },
  };
}

/** Nobody can guess it: 128 bits or more. */
export function randomId(): string {
  return randomBytes(18).toString("base64url");
}

/** A client may choose its next resume secret itself: it then knows it although the answer got lost. */
export function resumeSecret(chosen: unknown): string {
  return typeof chosen === "string" && /^[\w-]{24,64}$/.test(chosen) ? chosen : randomId();
}

export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares without telling by its time how much was right. */
export function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(wanted).digest());
}

import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

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

/** Signed tokens (HMAC-SHA256), so that any instance with the same key can read them and nothing has to be kept. */
export function createTokens(key: Buffer): Tokens {
  const seal = (payload: string) => createHmac("sha256", key).update(payload).digest();
  return {
    sign: (token) => {
      const payload = Buffer.from(JSON.stringify([token.kind, token.conversation, token.user, token.expires])).toString(
        "base64url",
      );
      return `${payload}.${seal(payload).toString("base64url")}`;
    },
    read: (text, now) => {
      const [payload = "", signature = "", ...more] = text.split(".");
      // Compared as text: many texts decode to the same bytes, and each would be a ticket of its own.
      const given = Buffer.from(signature);
      const wanted = Buffer.from(seal(payload).toString("base64url"));
      if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const [kind, conversation, user, expires] = JSON.parse(Buffer.from(payload, "base64url").toString()) as [
        Token["kind"],
        string,
        string,
        number,
      ];
      return expires <= now ? "expired" : { kind, conversation, user, expires };
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

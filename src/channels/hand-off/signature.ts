import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A signed call is taken this long after it was made; later it may be one that somebody recorded. */
const FRESH = 5 * 60_000;

/**
 * Signs a body so that the other side knows who sent it and when.
 * @param at milliseconds since 1970
 * @returns headers to send with the body
 */
export function sign(secret: string, body: string, at: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  return { "X-Unknot-Timestamp": timestamp, "X-Unknot-Signature": `sha256=${digest(secret, timestamp, body)}` };
}

/** Whether a body was signed with the secret a moment ago. */
export function isSigned(secret: string, body: string, headers: Readonly<Record<string, unknown>>, now: number): boolean {
  const timestamp = String(headers["x-unknot-timestamp"] ?? "");
  const given = Buffer.from(String(headers["x-unknot-signature"] ?? ""));
  const right = Buffer.from(`sha256=${digest(secret, timestamp, body)}`);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > FRESH) return false;
  return given.length === right.length && timingSafeEqual(given, right);
}

function digest(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

/**
 * Wraps a text so that only this bot can read it again: the other side sends it back as it is. The same text is always sealed
 * the same: its nonce is made of it, so that no two texts share one.
 */
export function seal(secret: string, text: string): string {
  const nonce = createHmac("sha256", keyOf(secret)).update(text).digest().subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @returns null when it is not one of ours */
export function unseal(secret: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < 29) return null;
  try {
    const cipher = createDecipheriv("aes-256-gcm", keyOf(secret), bytes.subarray(0, 12), { authTagLength: 16 });
    cipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function keyOf(secret: string): Buffer {
  return createHash("sha256").update(`hand-off:${secret}`).digest();
}

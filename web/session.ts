import { call, Refused } from "./call.ts";
import type { Shelf } from "./shelf.ts";

/** What is kept on the device, so that a reload or another tab goes on with the same talk. */
export interface Saved {
  readonly conversation: string;
  readonly token: string;
  /** When the token runs out, by this device's clock. */
  readonly expires: number;
  /** Opens the conversation again after the token has run out. Good for one use. */
  readonly resume: string;
  /** The secret that should follow `resume`: written down before it is asked for, since the answer may be lost. */
  readonly next: string | null;
  /** How far the server's clock is ahead of this device's, in milliseconds; null until known. */
  readonly offset: number | null;
  /** For the time without a connection. */
  readonly emergencyNumber: string | null;
}

export interface SessionParts {
  readonly endpoint: string;
  readonly shelf: Shelf;
  /** Sent when a talk begins: the emergency number hangs on it. */
  readonly setting: () => { readonly locale: string; readonly localTimezone: string };
  /** Lets one tab at a time do something. */
  readonly locked: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
}

export interface Session {
  readonly saved: Saved | null;
  /**
   * A token that should be good, renewed or begun first where needed.
   * @param refused a token that the server did not take
   * @throws Ended when the conversation is no more; Refused; or what fetch throws
   */
  token(refused?: string): Promise<string>;
  /** Begins a new conversation in the place of this one. */
  begin(): Promise<void>;
  note(what: Partial<Pick<Saved, "offset" | "emergencyNumber">>): void;
}

/** The conversation cannot be gone on with: it was too long ago, or its secret is not taken. */
export class Ended extends Error {}

/** Renewed this long before it runs out. */
const MARGIN = 60_000;
/** Half of a token's life: after that it is renewed when there is an occasion. */
const HALF_LIFE = 15 * 60_000;

/**
 * The keys to a conversation. Three things can go wrong with a secret that is good for one use, and each is met:
 * - the answer with the new secret is lost: the new one is chosen here and written down before it is asked for, so it is
 *   known either way;
 * - two tabs use the old one at once: one tab at a time renews, and whoever comes second finds the new token on the shelf;
 * - the browser has no locks: the second is refused, looks at the shelf again and finds what the first left there.
 */
export function createSession({ endpoint, shelf, setting, locked, now }: SessionParts): Session {
  let memory: Saved | null = null;

  const look = (): Saved | null => {
    const text = shelf.read();
    memory = text === null ? memory : (parse(text) ?? memory);
    return memory;
  };
  const keep = (saved: Saved): void => {
    memory = saved;
    shelf.write(JSON.stringify(saved));
  };
  const isGood = (saved: Saved | null, refused: string | undefined): saved is Saved =>
    saved !== null && saved.token !== refused && saved.expires - now() > MARGIN;

  const begin = async (): Promise<Saved> => {
    const answer = await call(`${endpoint}/chat/token`, { body: setting() });
    const saved = { ...keysOf(answer, now()), offset: memory?.offset ?? null, emergencyNumber: memory?.emergencyNumber ?? null };
    keep(saved);
    return saved;
  };

  const renew = async (saved: Saved, refused: string | undefined): Promise<Saved> => {
    if (saved.expires > now() && saved.token !== refused) {
      try {
        const answer = await call(`${endpoint}/v3/directline/tokens/refresh`, { token: saved.token, body: {} });
        const renewed = { ...saved, token: String(answer["token"]), expires: expiry(answer, now()) };
        keep(renewed);
        return renewed;
      } catch (error) {
        if (!(error instanceof Refused && error.forToken)) throw error;
      }
    }
    return await resume(saved);
  };

  const resume = async (saved: Saved): Promise<Saved> => {
    const next = saved.next ?? randomText();
    keep({ ...saved, next });
    const renewed =
      (await useResume(saved.resume, next)) ?? (saved.next === null ? null : await resumeWithNext(saved, saved.next));
    if (renewed === null) {
      const found = look();
      if (found !== null && found.resume !== saved.resume && found.resume !== saved.next) return await resume(found);
      throw new Ended();
    }
    keep({ ...saved, ...renewed });
    return { ...saved, ...renewed };
  };

  /** The answer to an earlier try was lost: the secret that was written down then is the present one. */
  const resumeWithNext = async (saved: Saved, present: string): Promise<Keys | null> => {
    const next = randomText();
    keep({ ...saved, resume: present, next });
    return await useResume(present, next);
  };

  /** @returns null when the secret is not taken */
  const useResume = async (present: string, next: string): Promise<Keys | null> => {
    try {
      return keysOf(await call(`${endpoint}/chat/token`, { body: { ...setting(), resume: present, next } }), now());
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return null;
      throw error;
    }
  };

  return {
    get saved() {
      return look();
    },
    token: async (refused) => {
      const saved = look();
      if (isGood(saved, refused)) {
        if (saved.expires - now() < HALF_LIFE) void locked(async () => await renew(saved, refused)).catch(() => {});
        return saved.token;
      }
      return await locked(async () => {
        const newer = look();
        if (isGood(newer, refused)) return newer.token;
        return (newer === null ? await begin() : await renew(newer, refused)).token;
      });
    },
    begin: async () => {
      await locked(begin);
    },
    note: (what) => {
      const saved = look();
      if (saved !== null) keep({ ...saved, ...what });
    },
  };
}

type Keys = Pick<Saved, "conversation" | "token" | "expires" | "resume" | "next">;

function keysOf(answer: Readonly<Record<string, unknown>>, now: number): Keys {
  const { conversationId, token, resume } = answer;
  return {
    conversation: String(conversationId),
    token: String(token),
    expires: expiry(answer, now),
    resume: String(resume),
    next: null,
  };
}

function expiry(answer: Readonly<Record<string, unknown>>, now: number): number {
  return now + Number(answer["expires_in"] ?? 0) * 1000;
}

/** 144 random bits. crypto.randomUUID is not there without https. */
export function randomText(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

function parse(text: string): Saved | null {
  try {
    const saved = JSON.parse(text) as Partial<Saved>;
    const { conversation, token, expires, resume, next, offset, emergencyNumber } = saved;
    if (typeof conversation !== "string" || typeof token !== "string" || typeof resume !== "string") return null;
    return {
      conversation,
      token,
      expires: Number(expires ?? 0),
      resume,
      next: next ?? null,
      offset: offset ?? null,
      emergencyNumber: emergencyNumber ?? null,
    };
  } catch {
    return null;
  }
}

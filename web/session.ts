import { resume } from "./resume.ts";
import { openSavedSession, type Saved } from "./saved-session.ts";
import type { Shelf } from "./shelf.ts";
import { createTokenService, type TokenServiceParts } from "./token-service.ts";

export interface SessionParts extends TokenServiceParts {
  readonly shelf: Shelf;
  /** Lets one tab at a time do something. */
  readonly locked: <T>(work: () => Promise<T>) => Promise<T>;
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

/** The keys to a conversation: begun, kept on the device and renewed, by one tab at a time. */
export function createSession({ endpoint, shelf, setting, locked, now }: SessionParts): Session {
  const store = openSavedSession(shelf);
  const service = createTokenService({ endpoint, setting, now });

  const isGood = (saved: Saved | null, refused: string | undefined): saved is Saved =>
    saved !== null && saved.token !== refused && saved.expires - now() > MARGIN;

  const begin = async (): Promise<Saved> => {
    const keys = await service.begin();
    const { offset, emergencyNumber } = store.read() ?? { offset: null, emergencyNumber: null };
    return store.write({ ...keys, next: null, offset, emergencyNumber });
  };

  const renew = async (saved: Saved, refused: string | undefined): Promise<Saved> => {
    const isAlive = saved.token !== refused && saved.expires > now();
    const refreshed = isAlive ? await service.refresh(saved.token) : null;
    const renewed = refreshed === null ? await resume(saved, { store, service }) : store.amend(saved, refreshed);
    if (renewed === null) throw new Ended();
    return renewed;
  };

  const token = async (refused?: string): Promise<string> => {
    const saved = store.read();
    if (isGood(saved, refused)) {
      if (saved.expires - now() < HALF_LIFE) void locked(async () => await renew(saved, refused)).catch(() => {});
      return saved.token;
    }
    return await locked(async () => {
      const newer = store.read();
      if (isGood(newer, refused)) return newer.token;
      return (newer === null ? await begin() : await renew(newer, refused)).token;
    });
  };

  return {
    get saved() {
      return store.read();
    },
    token,
    begin: async () => {
      await locked(begin);
    },
    note: (what) => {
      const saved = store.read();
      if (saved !== null) store.write({ ...saved, ...what });
    },
  };
}

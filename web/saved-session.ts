import { readJson, type Shelf } from "./shelf.ts";

/** What opens a conversation. */
export interface Keys {
  readonly conversation: string;
  readonly token: string;
  /** When the token runs out, by this device's clock. */
  readonly expires: number;
  /** Opens the conversation again after the token has run out. Good for one use. */
  readonly resume: string;
}

/** What is kept on the device, so that a reload or another tab goes on with the same talk. */
export interface Saved extends Keys {
  /** The secret that should follow `resume`: written down before it is asked for, since the answer may be lost. */
  readonly next: string | null;
  /** How far the server's clock is ahead of this device's, in milliseconds; null until known. */
  readonly offset: number | null;
  /** For the time without a connection. */
  readonly emergencyNumber: string | null;
}

export interface SavedSession {
  /** As this tab or another left it; null before there is one. */
  read(): Saved | null;
  /** @returns what was given */
  write(saved: Saved): Saved;
  /** Changes what is there now: what was noted meanwhile, the emergency number among it, stays. @param known where nothing is there */
  amend(known: Saved, what: Partial<Saved>): Saved;
}

/** The session on the shelf. One that another program has spoilt is as it was last read. */
export function openSavedSession(shelf: Shelf): SavedSession {
  let last: Saved | null = null;
  const read = (): Saved | null => {
    last = parse(readJson(shelf)) ?? last;
    return last;
  };
  const write = (saved: Saved): Saved => {
    last = saved;
    shelf.write(JSON.stringify(saved));
    return saved;
  };
  return { read, write, amend: (known, what) => write({ ...(read() ?? known), ...what }) };
}

function parse(data: unknown): Saved | null {
  const saved = (data ?? {}) as Partial<Saved>;
  const { conversation, token, resume } = saved;
  if (typeof conversation !== "string" || typeof token !== "string" || typeof resume !== "string") return null;
  return { expires: 0, next: null, offset: null, emergencyNumber: null, ...saved, conversation, token, resume };
}

import { readJson, type Shelf } from "./shelf.ts";

/** What a button stands for, in the form that the bot reads. */
export interface Pressed {
  readonly choice: string;
  /** Names the question that the button belonged to. */
  readonly question: string | null;
}

/** A message of the person that the transcript does not show yet. */
export interface Pending {
  readonly clientId: string;
  readonly text: string;
  readonly value: Pressed | null;
  /** This device's clock, milliseconds since 1970. */
  readonly at: number;
  /**
   * waiting: for its turn or for the connection · sending · sent: the echo is on its way · failed: did not reach the server ·
   * refused: the server will never take it.
   */
  readonly state: "waiting" | "sending" | "sent" | "failed" | "refused";
}

/** What was pressed or typed this long ago may not fit any more: it is sent only when the person asks for it again. */
const FRESH = 2 * 60_000;

export interface Outbox {
  readonly all: readonly Pending[];
  add(pending: Pending): void;
  /** One that is not there any more stays away. */
  update(clientId: string, state: Pending["state"]): void;
  remove(clientIds: readonly string[]): void;
  /** Takes one out. @returns null when it is not there any more */
  take(clientId: string): Pending | null;
  /** Takes out what was pressed: it answers questions that are asked no more. */
  removeAnswers(): void;
}

/** Messages on their way, kept on the device until the transcript shows them. */
export function openOutbox(shelf: Shelf, now: number): Outbox {
  const kept = readJson(shelf);
  let all: readonly Pending[] = (Array.isArray(kept) ? kept : []).filter(isPending).map((one) => afterReload(one, now));
  const keep = (next: readonly Pending[]) => {
    all = next;
    shelf.write(JSON.stringify(all));
  };
  const has = (clientIds: readonly string[]) => all.some(({ clientId }) => clientIds.includes(clientId));
  const remove = (clientIds: readonly string[]) => {
    if (has(clientIds)) keep(all.filter(({ clientId }) => !clientIds.includes(clientId)));
  };
  return {
    get all() {
      return all;
    },
    add: (pending) => keep([...all, pending]),
    update: (clientId, state) => {
      if (has([clientId])) keep(all.map((one) => (one.clientId === clientId ? { ...one, state } : one)));
    },
    remove,
    take: (clientId) => {
      const found = all.find((one) => one.clientId === clientId) ?? null;
      remove([clientId]);
      return found;
    },
    removeAnswers: () => remove(all.filter(({ value }) => value !== null).map(({ clientId }) => clientId)),
  };
}

/** Whether it may have arrived is not known: sending it again is safe, the server answers each client id once. */
function afterReload(one: Pending, now: number): Pending {
  if (one.state === "refused") return one;
  return { ...one, state: now - one.at < FRESH ? "waiting" : "failed" };
}

/** Failed ones that still fit go out again by themselves when the connection is back. */
export function toRetry(all: readonly Pending[], now: number): readonly Pending[] {
  return all.filter(({ state, at }) => state === "failed" && now - at < FRESH);
}

function isPending(data: unknown): data is Pending {
  const { clientId, text, at } = (data ?? {}) as Partial<Pending>;
  return typeof clientId === "string" && typeof text === "string" && typeof at === "number";
}

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

/** Oldest first. */
type List = readonly Pending[];

export interface Outbox {
  readonly all: List;
  add(pending: Pending): void;
  /** One that is not there any more stays away. */
  update(clientId: string, state: Pending["state"]): void;
  remove(clientIds: readonly string[]): void;
  /** Takes one out. @returns null when it is not there any more */
  take(clientId: string): Pending | null;
  /** Takes out what was pressed: it answers questions that are asked no more. */
  removeAnswers(): void;
}

/**
 * Messages on their way, kept on the device until the transcript shows them. Two tabs share the shelf: each has in mind what it
 * found there at first and what it was told since, and changes nothing there but the message in question, as it lies there now.
 */
export function openOutbox(shelf: Shelf, now: number): Outbox {
  let all: List = keptOn(shelf).map((one) => afterReload(one, now));
  const change = (how: (list: List) => List) => {
    all = how(all);
    const kept = keptOn(shelf);
    const next = how(kept);
    if (next.length !== kept.length || next.some((one, index) => one !== kept[index])) shelf.write(JSON.stringify(next));
  };
  const remove = (clientIds: readonly string[]) => change((list) => list.filter(({ clientId }) => !clientIds.includes(clientId)));
  return {
    get all() {
      return all;
    },
    add: (pending) => change((list) => [...list, pending]),
    update: (clientId, state) => change((list) => list.map((one) => (one.clientId === clientId ? { ...one, state } : one))),
    remove,
    take: (clientId) => {
      const found = all.find((one) => one.clientId === clientId) ?? null;
      remove([clientId]);
      return found;
    },
    removeAnswers: () => remove(all.filter(({ value }) => value !== null).map(({ clientId }) => clientId)),
  };
}

function keptOn(shelf: Shelf): List {
  const kept = readJson(shelf);
  return Array.isArray(kept) ? kept.filter(isPending) : [];
}

/** Whether it may have arrived is not known: sending it again is safe, the server answers each client id once. */
function afterReload(one: Pending, now: number): Pending {
  if (one.state === "refused") return one;
  return { ...one, state: now - one.at < FRESH ? "waiting" : "failed" };
}

/** Failed ones that still fit go out again by themselves when the connection is back. */
export function toRetry(all: List, now: number): List {
  return all.filter(({ state, at }) => state === "failed" && now - at < FRESH);
}

function isPending(data: unknown): data is Pending {
  const { clientId, text, at } = (data ?? {}) as Partial<Pending>;
  return typeof clientId === "string" && typeof text === "string" && typeof at === "number";
}

import type { HandOffEvent } from "../../../dialogs/event.ts";
import type { HandOffCall, Person, Turns } from "../../turns/port.ts";

export interface HandOffParts {
  readonly turns: Turns;
  /** Tells the clinic. @throws HandOffRefused when telling again is of no use; anything else is tried again */
  readonly tell: (call: HandOffCall) => Promise<void>;
  /** How long it is tried after the person agreed, in milliseconds; then the person is told. */
  readonly wait: number;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

export interface HandOff {
  /** Resolves when no call is under way any more. */
  settled(): Promise<void>;
}

/** The clinic will not take this person, however often it is told. */
export class HandOffRefused extends Error {
  constructor(why: string) {
    super(why);
    this.name = "HandOffRefused";
  }
}

/**
 * Passes people on. The wish is kept with the turn that made it, so it outlives this process: it is told at once, then by
 * whichever instance comes first, until the clinic has taken it in. What cannot be told in time counts as failed, so that
 * nobody waits for a person who was never asked.
 */
export function createHandOff({ turns, tell, wait, now, failed }: HandOffParts): HandOff {
  const running = new Map<string, Promise<void>>();

  const pass = async (call: HandOffCall): Promise<void> => {
    const { person, sequence, at } = call;
    if (!(await isTold(call))) await turns.inform(newsOf(person, sequence, at, "failed", now()));
    await turns.acknowledge(person.conversation, [{ sequence, pending: true }]);
  };

  /** @returns false when it is no use any more. @throws when it is to be tried again */
  const isTold = async (call: HandOffCall): Promise<boolean> => {
    const isLate = () => now() >= call.at + wait;
    if (isLate()) return false;
    try {
      await tell(call);
      return true;
    } catch (error) {
      if (!(error instanceof HandOffRefused) && !isLate()) throw error;
      failed(error);
      return false;
    }
  };

  turns.connectHandOff((call) => {
    const key = `${call.sequence} ${call.person.conversation}`;
    if (running.has(key)) return;
    const passing = pass(call)
      .catch(failed)
      .finally(() => running.delete(key));
    running.set(key, passing);
  });
  return {
    settled: async () => {
      await Promise.all(running.values());
    },
  };
}

/**
 * What the clinic says of a person, for the turns. Told twice it is one delivery.
 * @param sequence of the wish; `asked` when the person agreed, null when it is not known
 */
export function newsOf(
  person: Person,
  sequence: number | string,
  asked: number | null,
  state: HandOffEvent["state"],
  at: number,
) {
  return {
    ...person,
    activity: `hand-off:${state}:${sequence}`,
    what: { kind: "hand-off", state, asked },
    echo: null,
    at,
  } as const;
}

import type { KeptMessage, Store, StoredConversation } from "../store/store.ts";
import { changeOf, numbered, outgoingOf } from "./change.ts";
import type { Compute, Computed, Mind } from "./compute.ts";
import type { Connections } from "./connections.ts";
import type { Handled, Incoming, Observer } from "./port.ts";
import { MOST_RACES, outraced } from "./races.ts";
import type { RecentStates } from "./recent-states.ts";
import { seenTurn } from "./seen.ts";
import { CommitError } from "./without-store.ts";

export interface RunTurnParts {
  readonly store: Store;
  readonly observer: Observer;
  readonly compute: Compute;
  readonly recent: RecentStates;
  readonly connections: Connections;
}

/**
 * Runs a turn: what is known is loaded, the answer computed, and all that it changes committed. One that lost a race against
 * another process begins again.
 * @throws CommitError when the store did not take the change, and whatever the store threw before
 */
export type RunTurn = (incoming: Incoming, known: Mind) => Promise<Handled>;

export function createRunTurn({ store, observer, compute, recent, connections }: RunTurnParts): RunTurn {
  return async (incoming, known) => {
    const began = performance.now();
    for (let race = 0; race < MOST_RACES; race++) {
      const { conversation: stored, handled } = await store.load(incoming.conversation, incoming.activity);
      if (handled !== null) {
        observer.turn(seenTurn(incoming, null, [], true, began));
        return asBefore(handled);
      }
      const turn = compute(incoming, stored, known);
      const change = changeOf(incoming, stored, turn, known.world.content.version, connections.keepingOf(incoming.channel));
      const written = await store.commit(change).catch((error: unknown) => {
        throw new CommitError(error, turn);
      });
      if (!written) continue;
      recent.keep(incoming.conversation, change.state, turn.conversation, incoming.at);
      connections.passOn(change.messages);
      observer.turn(seenTurn(incoming, turn.intent, turn.replies, false, began));
      return answered(incoming, stored, turn);
    }
    throw outraced("turns can be computed");
  };
}

/** The delivery is a repetition: the kept replies once more. */
function asBefore(handled: readonly KeptMessage[]): Handled {
  const sequence = handled[0]?.sequence ?? 0;
  return { replies: outgoingOf(handled), repeated: true, kept: true, sequence, forgotten: false };
}

function answered({ at, mustDeliver }: Incoming, stored: StoredConversation | null, turn: Computed): Handled {
  const sequence = (stored?.sequence ?? 0) + 1;
  const replies = numbered(turn.replies, sequence, at, mustDeliver);
  return { replies, repeated: false, kept: true, sequence, forgotten: turn.forget };
}

import type { Conversation, Timer } from "../../dialogs/conversation.ts";
import type { Setting } from "../../dialogs/event.ts";
import { respond } from "../../dialogs/respond.ts";
import type { Store, StoredConversation } from "../store/store.ts";
import { addressOf, changeOfTimer, changeToSleep, changeToWake, numbered } from "./change.ts";
import { dueTimers, type Mind } from "./compute.ts";
import type { Connections } from "./connections.ts";
import type { Observer, Outgoing } from "./port.ts";
import { MOST_RACES, outraced } from "./races.ts";
import { seenTimer } from "./seen.ts";
import { readState } from "./state.ts";

export interface AdvanceParts {
  readonly store: Store;
  readonly mind: Promise<Mind>;
  readonly observer: Observer;
  readonly connections: Connections;
}

export interface Advanced {
  /** What the timers said. */
  readonly said: readonly Outgoing[];
  /** The conversation once nothing is due any more; null when nothing is kept of it. */
  readonly stored: StoredConversation | null;
}

/**
 * Who hears what timers say. "caller": whoever asked shows it, each timer as of its own time. "channel": it is sent by the
 * conversation's channel, as of now; where this process does not serve that, the conversation sleeps until its next turn.
 */
export type Hearer = "caller" | "channel";

/** Fires the timers of a conversation that are due, the earliest first, each with a commit of its own. It rejects when the store failed. */
export type Advance = (key: string, until: number, hearer: Hearer) => Promise<Advanced>;

export function createAdvance({ store, mind, observer, connections }: AdvanceParts): Advance {
  return async (key, until, hearer) => {
    const { world } = await mind;
    const said: Outgoing[] = [];
    let fired = false;
    for (let race = 0; race < MOST_RACES; ) {
      const began = performance.now();
      const { conversation: stored } = await store.load(key, null);
      if (stored === null) return { said, stored };
      const due = firstDue(stored, until);
      const channel = connections.channel(stored.channel);
      if (due === null || (hearer === "channel" && channel === undefined)) {
        if (hearer === "channel" && !fired) await store.commit((due === null ? changeToWake : changeToSleep)(key, stored));
        return { said, stored };
      }
      const { timer, setting, before } = due;
      const at = hearer === "caller" ? timer.at : until;
      const response = respond(world, before, { kind: "timer", timer: timer.id, ...setting }, at);
      const transcript = channel?.transcript ?? false;
      const mustDeliver = hearer === "channel" && !transcript;
      const keeping = { transcript, mustDeliver, at };
      if (!(await store.commit(changeOfTimer(key, stored, before, response, world.content.version, keeping)))) {
        race++;
        continue;
      }
      race = 0;
      fired = true;
      observer.turn(seenTimer(stored.channel, response.replies, began));
      said.push(...numbered(response.replies, stored.sequence, at, mustDeliver));
    }
    throw outraced("its timers can fire");
  };
}

interface Due {
  readonly timer: Timer;
  readonly setting: Setting;
  /** The state in which it fires. */
  readonly before: Conversation;
}

/** The timer that fires next; null when none is due, or nobody could be spoken to. */
function firstDue(stored: StoredConversation, until: number): Due | null {
  const address = addressOf(stored);
  const { conversation } = readState(stored.state);
  const timer = dueTimers(conversation, until)[0];
  return timer === undefined || address === null ? null : { timer, setting: address.setting, before: conversation };
}

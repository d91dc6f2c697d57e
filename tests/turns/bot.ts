import { createWorld } from "../../dialogs/respond.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import type { Handled, Incoming, Outgoing, Recipient } from "../../src/turns/port.ts";
import { createTimers } from "../../src/turns/timers.ts";
import { createTurns, type Mind } from "../../src/turns/turns.ts";
import { incoming } from "../support/incoming.ts";
import { knowledge } from "../support/knowledge.ts";

const { content, understand } = knowledge();
export const realMind: Mind = { world: createWorld(content, null), understand };
export const START = Date.parse("2026-03-01T10:00:00Z");

let count = 0;

export interface Delivered {
  readonly to: Recipient;
  readonly replies: readonly Outgoing[];
}

/** Turns on a clock that the test moves, with a channel whose deliveries are gathered. */
export function bot(parts: { store?: Store; mind?: Mind; now?: number } = {}) {
  const store = parts.store ?? createMemoryStore();
  const failures: { where: string; error: unknown }[] = [];
  const observer = { turn: () => {}, failure: (where: string, error: unknown) => void failures.push({ where, error }) };
  const mind = parts.mind ?? realMind;
  const turns = createTurns({ store, mind: Promise.resolve(mind), observer });
  const delivered: Delivered[] = [];
  const clock = { now: parts.now ?? START };
  const channel = { works: true };
  turns.connect("teams", async (to, replies) => {
    if (!channel.works) throw new Error("the channel does not answer");
    delivered.push({ to, replies });
    return "arrived";
  });
  const timers = createTimers({
    store,
    turns,
    now: () => clock.now,
    failed: (error) => failures.push({ where: "timers", error }),
  });
  return {
    store,
    turns,
    timers,
    clock,
    channel,
    failures,
    delivered,
    /** A message that arrives; its replies are not acknowledged. */
    say: (text: string, more: Partial<Incoming> = {}): Promise<Handled> =>
      turns.handle(
        incoming(text, { conversation: "me", channel: "teams", activity: `a${clock.now}-${count++}`, at: clock.now, ...more }),
      ),
    /** Time passes, and the timers are looked after once at its end. */
    wait: async (seconds: number) => {
      clock.now += seconds * 1000;
      await timers.tick();
    },
    texts: () => delivered.flatMap(({ replies }) => replies.map(({ reply }) => reply.text)),
  };
}

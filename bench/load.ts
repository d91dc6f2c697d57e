import { createWorld } from "../dialogs/respond.ts";
import type { Store } from "../src/store/store.ts";
import type { Incoming, Turns } from "../src/turns/port.ts";
import { createTurns, type Mind } from "../src/turns/turns.ts";
import { incoming } from "../tests/support/incoming.ts";
import { bestKnowledge } from "./support.ts";

/** Milliseconds of turns one after the other, and turns a second with eight conversations at once. */
export interface Round {
  readonly milliseconds: readonly number[];
  readonly together: number;
}

const LINES = ["my calf is cramping", "none of these", "how long will it last?", "stop"];
const AT_ONCE = 8;

export async function bestMind(): Promise<Mind> {
  const { content, understand } = await bestKnowledge();
  return { world: createWorld(content, null), understand };
}

/** The key of a stored conversation, as fill.ts writes them. */
function keyOf(number: number): string {
  return `bench:${String(number).padStart(9, "0")}`;
}

export function turnsWith(store: Store, mind: Mind): Turns {
  const failed = (_where: string, error: unknown) => {
    throw error;
  };
  const turns = createTurns({ store, mind: Promise.resolve(mind), observer: { turn: () => {}, failure: failed } });
  turns.connect("web", async () => "arrived", { transcript: true });
  return turns;
}

/**
 * A round of turns, in conversations picked at random from the stored ones.
 * @param stored how many there are; 0 begins new ones
 */
export async function turnsOf(store: Store, stored: number, count: number): Promise<() => Promise<Round>> {
  const turns = turnsWith(store, await bestMind());
  let fresh = 0;
  const pick = () => (stored === 0 ? `new:${fresh++}` : keyOf(Math.floor(Math.random() * stored)));
  return async () => {
    const milliseconds: number[] = [];
    for (let done = 0; done < count; done += LINES.length) await talk(turns, pick(), milliseconds);
    const began = performance.now();
    let left = count;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left > 0) {
          left -= LINES.length;
          await talk(turns, pick(), []);
        }
      }),
    );
    return { milliseconds, together: count / ((performance.now() - began) / 1000) };
  };
}

export function perSecond({ milliseconds }: Round): number {
  return (milliseconds.length * 1000) / milliseconds.reduce((total, one) => total + one, 0);
}

export function perSecondTogether({ together }: Round): number {
  return together;
}

let activity = 0;

/** One short talk; adds what each of its turns took. */
export async function talk(turns: Turns, conversation: string, milliseconds: number[]): Promise<void> {
  for (const text of LINES) {
    const began = performance.now();
    const { kept } = await turns.handle(webMessage(conversation, text));
    milliseconds.push(performance.now() - began);
    if (!kept) throw new Error("a turn could not be kept");
  }
}

function webMessage(conversation: string, text: string): Incoming {
  return incoming(text, {
    conversation,
    channel: "web",
    activity: `${process.pid}-${activity++}`,
    reference: null,
    echo: (sequence) => JSON.stringify({ type: "message", id: `${conversation}|${sequence}`, text, from: { role: "user" } }),
    mustDeliver: false,
    reach: "open",
    at: Date.now(),
  });
}

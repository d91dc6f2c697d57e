import { createWorld } from "../dialogs/respond.ts";
import { loadKnowledge } from "../src/load.ts";
import type { Store } from "../src/store/store.ts";
import type { Incoming, Turns } from "../src/turns/port.ts";
import { createTurns } from "../src/turns/turns.ts";

export interface Measure {
  /** One turn after the other. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Turns a second with eight conversations at once. */
  readonly together: number;
}

export interface Round {
  readonly milliseconds: readonly number[];
  readonly together: number;
}

const LINES = ["my calf is cramping", "none of these", "how long will it last?", "stop"];
const AT_ONCE = 8;
const { content, understand } = await loadKnowledge("content/en", ".cache", () => {});
const mind = Promise.resolve({ world: createWorld(content, null), understand });

/** The key of a stored conversation. */
export function keyOf(number: number): string {
  return `bench:${String(number).padStart(9, "0")}`;
}

/**
 * A round of turns, in conversations picked at random from the stored ones.
 * @param stored how many there are; 0 begins new ones
 */
export function turnsOf(store: Store, stored: number, count: number): () => Promise<Round> {
  const failed = (_where: string, error: unknown) => {
    throw error;
  };
  const turns = createTurns({ store, mind, observer: { turn: () => {}, failure: failed } });
  turns.connect("web", async () => "arrived", { transcript: true });
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

let activity = 0;

async function talk(turns: Turns, conversation: string, milliseconds: number[]): Promise<void> {
  for (const text of LINES) {
    const began = performance.now();
    const { kept } = await turns.handle(incoming(conversation, text));
    milliseconds.push(performance.now() - began);
    if (!kept) throw new Error("a turn could not be kept");
  }
}

function incoming(conversation: string, text: string): Incoming {
  const id = `${process.pid}-${activity++}`;
  return {
    conversation,
    channel: "web",
    activity: id,
    what: { kind: "message", text, choice: null, choiceOf: null, without: null },
    reference: null,
    echo: (sequence) => JSON.stringify({ type: "message", id: `${conversation}|${sequence}`, text, from: { role: "user" } }),
    mustDeliver: false,
    locale: "en-GB",
    timeZone: null,
    scope: "personal",
    reach: "open",
    at: Date.now(),
  };
}

/** Runs the loads in turn, round by round; the first round warms up and does not count. */
export async function sideBySide(
  loads: readonly { readonly name: string; readonly run: () => Promise<Round> }[],
  rounds: number,
): Promise<Map<string, Round[]>> {
  const results = new Map<string, Round[]>(loads.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of loads) {
      const result = await run();
      if (round > 0) results.get(name)?.push(result);
    }
  }
  return results;
}

export function merged(rounds: readonly Round[]): Measure {
  const all = rounds.flatMap(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
  const perSecond = rounds.map(({ milliseconds }) => (milliseconds.length * 1000) / sum(milliseconds));
  return { perSecond: median(perSecond), p50: at(0.5), p99: at(0.99), together: median(rounds.map(({ together }) => together)) };
}

/** What a turn costs in the second rounds, of what it costs in the first: the median over rounds that were run side by side. */
export function growth(first: readonly Round[], second: readonly Round[]): { readonly mean: number; readonly p50: number } {
  const ratioOf = (figure: (round: Round) => number) =>
    median(second.map((round, at) => figure(round) / figure(first[at] ?? round)));
  const middle = ({ milliseconds }: Round) => median(milliseconds);
  return { mean: ratioOf(({ milliseconds }) => sum(milliseconds) / milliseconds.length), p50: ratioOf(middle) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

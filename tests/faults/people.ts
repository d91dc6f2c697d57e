import type { Store } from "../../src/store/store.ts";
import type { Arrived } from "./instance.ts";
import type { Inbox, Instance } from "./instances.ts";

/** What each of them says. The last message starts the countdown of a stretch. */
export const LINES = ["hello", "my calf is cramping", "none of these"] as const;

export interface Person {
  readonly conversation: string;
  /** Activities that were answered and, as the answer said, kept. */
  readonly acknowledged: string[];
}

export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, at) => ({ conversation: `test:person-${at}`, acknowledged: [] }));
}

/**
 * Says all lines, each until it is answered and kept, by the same activity id as a channel repeats it.
 * @param alive gives an instance that can be asked, sooner or later
 * @param answered called after each answer
 */
export async function talkThrough(person: Person, alive: () => Promise<Instance>, answered: () => void): Promise<void> {
  for (const [at, text] of LINES.entries()) {
    const activity = `${person.conversation}-${at}`;
    for (;;) {
      const instance = await alive();
      const answer = await instance.say(person.conversation, activity, text).catch(() => null);
      if (answer?.kept === true) break;
    }
    person.acknowledged.push(activity);
    answered();
  }
}

/** What must hold however often whatever was killed; gives what does not. */
export async function losses(store: Store, everybody: readonly Person[], inbox: Inbox): Promise<string[]> {
  const wrong: string[] = [];
  for (const { conversation, acknowledged } of everybody) {
    const check = (good: boolean, what: string) => {
      if (!good) wrong.push(`${conversation}: ${what}`);
    };
    const kept = await store.transcript(conversation, 0, 1000);
    const arrived = inbox.get(conversation) ?? new Map();
    const heard = kept.filter(({ from }) => from === "user");
    check(acknowledged.length === LINES.length, `only ${acknowledged.length} lines were answered`);
    for (const activity of acknowledged) {
      check(heard.filter((one) => one.activity === activity).length === 1, `${activity} was taken other than once`);
      check(
        kept.some((one) => one.from === "bot" && one.activity === activity),
        `${activity} has no answer`,
      );
    }
    check(new Set(kept.map(({ sequence }) => sequence)).size === kept.length, "a number is used twice");
    for (const { sequence, pending } of kept.filter(({ from }) => from === "bot")) {
      check(!pending, `${sequence} still waits`);
      check(arrived.has(sequence), `${sequence} never arrived`);
    }
    for (const [sequence, copies] of arrived) {
      check(new Set(copies.map(({ text }: { text: string }) => text)).size === 1, `${sequence} came with different words`);
      check(
        kept.some((one) => one.sequence === sequence),
        `${sequence} arrived but is not kept`,
      );
    }
    // What is said unasked is decided once, however often it arrives.
    const unasked = kept.flatMap(({ activity, sequence }) =>
      activity === null ? (arrived.get(sequence) ?? []).slice(0, 1) : [],
    );
    const times = (holds: (reply: Arrived) => boolean) => unasked.filter(holds).length;
    check(times(endsCountdown) === 1, `the countdown ended ${times(endsCountdown)} times`);
    check(times(reminds) <= 1, `${times(reminds)} reminders came in one silence`);
  }
  return wrong;
}

export function endsCountdown({ step, ask }: Arrived): boolean {
  return step === "severity" && ask === "severity";
}

/** Three minutes of the bot's later the same question comes once more, in a step of its own: a slow run lives to see it. */
function reminds({ step, ask }: Arrived): boolean {
  return step === "clarify" && ask === "severity";
}

/** Whether every reply of everybody has arrived, as far as the store knows. */
export async function allArrived(store: Store, everybody: readonly Person[]): Promise<boolean> {
  for (const { conversation } of everybody)
    if ((await store.transcript(conversation, 0, 1000)).some(({ pending }) => pending)) return false;
  return true;
}

/** Waits until a condition holds. @throws when it does not within the time */
export async function until(what: string, milliseconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

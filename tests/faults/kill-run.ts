import { createRandom } from "../../scripts/random.ts";
import { openStore } from "../../src/store/open.ts";
import type { InstanceSettings } from "./instance.ts";
import { type Inbox, type Instance, startInstance } from "./instances.ts";
import { allArrived, endsCountdown, LINES, losses, type Person, people, talkThrough, until } from "./people.ts";

export interface KillRun {
  readonly settings: Pick<InstanceSettings, "dataFolder" | "databaseUrl">;
  /** How many serve side by side. */
  readonly instances: number;
  readonly conversations: number;
  readonly kills: number;
  readonly seed: number;
}

export interface KillResult {
  /** Turns, replies and countdowns that were lost or came twice, in words. */
  readonly lost: readonly string[];
  readonly turns: number;
  readonly kills: number;
  /** Replies that came more than once; clients drop them by their number. */
  readonly repeats: number;
  readonly seconds: number;
}

/** Conversations under load, while instances are killed (SIGKILL) at random moments and started again. */
export async function killRun({ settings, instances, conversations, kills, seed }: KillRun): Promise<KillResult> {
  const began = performance.now();
  const random = createRandom(seed);
  const inbox: Inbox = new Map();
  const everybody = people(conversations);
  const all = { ...settings, connections: 5, pace: 20, from: Date.now() };
  const serving: (Instance | null)[] = await Promise.all(Array.from({ length: instances }, () => startInstance(all, inbox)));
  const total = conversations * LINES.length;
  const moments = Array.from({ length: kills }, () => random.below(total * 0.95)).toSorted((a, b) => a - b);
  let answers = 0;
  let killing: Promise<void> = Promise.resolve();
  let killed = 0;

  const killOne = async (): Promise<void> => {
    const at = random.below(instances);
    const victim = serving[at];
    serving[at] = null;
    await new Promise((resolve) => setTimeout(resolve, random.next() * 5));
    await victim?.kill();
    killed++;
    serving[at] = await startInstance(all, inbox);
  };
  const answered = () => {
    answers++;
    if (moments[0] === undefined || answers < moments[0]) return;
    moments.shift();
    killing = killing.then(killOne);
  };
  const alive = async (): Promise<Instance> => {
    for (;;) {
      const standing = serving.filter((one) => one !== null);
      const one = standing[random.below(standing.length)];
      if (one !== undefined) return one;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  await Promise.all(everybody.map((person) => talkThrough(person, alive, answered)));
  await killing;
  const store = await openStore({ ...settings, databaseConnections: 2 }, () => {});
  await until("every countdown ends and every reply arrives", 60_000, async () => {
    const rung = ({ conversation }: Person) => [...(inbox.get(conversation)?.values() ?? [])].flat().some(endsCountdown);
    return everybody.every(rung) && (await allArrived(store, everybody));
  });
  await Promise.all(serving.map((one) => one?.stop()));
  const lost = await losses(store, everybody, inbox);
  await store.close();
  const copies = [...inbox.values()].flatMap((mine) => [...mine.values()]);
  return {
    turns: answers,
    lost,
    kills: killed,
    repeats: copies.reduce((sum, one) => sum + one.length - 1, 0),
    seconds: (performance.now() - began) / 1000,
  };
}

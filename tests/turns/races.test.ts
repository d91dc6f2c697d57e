import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { bot } from "./bot.ts";

/** A store in which somebody else does something right before each of the next commits. */
function overtaken(store: Store) {
  const others: (() => Promise<unknown>)[] = [];
  const commit = async (change: Change) => {
    await others.shift()?.();
    return await store.commit(change);
  };
  return { store: { ...store, commit }, others };
}

test("a turn that another server overtakes is computed again from what that one left", async () => {
  const memory = createMemoryStore();
  const { store, others } = overtaken(memory);
  const [slow, quick] = [bot({ store }), bot({ store: memory })];
  others.push(() => quick.say("my calf is cramping"));
  const { replies, kept, repeated } = await slow.say("none of these");
  expect({ kept, repeated }).toEqual({ kept: true, repeated: false });
  expect(replies.some(({ reply }) => reply.timerSeconds !== null)).toBe(true);
  const all = (await memory.transcript("me", 0, 99)).map(({ sequence }) => sequence);
  expect(all).toEqual(all.map((_, index) => index + 1));
  expect(replies.map(({ sequence }) => sequence)).toEqual(all.slice(-replies.length));
  expect(JSON.parse((await memory.load("me", null)).conversation?.state ?? "")).toMatchObject({ turns: 2 });
});

test("one whose delivery another server answered meanwhile gives that answer", async () => {
  const memory = createMemoryStore();
  const { store, others } = overtaken(memory);
  const [slow, quick] = [bot({ store }), bot({ store: memory })];
  let first: unknown = null;
  others.push(async () => {
    first = (await quick.say("my calf is cramping", { activity: "once" })).replies;
  });
  expect(await slow.say("my calf is cramping", { activity: "once" })).toMatchObject({ repeated: true, replies: first });
});

test("one that is overtaken every time ends with the fixed text, and says why", async () => {
  const one = bot({ store: { ...createMemoryStore(), commit: async () => false } });
  const { replies, kept } = await one.say("my calf is cramping");
  expect(kept).toBe(false);
  expect(replies.map(({ reply }) => reply.step)).toEqual(["fallback"]);
  expect(one.failures).toEqual([
    { where: "store", error: new Error("the conversation changes faster than turns can be computed") },
  ]);
});

test("a timer that a message overtakes speaks for the state that the message left, or not at all", async () => {
  const memory = createMemoryStore();
  const { store, others } = overtaken(memory);
  const [slow, quick] = [bot({ store }), bot({ store: memory })];
  await quick.turns.acknowledge("me", (await quick.say("my calf is cramping")).replies);
  const { replies } = await quick.say("none of these");
  await quick.turns.acknowledge("me", replies);
  others.push(async () => await quick.turns.acknowledge("me", (await quick.say("stop")).replies));
  await slow.wait(60);
  expect(others).toEqual([]);
  expect(slow.texts()).toEqual([]);
  expect(slow.failures).toEqual([]);
});

test("somebody who shuts the bot out while a turn runs is left all the same", async () => {
  const memory = createMemoryStore();
  const { store, others } = overtaken(memory);
  const [leaving, other] = [bot({ store }), bot({ store: memory })];
  await other.say("my calf is cramping");
  others.push(() => other.say("none of these"));
  await leaving.turns.leave("me");
  expect((await memory.load("me", null)).conversation?.address).toContain('"reference":null');
  expect(await memory.nextDue()).toBeNull();
});

test("a turn asks the store twice: once for what is known, once to keep what is new", async () => {
  const memory = createMemoryStore();
  const asked: string[] = [];
  const noting = Object.fromEntries(
    Object.entries(memory).map(([name, method]) => [
      name,
      typeof method !== "function"
        ? method
        : (...given: never[]) => {
            asked.push(name);
            return (method as (...all: never[]) => unknown)(...given);
          },
    ]),
  ) as unknown as Store;
  const { say } = bot({ store: noting });
  await say("my calf is cramping");
  await say("none of these");
  expect(asked).toEqual(["load", "commit", "load", "commit"]);
});

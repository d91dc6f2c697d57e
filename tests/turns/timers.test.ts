import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.ts";
import { bot, START } from "./bot.ts";

/** A cramp, a clean check, and the countdown of the stretch: 30 seconds. */
async function inTheStretch() {
  const one = bot();
  await one.turns.acknowledge("me", (await one.say("my calf is cramping")).replies);
  const { replies } = await one.say("none of these");
  await one.turns.acknowledge("me", replies);
  const seconds = replies.find(({ reply }) => reply.timerSeconds !== null)?.reply.timerSeconds ?? 0;
  expect(seconds).toBeGreaterThan(0);
  return { ...one, seconds };
}

test("a countdown ends at its time and not before, once", async () => {
  const { wait, seconds, texts } = await inTheStretch();
  await wait(seconds - 0.001);
  expect(texts()).toEqual([]);
  await wait(0.001);
  expect(texts()).toEqual([expect.stringMatching(/^Time is up.*0 to 10/)]);
  await wait(60);
  expect(texts().filter((text) => /Time is up/.test(text))).toHaveLength(1);
});

test("another server on the same store ends it when the first is gone, and both together end it once", async () => {
  const { store, seconds } = await inTheStretch();
  const [second, third] = [bot({ store }), bot({ store })];
  await Promise.all([second.wait(seconds), third.wait(seconds)]);
  expect([...second.texts(), ...third.texts()]).toHaveLength(1);
});

test("an hour late the countdown is not announced, but the question after it is asked", async () => {
  const { store } = await inTheStretch();
  const restarted = bot({ store, now: START + 3_600_000 });
  await restarted.timers.tick();
  expect(restarted.texts().join()).not.toMatch(/Time is up/);
  expect(restarted.delivered[0]?.replies.map(({ reply }) => reply.ask)).toEqual(["severity"]);
});

test.each(["stop", "forget me", "my leg is cold and blue and numb", "start over"])("%s ends the countdown", async (text) => {
  const { say, wait, seconds, texts, store } = await inTheStretch();
  await say(text);
  if (text === "forget me") await say("yes");
  await wait(seconds);
  expect(texts().filter((one) => /Time is up/.test(one))).toEqual([]);
  if (text === "forget me") expect(await store.nextDue()).toBeNull();
});

test("a person who cannot be spoken to unasked is told of the end first thing in the next turn", async () => {
  const { say, wait, texts, store } = bot();
  const quiet = { reach: "none", mustDeliver: false, reference: null } as const;
  await say("my calf is cramping", quiet);
  await say("none of these", quiet);
  expect(await store.nextDue()).toBeNull();
  await wait(45);
  expect(texts()).toEqual([]);
  const { replies } = await say("about a 5", quiet);
  expect(replies[0]?.reply.text).toMatch(/^Time is up/);
});

test("a timer of a channel that this server does not serve waits for one that does, and wakes nobody", async () => {
  const store = createMemoryStore();
  const elsewhere = bot({ store });
  await elsewhere.say("my calf is cramping", { channel: "other" });
  await elsewhere.say("none of these", { channel: "other" });
  await elsewhere.wait(60);
  expect(elsewhere.texts()).toEqual([]);
  expect(await store.nextDue()).toBeNull();
  expect(elsewhere.failures).toEqual([]);
});

test("a delivery that hangs holds up nobody else's countdown", async () => {
  const store = createMemoryStore();
  const one = bot({ store });
  let release = () => {};
  one.turns.connect("slow", () => new Promise((resolve) => (release = () => resolve("arrived"))));
  for (const [conversation, channel] of [
    ["a", "slow"],
    ["b", "teams"],
  ] as const) {
    await one.say("my calf is cramping", { conversation, channel });
    await one.say("none of these", { conversation, channel });
    await one.turns.acknowledge(conversation, (await store.transcript(conversation, 0, 99)).map(pendingOf));
  }
  one.clock.now += 60_000;
  const ticking = one.timers.tick();
  while (one.delivered.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(one.delivered[0]?.to.conversation).toBe("b");
  release();
  await ticking;
});

test("a thousand that are due at once all fire in one look", async () => {
  const one = bot();
  for (let at = 0; at < 1000; at++) {
    await one.say("my calf is cramping", { conversation: `c${at}`, what: { kind: "arrival" } });
    await one.say("my calf is cramping", { conversation: `c${at}` });
  }
  for (let at = 0; at < 1000; at++)
    await one.turns.acknowledge(`c${at}`, (await one.store.transcript(`c${at}`, 0, 99)).map(pendingOf));
  await one.wait(300);
  expect(new Set(one.delivered.map(({ to }) => to.conversation)).size).toBe(1000);
}, 60_000);

function pendingOf({ sequence, at }: { sequence: number; at: number }) {
  return { sequence, at, pending: true, reply: {} as never };
}

/** What is answered to somebody who cannot be spoken to unasked and says something so many seconds into the stretch. */
async function saidAfter(seconds: number, text: string, complaint = "my calf is cramping") {
  const { say, clock } = bot();
  const quiet = { reach: "none", mustDeliver: false, reference: null } as const;
  await say(complaint, quiet);
  await say("none of these", quiet);
  clock.now += seconds * 1000;
  return await say(text, quiet);
}

test.each(["ok", "done"])("«%s», written before a late question was seen, is not asked about", async (text) => {
  const { replies } = await saidAfter(45, text);
  expect(replies.map(({ reply }) => reply.ask)).toEqual(["severity"]);
  expect(replies[0]?.reply.text).toMatch(/^Time is up/);
});

test("an emergency told after a countdown that ended unseen comes whole, in three replies at most", async () => {
  const { replies } = await saidAfter(45, "now my chest hurts and I cannot breathe");
  expect(replies.length).toBeLessThanOrEqual(3);
  expect(replies.filter(({ reply }) => reply.step === "escalate").length).toBeGreaterThanOrEqual(2);
});

test.each([
  "ok but now my chest hurts badly",
  "done, and I cant feel my foot",
  "yes and I have chest pain",
  "ready to go to hospital, I cannot breathe",
  "ok now my left leg is blue and cold",
])("«%s», though it begins with a nod, is heard when a countdown ended unseen", async (text) => {
  const { replies } = await saidAfter(45, text);
  expect(replies.at(-1)?.reply.disposition).toBe("emergency-now");
  expect(replies.some(({ reply }) => reply.step === "escalate")).toBe(true);
});

test("advice that a late countdown gives is said, whatever was written meanwhile", async () => {
  const { replies } = await saidAfter(9 * 60, "still cramping", "my calf is cramping, it started two minutes ago");
  expect(replies.length).toBeLessThanOrEqual(3);
  expect(replies.map(({ reply }) => `${reply.step} ${reply.disposition}`)).toContain("escalate urgent-same-day");
});

test("a conversation that is woken too early, or after a turn came first, is woken again in time", async () => {
  const { turns, store, clock, say, timers, wait, texts } = await inTheStretch();
  const due = await store.nextDue();
  await turns.fire("me", clock.now);
  expect(await store.nextDue()).toBe(due);
  await wait(30);
  expect(texts()).toEqual([expect.stringMatching(/^Time is up/)]);

  await Promise.all([say("about a 5"), timers.tick()]);
  await turns.fire("me", clock.now);
  expect(await store.nextDue()).toBeGreaterThan(clock.now);
});

import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { change } from "../store/change.ts";
import { bot, realMind } from "./bot.ts";

const words = ({ replies }: { replies: readonly { reply: { text: string } }[] }) => replies.map(({ reply }) => reply.text);

describe("a repeated delivery", () => {
  test("is answered with the same replies while they are on their way, and with none once they arrived", async () => {
    const { say, turns } = bot();
    const first = await say("my calf is cramping", { activity: "once" });
    const second = await say("my calf is cramping", { activity: "once" });
    expect(second).toMatchObject({ repeated: true, replies: first.replies });
    await turns.acknowledge("me", first.replies);
    expect(await say("my calf is cramping", { activity: "once" })).toMatchObject({ repeated: true, replies: [] });
  });

  test("that waits for its replies in the answer gets the stored ones every time", async () => {
    const { say } = bot();
    const first = await say("my calf is cramping", { activity: "once", mustDeliver: false });
    expect(words(await say("my calf is cramping", { activity: "once", mustDeliver: false }))).toEqual(words(first));
  });

  test("a hundred times at once is one turn", async () => {
    const { say, store } = bot();
    const all = await Promise.all(Array.from({ length: 100 }, () => say("my calf is cramping", { activity: "once" })));
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(all.map((one) => JSON.stringify(one.replies))).size).toBe(1);
    expect(JSON.parse((await store.load("me", null)).conversation?.state ?? "")).toMatchObject({ turns: 1 });
  });
});

describe("the outbox", () => {
  test("sends what a crash held up, and not what somebody may still be sending", async () => {
    const { say, store } = bot();
    await say("my calf is cramping");
    const restarted = bot({ store });
    await restarted.turns.deliverUnsent(restarted.clock.now + 10_000);
    expect(restarted.delivered).toEqual([]);
    await restarted.timers.tick();
    expect(restarted.delivered).toHaveLength(1);
    expect(restarted.delivered[0]?.to).toEqual({ conversation: "me", reference: '"there"' });
    await restarted.wait(3600);
    expect(restarted.texts().filter((text) => /Stop now/.test(text))).toHaveLength(1);
  });

  test("keeps what a channel did not take, and tries again", async () => {
    const one = bot();
    await one.say("my calf is cramping");
    one.channel.works = false;
    await one.wait(30);
    expect(one.failures.map(({ where }) => where)).toEqual(["deliver"]);
    one.channel.works = true;
    await one.wait(30);
    expect(one.texts().filter((text) => /Stop now/.test(text))).toHaveLength(1);
  });

  test("is dropped for a person who shut the bot out", async () => {
    const one = bot();
    await one.say("my calf is cramping");
    one.turns.connect("teams", async () => "gone");
    await one.wait(30);
    expect((await one.store.load("me", null)).conversation?.address).toContain('"reference":null');
    expect(await one.store.claimUnsent(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 0, 9)).toEqual([]);
    expect(await one.store.nextDue()).toBeNull();
  });
});

describe("forget-me", () => {
  test("leaves no state, no reference and no timer, once its answer arrived", async () => {
    const { say, store, turns } = bot();
    await say("my calf is cramping");
    await say("forget me");
    const done = await say("yes");
    expect(done).toMatchObject({ forgotten: true, kept: true });
    expect((await store.load("me", null)).conversation).toMatchObject({ state: null, address: expect.stringContaining("there") });
    await turns.acknowledge("me", done.replies);
    expect((await store.load("me", null)).conversation).toMatchObject({ state: null, address: "" });
    expect((await store.transcript("me", 0, 99)).map(({ body }) => body)).toEqual(["", ""]);
    expect(words(await say("what do you know about me")).join()).toMatch(/I know nothing about you/);
  });

  test.each([
    ["in an emergency", "I have crushing chest pain and cannot breathe"],
    ["at the safety check", "my calf is cramping"],
    ["before anything", "hello"],
  ])("works %s", async (_, text) => {
    const { say } = bot();
    await say(text);
    await say("delete my data please");
    expect(await say("yes")).toMatchObject({ forgotten: true });
  });
});

describe("a kept state that cannot be used", () => {
  const place = async (damaged: (state: Record<string, unknown>) => unknown) => {
    const one = bot();
    await one.say("I am in Ireland. my calf is cramping");
    const { conversation } = await one.store.load("me", null);
    const state = damaged(JSON.parse(conversation?.state ?? "{}") as Record<string, unknown>);
    await one.store.commit(
      change({
        conversation: "me",
        basedOn: conversation?.version ?? 0,
        sequence: conversation?.sequence ?? 0,
        channel: "teams",
        address: conversation?.address ?? "",
        state: typeof state === "string" ? state : JSON.stringify(state),
      }),
    );
    return one;
  };

  test.each<[string, (state: Record<string, unknown>) => unknown]>([
    ["of a later version", (state) => ({ ...state, version: 99 })],
    ["that is no JSON", () => '{"version":1,'],
    ["that is null", () => "null"],
    ["with a part missing", ({ timers: _, ...rest }) => rest],
    ["with a part of another kind", (state) => ({ ...state, episode: "calf" })],
  ])("%s is set aside, and the person is told and goes on", async (_, change) => {
    const one = await place(change);
    expect(words(await one.say("none of these"))).toEqual(["I lost our place, sorry. Tell me again where it cramps."]);
    expect(one.failures.map(({ where }) => where)).toEqual(["state"]);
    expect(words(await one.say("my calf is cramping")).join()).toMatch(/Straighten the knee/);
    expect(one.failures).toHaveLength(1);
  });

  test("still answers an emergency at once", async () => {
    const { say } = await place(() => "{}");
    expect((await say("I have crushing chest pain and cannot breathe")).replies[0]?.reply.disposition).toBe("emergency-now");
  });

  test("in which help had been advised gives the number again", async () => {
    const { say } = await place((state) => ({
      ...state,
      version: 99,
      episode: { ...(state["episode"] as object), disposition: "emergency-now" },
    }));
    expect(words(await say("ok")).join()).toMatch(/call (999|112).*I lost our place/);
  });

  test("keeps the country that the person named", async () => {
    const { say, store } = await place((state) => ({ ...state, version: 99, country: "IE", welcomed: true }));
    await say("ok");
    expect(JSON.parse((await store.load("me", null)).conversation?.state ?? "")).toMatchObject({ country: "IE", welcomed: true });
  });

  test("in which every turn fails is left after two, so that nobody is trapped", async () => {
    const one = await place((state) => ({
      ...state,
      question: { id: "hold", ask: "done", step: "stretch", options: [], tries: 0 },
    }));
    const broken = { ...realMind, understand: failing(2) };
    const trapped = bot({ store: one.store, mind: broken });
    expect(words(await trapped.say("my calf"))).toEqual([expect.stringMatching(/Something went wrong/)]);
    expect(words(await trapped.say("my calf"))).toEqual([expect.stringMatching(/Something went wrong/)]);
    expect(words(await trapped.say("my calf is cramping")).join()).toMatch(/I lost our place.*Straighten the knee/);
    expect(words(await trapped.say("none of these")).join()).toMatch(/toes/);
  });
});

describe("a store that fails", () => {
  const failingStore = (methods: Partial<Store>): Store => ({ ...createMemoryStore(), ...methods });
  const away = async () => {
    throw new Error("the store is away");
  };

  test("when the turn is to be kept: what the talk so far makes an emergency is still one", async () => {
    const memory = createMemoryStore();
    const one = bot({ store: memory });
    await one.say("my leg is swollen");
    const later = bot({ store: failingStore({ ...memory, commit: away }) });
    const { replies, kept } = await later.say("I have crushing chest pain and cannot breathe");
    expect(kept).toBe(false);
    expect(replies[0]?.reply).toMatchObject({ step: "escalate", disposition: "emergency-now" });
  });

  test("when a reply is struck off: the reply counts as sent, and may come again", async () => {
    const one = bot({ store: failingStore({ acknowledge: away }) });
    const { replies } = await one.say("my calf is cramping");
    await expect(one.turns.acknowledge("me", replies)).resolves.toBeUndefined();
    expect(one.failures.map(({ where }) => where)).toEqual(["store"]);
  });

  test("for a long time is told once a minute, not at every look", async () => {
    const one = bot({ store: failingStore({ nextDue: away, claimUnsent: away }) });
    for (let look = 0; look < 100; look++) await one.wait(0.5);
    expect(one.failures).toHaveLength(1);
  });
});

test("the audit says which rule and flags led to an escalation, by which content, and nothing of the person", async () => {
  const { say, store, clock } = bot();
  await say("I have crushing chest pain and cannot breathe, says Philippa");
  await say("it still hurts");
  const entries = await store.auditSince(0, 99);
  expect(entries).toEqual([
    {
      at: clock.now,
      contentVersion: realMind.world.content.version,
      disposition: "emergency-now",
      row: expect.stringMatching(/^[a-z0-9-]+$/),
      flags: expect.arrayContaining([expect.stringMatching(/^[a-z0-9-]+$/)]),
    },
  ]);
});

function failing(times: number): typeof realMind.understand {
  let left = times;
  return (...args) => {
    if (left-- > 0) throw new Error("a bug");
    return realMind.understand(...args);
  };
}

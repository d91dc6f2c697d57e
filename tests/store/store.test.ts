import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { change, message } from "./change.ts";
import { memory, postgres, sqlite } from "./kinds.ts";

/** The same suite for every store: whoever passes it can keep conversations. */
describe.each([memory(), sqlite(), postgres()])("the $name store", ({ prepare, open, remove }) => {
  let store: Store;
  let other: Store | null;
  beforeAll(prepare);
  beforeEach(async () => {
    ({ store, other } = await open());
    return async () => {
      await other?.close();
      await store.close();
    };
  });
  afterAll(remove);

  describe("a turn", () => {
    test("keeps state, address and messages together, and gives them back", async () => {
      const echo = message(1, { from: "user", activity: "a1", body: '{"text":"mine"}' });
      const reply = message(2, { activity: "a1", body: '{"text":"the bot\'s ☎"}', pending: true });
      expect(await store.commit(change({ conversation: "c", state: '{"a":1}', messages: [echo, reply], at: 5 }))).toBe(true);
      expect(await store.load("c", "a1")).toEqual({
        conversation: { version: 1, sequence: 2, state: '{"a":1}', channel: "web", address: '{"reference":null}', at: 5 },
        handled: [echo, reply],
      });
    });

    test("knows nothing of a conversation that never was, nor of an activity that never came", async () => {
      expect(await store.load("c", "a1")).toEqual({ conversation: null, handled: null });
      await store.commit(change({ conversation: "c", messages: [message(1, { activity: "a1" })] }));
      expect((await store.load("c", "a2")).handled).toBeNull();
      expect((await store.load("c", null)).handled).toBeNull();
    });

    test("knows an activity again among the last messages, and does not search a long talk for it", async () => {
      const messages = Array.from({ length: 700 }, (_, at) => message(at + 1, { activity: `a${at + 1}` }));
      await store.commit(change({ conversation: "c", messages }));
      for (const activity of ["a700", "a600"]) expect((await store.load("c", activity)).handled).toHaveLength(1);
      expect((await store.load("c", "a150")).handled).toBeNull();
    });

    test("takes an activity for handled though it has no reply", async () => {
      const echo = message(1, { from: "user", activity: "a1", body: "" });
      await store.commit(change({ conversation: "c", messages: [echo] }));
      expect((await store.load("c", "a1")).handled).toEqual([echo]);
    });

    test("that began from an older state writes nothing at all", async () => {
      await store.commit(change({ conversation: "c", state: "1", messages: [message(1)], timers: [{ id: "t", at: 10 }] }));
      const late = { conversation: "c", state: "late", messages: [message(2)], timers: [], forget: true };
      expect(await store.commit(change(late))).toBe(false);
      expect(await store.commit(change({ ...late, basedOn: 2 }))).toBe(false);
      expect(await store.commit(change({ conversation: "never", basedOn: 3 }))).toBe(false);
      expect((await store.load("c", null)).conversation).toMatchObject({ version: 1, state: "1" });
      expect(await store.transcript("c", 0, 10)).toHaveLength(1);
      expect(await store.nextDue()).toBe(10);
    });

    test("wins or loses a race of many, and exactly one wins", async () => {
      const writers = [store, other ?? store];
      for (let version = 0; version < 5; version++) {
        const tries = Array.from({ length: 20 }, (_, at) =>
          (writers[at % 2] as Store).commit(change({ conversation: "c", basedOn: version, state: String(at) })),
        );
        expect((await Promise.all(tries)).filter((won) => won)).toHaveLength(1);
      }
      expect((await store.load("c", null)).conversation?.version).toBe(5);
    });

    test("is seen by another process at once", async () => {
      await store.commit(change({ conversation: "c", state: '{"seen":true}' }));
      expect((await (other ?? store).load("c", null)).conversation?.state).toBe('{"seen":true}');
    });
  });

  describe("the transcript", () => {
    test("goes on after a sequence number, oldest first, a page at a time", async () => {
      await store.commit(change({ conversation: "c", messages: [1, 2, 3, 4, 5].map((one) => message(one)) }));
      const sequences = async (after: number, limit: number) =>
        (await store.transcript("c", after, limit)).map(({ sequence }) => sequence);
      expect(await sequences(0, 3)).toEqual([1, 2, 3]);
      expect(await sequences(3, 3)).toEqual([4, 5]);
      expect(await sequences(5, 3)).toEqual([]);
    });
  });

  describe("timers", () => {
    test("are given to one taker each, who has them until the lease ends", async () => {
      await store.commit(change({ conversation: "a", timers: [{ id: "hold-1", at: 100 }] }));
      await store.commit(change({ conversation: "b", timers: [{ id: "hold-1", at: 200 }] }));
      expect(await store.nextDue()).toBe(100);
      expect(await store.claimDue(99, 50, 10)).toEqual([]);
      expect(await store.claimDue(150, 50, 10)).toEqual(["a"]);
      expect(await (other ?? store).claimDue(160, 50, 10)).toEqual([]);
      expect(await (other ?? store).claimDue(200, 50, 10)).toEqual(expect.arrayContaining(["a", "b"]));
    });

    test("of one conversation come as one", async () => {
      const timers = ["x", "y", "z"].map((id, at) => ({ id, at }));
      await store.commit(change({ conversation: "a", timers }));
      expect(await store.claimDue(100, 50, 10)).toEqual(["a"]);
    });

    test("are the whole set of the last turn that changed them", async () => {
      const timers = (...ids: string[]) => ids.map((id) => ({ id, at: 100 }));
      await store.commit(change({ conversation: "a", timers: timers("x", "y") }));
      await store.commit(change({ conversation: "a", basedOn: 1, timers: null }));
      expect(await store.claimDue(100, 0, 10)).toEqual(["a"]);
      await store.commit(change({ conversation: "a", basedOn: 2, timers: [{ id: "x", at: 900 }] }));
      expect(await store.claimDue(100, 0, 10)).toEqual([]);
      await store.commit(change({ conversation: "a", basedOn: 3, timers: [] }));
      expect(await store.nextDue()).toBeNull();
    });

    test("are taken once by takers that come together", async () => {
      for (let at = 0; at < 40; at++) await store.commit(change({ conversation: `c${at}`, timers: [{ id: "t", at: 10 }] }));
      const takers = Array.from({ length: 8 }, (_, at) => ((at % 2 === 0 ? other : store) ?? store).claimDue(20, 1000, 10));
      const taken = (await Promise.all(takers)).flat();
      expect(new Set(taken).size).toBe(taken.length);
      const rest = await store.claimDue(20, 1000, 100);
      expect(new Set([...taken, ...rest]).size).toBe(40);
    });
  });

  describe("the outbox", () => {
    const reply = (sequence: number, at = 100) => message(sequence, { activity: "a1", pending: true, at });

    test("gives what was not acknowledged, once a lease, with the address to send to", async () => {
      await store.commit(change({ conversation: "c", channel: "teams", address: "there", messages: [reply(1), reply(2)] }));
      await store.acknowledge("c", [1]);
      expect(await store.claimUnsent(99, 500, 50, 10)).toEqual([]);
      expect(await store.claimUnsent(100, 500, 50, 10)).toEqual([
        { conversation: "c", channel: "teams", address: "there", messages: [expect.objectContaining({ sequence: 2 })] },
      ]);
      expect(await (other ?? store).claimUnsent(100, 549, 50, 10)).toEqual([]);
      expect(await (other ?? store).claimUnsent(100, 550, 50, 10)).toHaveLength(1);
    });

    test("keeps no words of what arrived, but still knows the activity", async () => {
      await store.commit(change({ conversation: "c", messages: [reply(1)] }));
      await store.acknowledge("c", [1]);
      expect((await store.load("c", "a1")).handled).toEqual([{ ...reply(1), body: "", pending: false }]);
    });

    test("leaves the transcript of a web chat alone", async () => {
      await store.commit(change({ conversation: "c", messages: [message(1)] }));
      await store.acknowledge("c", [1]);
      expect((await store.transcript("c", 0, 10))[0]?.body).toBe('"body 1"');
    });
  });

  describe("forget-me", () => {
    const forget = { conversation: "c", basedOn: 1, forget: true, state: null, timers: [] };

    beforeEach(async () => {
      await store.saveChat({ id: "chat", conversation: "c", user: "u", resume: "r", at: 1 });
      await store.commit(
        change({ conversation: "c", messages: [message(1)], timers: [{ id: "t", at: 10 }], address: '{"reference":"there"}' }),
      );
    });

    test("leaves nothing but the answer to it and the count of messages", async () => {
      await store.commit(change({ ...forget, address: "", messages: [message(2, { activity: "a2" })], sequence: 2, at: 7 }));
      expect((await store.load("c", null)).conversation).toEqual({
        version: 2,
        sequence: 2,
        state: null,
        channel: "web",
        address: "",
        at: 7,
      });
      expect(await store.transcript("c", 0, 10)).toEqual([message(2, { activity: "a2" })]);
      expect(await store.nextDue()).toBeNull();
      expect(await store.rotateResume("r", "r2", 5)).toBeNull();
    });

    test("keeps the address until its own answer arrived", async () => {
      await store.commit(
        change({ ...forget, address: '{"reference":"there"}', messages: [2, 3].map((one) => message(one, { pending: true })) }),
      );
      await store.acknowledge("c", [2]);
      expect((await store.load("c", null)).conversation?.address).toContain("there");
      await store.acknowledge("c", [3]);
      expect((await store.load("c", null)).conversation?.address).toBe("");
    });

    test("is followed by a conversation like any other", async () => {
      await store.commit(change({ ...forget, address: "" }));
      expect(await store.commit(change({ conversation: "c", basedOn: 2, state: "new", messages: [message(3)] }))).toBe(true);
      expect((await store.load("c", null)).conversation).toMatchObject({ version: 3, state: "new" });
    });
  });

  describe("what is past its time", () => {
    const DAY = 86_400_000;
    const limits = { messages: 20 * DAY, conversations: 10 * DAY, audit: 5 * DAY };
    const entry = (at: number) => ({ at, contentVersion: "v", disposition: "emergency-now", row: "r", flags: ["f"] });
    const sweepAll = async () => {
      while (await store.sweep(limits, 3));
    };

    test("goes: words first, then the whole conversation", async () => {
      for (let at = 8; at < 25; at++) {
        const when = at * DAY;
        await store.saveChat({ id: `w${at}`, conversation: `c${at}`, user: "u", resume: `r${at}`, at: when });
        await store.commit(change({ conversation: `c${at}`, at: when, messages: [message(1, { at: when })] }));
      }
      await sweepAll();
      const left = [];
      for (let at = 8; at < 25; at++) {
        const { conversation } = await store.load(`c${at}`, null);
        const words = await store.transcript(`c${at}`, 0, 10);
        left.push([at, conversation !== null, words.length]);
      }
      expect(left).toEqual(Array.from({ length: 17 }, (_, i) => [i + 8, i + 8 >= 10, i + 8 >= 20 ? 1 : 0]));
      expect(await store.rotateResume("r9", "x", 1)).toBeNull();
      expect(await store.rotateResume("r12", "x", 1)).not.toBeNull();
    });

    test("takes what a forget-me left behind along with the words", async () => {
      await store.commit(change({ conversation: "c", state: null, address: "", forget: true, at: 19 * DAY }));
      await sweepAll();
      expect(await store.load("c", null)).toEqual({ conversation: null, handled: null });
    });

    test("keeps the audit for its own time", async () => {
      const audit = [4, 6, 30].map((day) => entry(day * DAY));
      await store.commit(change({ conversation: "c", audit, at: 30 * DAY }));
      await sweepAll();
      expect(await store.auditSince(0, 10)).toEqual([entry(6 * DAY), entry(30 * DAY)]);
      expect(await store.auditSince(7 * DAY, 10)).toHaveLength(1);
    });
  });

  describe("a web chat", () => {
    const chat = { id: "chat", conversation: "c", user: "dl_u", resume: "old", at: 1 };

    test("is found by its present secret alone, which changes with each use", async () => {
      await store.saveChat(chat);
      expect(await store.rotateResume("old", "new", 9)).toEqual({ ...chat, resume: "new", at: 9 });
      expect(await store.rotateResume("old", "newer", 10)).toBeNull();
      expect((await store.rotateResume("new", "newer", 11))?.id).toBe("chat");
    });

    test("is resumed once by two that come together", async () => {
      await store.saveChat(chat);
      const both = await Promise.all([store.rotateResume("old", "one", 9), (other ?? store).rotateResume("old", "two", 9)]);
      expect(both.filter((found) => found !== null)).toHaveLength(1);
    });
  });

  test("says that it can be written to", async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
});

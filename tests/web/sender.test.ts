import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../../web/delivery.ts";
import { openOutbox, type Pending } from "../../web/outbox.ts";
import { createSender } from "../../web/sender.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A sender whose deliveries come out as told; those after that arrive. */
function senderWith(outcomes: readonly Outcome[], { isOnline = true } = {}) {
  const left = [...outcomes];
  const delivered: string[] = [];
  const went: Pending[] = [];
  const reconnect = vi.fn();
  const outbox = openOutbox(memoryShelf(), Date.now());
  const sender = createSender({
    outbox,
    deliver: async ({ text }) => {
      delivered.push(text);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return left.shift() ?? "sent";
    },
    changed: () => {},
    sent: (message) => went.push(message),
    reconnect,
    isOnline: () => isOnline,
  });
  const states = () => outbox.all.map(({ text, state }) => `${text}: ${state}`);
  const idOf = (wanted: string) => outbox.all.find(({ text }) => text === wanted)?.clientId ?? "";
  return { sender, outbox, delivered, went, reconnect, states, idOf };
}

describe("what the person sends", () => {
  it("goes out one after the other, in the order it was written", async () => {
    const { sender, delivered, states } = senderWith([]);
    sender.send("one", null);
    sender.send("two", null);
    expect(delivered).toEqual(["one"]);
    expect(states()).toEqual(["one: sending", "two: waiting"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(delivered).toEqual(["one", "two"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(states()).toEqual(["one: sent", "two: sent"]);
  });

  it("is done with once it was answered and could not be kept: nothing is to follow of it", async () => {
    const { sender, delivered, went, reconnect } = senderWith(["unkept"]);
    sender.send("forget me", null);
    sender.send("help", null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(delivered).toEqual(["forget me", "help"]);
    expect(went.map(({ text }) => text)).toEqual(["help"]);
    expect(reconnect).not.toHaveBeenCalled();
  });

  it("goes out again by itself five seconds after it failed, as long as there is a connection", async () => {
    const online = senderWith(["failed"]);
    const offline = senderWith(["failed"], { isOnline: false });
    for (const { sender } of [online, offline]) sender.send("help", null);
    await vi.advanceTimersByTimeAsync(100);
    expect(online.states()).toEqual(["help: failed"]);
    expect(online.reconnect).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(online.states()).toEqual(["help: sent"]);
    expect(offline.states()).toEqual(["help: failed"]);
  });

  it("keeps its order when one does not get through: what was written after it waits for it", async () => {
    const { sender, delivered, states } = senderWith(["failed"], { isOnline: false });
    sender.send("my calf cramps", null);
    sender.send("since an hour", null);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(delivered).toEqual(["my calf cramps"]);
    expect(states()).toEqual(["my calf cramps: failed", "since an hour: failed"]);
    sender.sendAgain();
    await vi.advanceTimersByTimeAsync(200);
    expect(delivered).toEqual(["my calf cramps", "my calf cramps", "since an hour"]);
    expect(states()).toEqual(["my calf cramps: sent", "since an hour: sent"]);
  });

  it("is sent after what failed shortly before, also when the person asks for it first", async () => {
    for (const ask of ["send", "retry"] as const) {
      const { sender, delivered, idOf } = senderWith(["failed"], { isOnline: false });
      sender.send("my calf cramps", null);
      if (ask === "retry") sender.send("hurry", null);
      await vi.advanceTimersByTimeAsync(100);
      if (ask === "retry") sender.retry(idOf("hurry"));
      else sender.send("hurry", null);
      await vi.advanceTimersByTimeAsync(200);
      expect(delivered).toEqual(["my calf cramps", "my calf cramps", "hurry"]);
    }
  });

  it("does not wait for one that is too old to go out by itself", async () => {
    const { sender, delivered, states } = senderWith(["failed"], { isOnline: false });
    sender.send("my calf cramps", null);
    await vi.advanceTimersByTimeAsync(130_000);
    sender.send("chest pain", null);
    await vi.advanceTimersByTimeAsync(100);
    expect(delivered).toEqual(["my calf cramps", "chest pain"]);
    expect(states()).toEqual(["my calf cramps: failed", "chest pain: sent"]);
  });

  it("does not wait for one that does not get through again although there is a connection", async () => {
    const { sender, delivered, states } = senderWith(["failed", "failed"]);
    sender.send("select * from pains", null);
    sender.send("chest pain", null);
    await vi.advanceTimersByTimeAsync(5_300);
    expect(delivered).toEqual(["select * from pains", "select * from pains", "chest pain"]);
    expect(states()).toEqual(["select * from pains: failed", "chest pain: sent"]);
  });

  it("does not go out again by itself when it is refused, or older than two minutes", async () => {
    const { sender, delivered, states } = senderWith(["refused", "failed"], { isOnline: false });
    sender.send("too long", null);
    sender.send("old", null);
    await vi.advanceTimersByTimeAsync(130_000);
    sender.sendAgain();
    await vi.advanceTimersByTimeAsync(100);
    expect(delivered).toEqual(["too long", "old"]);
    expect(states()).toEqual(["too long: refused", "old: failed"]);
  });

  it("goes out however old it is when the person asks for it", async () => {
    const { sender, idOf, states, reconnect } = senderWith(["failed"], { isOnline: false });
    sender.send("old", null);
    await vi.advanceTimersByTimeAsync(130_000);
    sender.retry(idOf("old"));
    await vi.advanceTimersByTimeAsync(100);
    expect(states()).toEqual(["old: sent"]);
    expect(reconnect).toHaveBeenCalledTimes(2);
  });

  it("can be taken back when it did not go out", async () => {
    const { sender, idOf, states } = senderWith(["refused"]);
    sender.send("too long", null);
    await vi.advanceTimersByTimeAsync(100);
    expect(sender.discard(idOf("too long"))?.text).toBe("too long");
    expect(sender.discard("another")).toBe(null);
    expect(states()).toEqual([]);
  });

  it("stays away when the transcript shows it before the server has answered", async () => {
    const { sender, outbox, idOf, went, states } = senderWith([]);
    sender.send("fast", { choice: "yes", question: "q" });
    outbox.remove([idOf("fast")]);
    await vi.advanceTimersByTimeAsync(100);
    expect(states()).toEqual([]);
    expect(went.map(({ value }) => value?.choice)).toEqual(["yes"]);
  });
});

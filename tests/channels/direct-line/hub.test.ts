import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { createHub } from "../../../src/channels/direct-line/hub.ts";
import type { Line } from "../../../src/channels/direct-line/line.ts";

/** The side of a WebSocket that the hub uses; what its client does with it is up to the test. */
class Peer extends EventEmitter {
  readonly sent: string[] = [];
  bufferedAmount = 0;
  pings = 0;
  isGone = false;

  ping(): void {
    this.pings++;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {}
  terminate(): void {
    this.isGone = true;
    this.emit("close");
  }
}

const HEARTBEAT = 20_000;

describe("a stream's heartbeat", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const attached = async (): Promise<{ peer: Peer; hub: ReturnType<typeof createHub> }> => {
    const hub = createHub(async () => [], false);
    const peer = new Peer();
    await hub.attach("c", peer as unknown as WebSocket, 0);
    return { peer, hub };
  };

  it("keeps a client that answers it", async () => {
    const { peer, hub } = await attached();
    for (let beat = 0; beat < 5; beat++) {
      vi.advanceTimersByTime(HEARTBEAT);
      peer.emit("pong");
    }
    expect([peer.isGone, peer.pings, hub.size]).toEqual([false, 5, 1]);
    hub.close();
  });

  it("lets go of a client that does not answer it", async () => {
    const { peer, hub } = await attached();
    vi.advanceTimersByTime(2 * HEARTBEAT);
    expect([peer.isGone, hub.size]).toEqual([true, 0]);
    hub.close();
  });

  it("lets go of a client that answers and does not read what it is sent", async () => {
    const { peer, hub } = await attached();
    peer.bufferedAmount = 2 * 1024 * 1024;
    peer.emit("pong");
    vi.advanceTimersByTime(HEARTBEAT);
    expect([peer.isGone, hub.size]).toEqual([true, 0]);
    hub.close();
  });
});

describe("a stream whose transcript cannot be read", () => {
  let isAway: boolean;
  let said: number;
  let reads: number;
  beforeEach(() => {
    vi.useFakeTimers();
    isAway = false;
    said = 0;
    reads = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const lines = (after: number, until: number): Line[] =>
    Array.from({ length: until - after }, (_, index) => ({ sequence: after + index + 1, json: String(after + index + 1) }));
  /** Pages of two lines. */
  const transcript = async (_: string, after: number): Promise<Line[]> => {
    reads++;
    if (isAway) throw new Error("away");
    return lines(after, Math.min(said, after + 2));
  };
  const attached = async (shared: boolean, watermark = 0) => {
    const hub = createHub(transcript, shared);
    const peer = new Peer();
    await hub.attach("c", peer as unknown as WebSocket, watermark);
    return { peer, hub };
  };
  const beat = async (peer: Peer): Promise<void> => {
    peer.emit("pong");
    await vi.advanceTimersByTimeAsync(HEARTBEAT);
  };
  const numbersOf = ({ sent }: Peer) =>
    sent.filter((text) => text !== "").flatMap((text) => (JSON.parse(text) as { activities: unknown[] }).activities);

  it.each([true, false])("opens, and gets everything by the first heartbeat that can read (shared: %s)", async (shared) => {
    said = 5;
    isAway = true;
    const { peer, hub } = await attached(shared, 1);
    await beat(peer);
    expect(numbersOf(peer)).toEqual([]);
    isAway = false;
    await beat(peer);
    expect(numbersOf(peer)).toEqual([2, 3, 4, 5]);
    const before = reads;
    await beat(peer);
    // A store of this process alone has nothing that the stream was not told.
    expect(reads - before).toBe(shared ? 1 : 0);
    hub.close();
  });

  it("sends nothing past a gap: what is published meanwhile comes after what was missed", async () => {
    said = 2;
    const { peer, hub } = await attached(true);
    isAway = true;
    said = 6;
    await hub.refresh("c");
    await hub.publish("c", lines(5, 6));
    expect(numbersOf(peer)).toEqual([1, 2]);
    isAway = false;
    said = 7;
    await hub.publish("c", lines(6, 7));
    await hub.publish("c", lines(5, 6));
    expect(numbersOf(peer)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    hub.close();
  });

  it("is sent what follows what it has, and all the same looks for more at the next heartbeat", async () => {
    const { peer, hub } = await attached(false);
    isAway = true;
    said = 3;
    await hub.publish("c", lines(2, 3));
    await hub.publish("c", lines(0, 2));
    expect(numbersOf(peer)).toEqual([1, 2]);
    isAway = false;
    await beat(peer);
    expect(numbersOf(peer)).toEqual([1, 2, 3]);
    hub.close();
  });

  it("shows at once what cannot be kept, also while a reading hangs, and moves no watermark by it", async () => {
    let answer: (read: Line[]) => void = () => {};
    const hub = createHub(() => new Promise((resolve) => (answer = resolve)), true);
    const peer = new Peer();
    const attaching = hub.attach("c", peer as unknown as WebSocket, 4);
    await vi.advanceTimersByTimeAsync(0);
    hub.show("c", [{ text: "call 999" }]);
    expect(peer.sent).toEqual(['{"activities":[{"text":"call 999"}],"watermark":"4"}']);
    answer(lines(4, 5));
    await vi.advanceTimersByTimeAsync(0);
    answer([]);
    await attaching;
    expect(numbersOf(peer)).toEqual([{ text: "call 999" }, 5]);
    hub.close();
  });

  it("catches up once when the store is back, however often it was tried", async () => {
    said = 4;
    isAway = true;
    const { peer, hub } = await attached(true);
    await Promise.all([hub.refresh(null), hub.refresh("c"), hub.publish("c", lines(3, 4))]);
    isAway = false;
    await Promise.all([hub.refresh(null), hub.publish("c", lines(3, 4)), hub.refresh("c")]);
    expect(numbersOf(peer)).toEqual([1, 2, 3, 4]);
    hub.close();
  });
});

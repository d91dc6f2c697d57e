import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { createHub } from "../../../src/channels/direct-line/hub.ts";

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

import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { expectNothingUncaught } from "../support/uncaught.ts";
import { ask, at, beginChat, type Chat, say, startTarget, type Target } from "./target.ts";

/** WebSockets that are opened to hurt. */

let target: Target;
const open: WebSocket[] = [];

expectNothingUncaught();
beforeAll(async () => {
  target = await startTarget();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate();
  expect(target.failures).toEqual([]);
});
afterAll(async () => {
  await target.close();
});

interface Stream {
  readonly chat: Chat;
  readonly socket: WebSocket;
  readonly frames: string[];
  readonly closed: Promise<number>;
}

async function streamUrl(chat: Chat): Promise<URL> {
  const { body } = await ask(target, "GET", `${at(chat.conversation)}?watermark=0`, { token: chat.token });
  return new URL(String(body["streamUrl"]));
}

async function stream(): Promise<Stream> {
  const chat = await beginChat(target);
  const socket = new WebSocket(await streamUrl(chat));
  open.push(socket);
  const frames: string[] = [];
  socket.on("message", (data) => frames.push(String(data)));
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.once("open", resolve));
  return { chat, socket, frames, closed };
}

/** The bytes of an upgrade, with headers of our own. */
function upgrade(path: string, headers: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, "Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket", ...headers, "", ""].join(
    "\r\n",
  );
}

/** A connection that never closes its own end. */
async function stubborn(bytes: string): Promise<{ socket: Socket; answer: string }> {
  const socket = connect({ port: target.port, host: "127.0.0.1", allowHalfOpen: true });
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.on("error", () => {});
  socket.write(bytes);
  await new Promise((resolve) => socket.once("end", resolve));
  return { socket, answer };
}

describe("a stream", () => {
  it("that stays awake as stock clients do is left alone", async () => {
    const { socket, chat, frames } = await stream();
    for (let minute = 0; minute < 3; minute++) {
      for (let count = 0; count < 60; count++) socket.send("");
      await new Promise((resolve) => {
        socket.once("pong", resolve);
        socket.ping();
      });
      target.advance(60);
    }
    await say(target, chat, { type: "message", text: "still here" });
    await expect.poll(() => frames.join("")).toContain("still here");
  });

  it.each([
    ["empty frames", (socket: WebSocket) => socket.send("")],
    ["frames of text", (socket: WebSocket) => socket.send('{"type":"message","text":"hello"}')],
    ["binary frames", (socket: WebSocket) => socket.send(randomBytes(100))],
    ["pings", (socket: WebSocket) => socket.ping(randomBytes(100))],
  ])("that floods the server with %s is closed, and what came is not taken for a message", async (_, send) => {
    const { socket, closed } = await stream();
    const before = target.seen.length;
    for (let count = 0; count < 2_000; count++) send(socket);
    // 1006: it went on after the farewell, so that the farewell did not reach it.
    expect([1008, 1006]).toContain(await closed);
    expect(target.seen).toHaveLength(before);
  });

  it("that floods and never says good-bye is cut off", async () => {
    const { socket } = await stream();
    const wire = (socket as unknown as { _socket: Socket })._socket;
    const gone = new Promise((resolve) => wire.once("close", resolve));
    // Empty masked frames of text, written past the library: it does not answer the server's farewell.
    wire.removeAllListeners("data");
    wire.resume();
    const began = performance.now();
    for (let count = 0; count < 500; count++) wire.write(Buffer.from([0x81, 0x80, 1, 2, 3, 4]));
    await gone;
    // The library alone would wait for half a minute.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it("that pings without end, each time after its answer, is closed", async () => {
    const { socket, closed } = await stream();
    let pings = 0;
    socket.on("pong", () => {
      pings++;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    });
    socket.ping();
    expect(await closed).toBe(1008);
    expect(pings).toBeLessThan(200);
  });

  it.each([
    ["a frame that is too large", (socket: WebSocket) => socket.send("a".repeat(2_000)), 1009],
    [
      "a message of many parts that is too large",
      (socket: WebSocket) => {
        for (let part = 0; part < 50; part++) socket.send("a".repeat(100), { fin: false });
      },
      1009,
    ],
    ["text that is no UTF-8", (socket: WebSocket) => socket.send(Buffer.from([0xff, 0xfe]), { binary: false }), 1007],
  ])("that sends %s is closed", async (_, send, code) => {
    const { socket, closed } = await stream();
    send(socket);
    expect(await closed).toBe(code);
  });

  it("that breaks the protocol is closed", async () => {
    const { socket, closed } = await stream();
    const wire = (socket as unknown as { _socket: Socket })._socket;
    wire.write(Buffer.from([0x81, 0x05, 1, 2, 3, 4, 5]));
    expect(await closed).toBe(1002);
  });

  it("of one chat that is opened a hundred times leaves one open", async () => {
    const chat = await beginChat(target);
    const closed: number[] = [];
    for (let count = 0; count < 100; count++) {
      const socket = new WebSocket(await streamUrl(chat));
      open.push(socket);
      socket.on("close", (code) => closed.push(code));
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("open", resolve));
    }
    await expect.poll(() => closed.length).toBe(99);
    expect(new Set(closed)).toEqual(new Set([1008]));
    expect(open.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(1);
  });
});

describe("an upgrade that is refused", () => {
  const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  const VERSION = "Sec-WebSocket-Version: 13";

  it("is let go of at once, though the client keeps its end open", async () => {
    for (const path of ["/api/messages", "/v3/directline/conversations/abc/stream?t=wrong"]) {
      const { socket, answer } = await stubborn(upgrade(path, [VERSION, KEY]));
      expect(answer).toMatch(/^HTTP\/1\.1 40[34] /);
      // A connection that is only half closed would take these in silence for ever.
      const reset = new Promise((resolve) => socket.once("close", resolve));
      const timer = setInterval(() => socket.write("x"), 20);
      await reset;
      clearInterval(timer);
    }
  });

  it("to a client that has gone already does no harm", async () => {
    for (let count = 0; count < 20; count++) {
      const socket = connect(target.port, "127.0.0.1");
      await new Promise((resolve) => socket.once("connect", resolve));
      // The bytes are read, and the answer to them meets a connection that was reset.
      socket.write(
        upgrade(count % 2 === 0 ? "/api/messages" : "/v3/directline/conversations/abc/stream?t=wrong", [VERSION, KEY]),
      );
      socket.resetAndDestroy();
    }
    expect((await ask(target, "GET", "/healthz")).status).toBe(200);
  });

  it.each([
    ["another protocol", ["Upgrade: h2c"]],
    ["no key", [VERSION]],
    ["a key that is none", [VERSION, "Sec-WebSocket-Key: x"]],
    ["a version that is none", ["Sec-WebSocket-Version: 99", KEY]],
    ["protocols that are none", [VERSION, KEY, "Sec-WebSocket-Protocol: ,,"]],
  ])("because of %s does no harm", async (_, headers) => {
    const { pathname, search } = await streamUrl(await beginChat(target));
    const { answer, socket } = await stubborn(upgrade(pathname + search, headers));
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    socket.destroy();
    expect((await ask(target, "GET", "/healthz")).status).toBe(200);
  });
});

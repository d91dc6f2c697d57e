import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ask, at, beginChat, type Chat, expectWell, HEAD, SECRET, sendRaw, startTarget, type Target } from "./target.ts";

/** Clients that take their time, to hold a place. */

let target: Target;
let chat: Chat;

beforeAll(async () => {
  target = await startTarget({}, { headers: 250, request: 500, silence: 1500, check: 50 });
  chat = await beginChat(target);
});
afterEach(() => expectWell(target));
afterAll(async () => {
  await target.close();
});

describe("a slow client", () => {
  /** Sends the start, then a byte now and then, until the server hangs up. */
  const drip = async (start: string, byte: string, port = target.port): Promise<string> => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(start);
    const timer = setInterval(() => socket.write(byte), 40);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => socket.on("close", resolve));
    clearInterval(timer);
    return Buffer.concat(chunks).toString();
  };

  it("that drips its headers is sent away", async () => {
    expect(await drip("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", "a")).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("that drips its headers is sent away sooner than one that drips its body", async () => {
    const strict = await startTarget({}, { headers: 250, request: 600_000, silence: 600_000, check: 50 });
    const answer = await drip("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", "a", strict.port);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await strict.close();
  });

  it("that asks for much and reads nothing of it is cut off", async () => {
    const strict = await startTarget({}, { headers: 600_000, request: 600_000, silence: 400, check: 50 });
    const asked = 300;
    const { text } = await ask(strict, "GET", "/widget.js");
    const socket = connect(strict.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.pause();
    const request = "GET /widget.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.write(request.repeat(asked));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    let read = 0;
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.on("data", (chunk: Buffer) => {
      read += chunk.length;
    });
    socket.resume();
    await gone;
    expect(read).toBeLessThan(asked * text.length);
    await strict.close();
  });

  it("that drips its body is sent away, at every door", async () => {
    const doors = [
      "/chat/token",
      "/api/messages",
      `${at(chat.conversation, "/activities")}`,
      "/v3/directline/tokens/generate",
      "/nothing",
    ];
    const answers = await Promise.all(
      doors.map((door) => {
        const token = door.endsWith("generate") ? SECRET : chat.token;
        const head = `POST ${door} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
        return drip(`${head}Content-Length: 60000\r\n\r\n{"text":"`, "a");
      }),
    );
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 4(08|04) /);
  });

  it("that opens a connection and says nothing is sent away", async () => {
    expect(await sendRaw(target, "", 5_000)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it("does not hold up the others: a hundred of them, and a chat goes on", async () => {
    const slow = Array.from({ length: 100 }, () => drip(`${HEAD}Content-Length: 60000\r\n\r\n{`, " "));
    const answer = await ask(target, "POST", at(chat.conversation, "/activities"), {
      token: chat.token,
      body: { type: "message", text: "my calf is cramping" },
    });
    expect(answer.status).toBe(200);
    await Promise.all(slow);
  });
});

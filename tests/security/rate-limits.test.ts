import { afterAll, afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { callerOf, networkOf } from "../../src/channels/http/caller.ts";
import { createRateLimit } from "../../src/channels/http/rate-limit.ts";
import { readConfig } from "../../src/config.ts";
import { ask, at, beginChat, type Chat, say, startTarget, type Target } from "./target.ts";

/** Floods: what an address, a chat and a socket may ask for, on a clock that the test moves. */

const opened: Target[] = [];
const behindProxy = async (settings: Readonly<Record<string, string>>): Promise<Target> => {
  const target = await startTarget({ TRUST_PROXY: "1", ...settings });
  opened.push(target);
  return target;
};
const from = (address: string) => ({ "X-Forwarded-For": address });

afterEach(async () => {
  for (const target of opened.splice(0)) {
    expect(target.failures).toEqual([]);
    await target.close();
  }
});

describe("a rate limit", () => {
  it("gives a minute's worth at once, then evenly, and says how long to wait", () => {
    let now = 0;
    const limit = createRateLimit({ perMinute: 30, now: () => now });
    const takes = (count: number) => Array.from({ length: count }, () => limit.take("a"));
    expect(takes(30)).toEqual(Array(30).fill(0));
    expect(limit.take("a")).toBe(2);
    expect(limit.take("b")).toBe(0);
    now += 1_999;
    expect(limit.take("a")).toBe(1);
    now += 1;
    expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(2);
    now += 3_600_000;
    expect(takes(31)).toEqual([...Array(30).fill(0), 2]);
  });

  it("is not widened by a clock that is set back", () => {
    let now = 1_000_000;
    const limit = createRateLimit({ perMinute: 1, now: () => now });
    expect(limit.take("a")).toBe(0);
    now = 0;
    expect(limit.take("a")).toBeGreaterThan(0);
  });

  it("remembers so many keys and no more, and forgets the one that was quiet longest", () => {
    const limit = createRateLimit({ perMinute: 1, now: () => 0, most: 1000 });
    for (let at_ = 0; at_ < 100_000; at_++) limit.take(`key ${at_}`);
    expect(limit.size).toBe(1000);
    expect(limit.take("key 99999")).toBeGreaterThan(0);
    expect(limit.take("key 99000")).toBeGreaterThan(0);
    expect(limit.take("key 98999")).toBe(0);
  });

  it("forgets whoever was quiet for a minute", () => {
    let now = 0;
    const limit = createRateLimit({ perMinute: 5, now: () => now });
    for (let at_ = 0; at_ < 1000; at_++) limit.take(`key ${at_}`);
    now += 60_000;
    limit.take("another");
    expect(limit.size).toBe(1);
  });

  it("of 0 is none", () => {
    const limit = createRateLimit({ perMinute: 0, now: () => 0 });
    expect(Array.from({ length: 1000 }, () => limit.take("a"))).toEqual(Array(1000).fill(0));
    expect(limit.size).toBe(0);
  });
});

describe("who calls", () => {
  type Request = Parameters<typeof callerOf>[0];
  const request = (socket: string, forwarded?: string) =>
    ({
      socket: { remoteAddress: socket },
      headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    }) as unknown as Request;

  it.each([
    ["10.0.0.9", undefined, 0, "10.0.0.9"],
    ["::ffff:10.0.0.9", undefined, 0, "10.0.0.9"],
    ["10.0.0.9", "192.0.2.1", 0, "10.0.0.9"],
    ["10.0.0.9", "192.0.2.1", 1, "192.0.2.1"],
    ["10.0.0.9", "6.6.6.6, 192.0.2.1", 1, "192.0.2.1"],
    ["10.0.0.9", "6.6.6.6, 192.0.2.1, 10.0.0.8", 2, "192.0.2.1"],
    ["10.0.0.9", "192.0.2.1:54321", 1, "192.0.2.1"],
    ["10.0.0.9", "[2001:db8::1]:54321", 1, "2001:db8::1"],
    ["10.0.0.9", "2001:db8::1", 1, "2001:db8::1"],
    ["10.0.0.9", "nonsense", 1, "10.0.0.9"],
    ["10.0.0.9", "192.0.2.1", 3, "10.0.0.9"],
    ["10.0.0.9", "", 1, "10.0.0.9"],
  ])("from %s with X-Forwarded-For %s behind %d proxies is %s", (socket, forwarded, proxies, address) => {
    expect(callerOf(request(socket, forwarded), proxies)).toEqual({ address, local: false });
  });

  it("is this machine itself only without a proxy between", () => {
    for (const socket of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      expect(callerOf(request(socket), 1).local).toBe(true);
      expect(callerOf(request(socket, "127.0.0.1"), 1).local).toBe(false);
      expect(callerOf(request(socket, "192.0.2.1"), 0).local).toBe(false);
    }
  });

  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("new chats", () => {
  const start = (target: Target, address: string) => ask(target, "POST", "/chat/token", { body: {}, headers: from(address) });

  it("are limited for each address: 429 with Retry-After, and again a moment later", async () => {
    const target = await behindProxy({ LIMIT_CHATS_PER_ADDRESS: "6" });
    for (let count = 0; count < 6; count++) expect((await start(target, "192.0.2.1")).status).toBe(200);
    const refused = await start(target, "192.0.2.1");
    expect([refused.status, refused.code, refused.headers.get("retry-after")]).toEqual([429, "TooManyRequests", "10"]);
    expect((await start(target, "192.0.2.2")).status).toBe(200);
    target.advance(10);
    expect((await start(target, "192.0.2.1")).status).toBe(200);
    expect((await start(target, "192.0.2.1")).status).toBe(429);
  });

  it("are not multiplied by what a client claims, nor by the addresses of one network", async () => {
    const target = await behindProxy({ LIMIT_CHATS_PER_ADDRESS: "2" });
    const claims = ["1.1.1.1, 2001:db8::1", "2.2.2.2, 2001:db8::2", "3.3.3.3, 2001:db8::3"];
    const statuses = [];
    for (const claim of claims) statuses.push((await start(target, claim)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it("do not count when one is resumed", async () => {
    const target = await behindProxy({ LIMIT_CHATS_PER_ADDRESS: "1" });
    let { resume } = await beginChat(target, from("192.0.2.1"));
    for (let count = 0; count < 5; count++) {
      const answer = await ask(target, "POST", "/chat/token", { body: { resume }, headers: from("192.0.2.1") });
      expect(answer.status).toBe(200);
      resume = String(answer.body["resume"]);
    }
  });

  it("of this machine itself are not limited", async () => {
    const target = await behindProxy({ LIMIT_CHATS_PER_ADDRESS: "1", LIMIT_CALLS_PER_ADDRESS: "1" });
    for (let count = 0; count < 5; count++) expect((await ask(target, "POST", "/chat/token", { body: {} })).status).toBe(200);
  });
});

describe("calls", () => {
  const posted = (target: Target, { token, conversation }: Chat, address: string) =>
    ask(target, "POST", at(conversation, "/activities"), {
      token,
      body: { type: "message", text: "hello" },
      headers: from(address),
    });

  it("are limited for each address on every route, also with a wrong token", async () => {
    const target = await behindProxy({ LIMIT_CALLS_PER_ADDRESS: "2" });
    for (const [method, path] of [
      ["POST", "/chat/token"],
      ["POST", "/v3/directline/tokens/generate"],
      ["POST", "/v3/directline/tokens/refresh"],
      ["POST", "/v3/directline/conversations"],
      ["GET", at("x")],
      ["GET", at("x", "/activities")],
      ["POST", at("x", "/activities")],
      ["POST", at("x", "/upload")],
    ] as const) {
      const call = () => ask(target, method, path, { token: "wrong", headers: from("192.0.2.7") });
      expect((await call()).status, path).not.toBe(429);
      expect((await call()).status, path).not.toBe(429);
      const refused = await call();
      expect([refused.status, refused.headers.get("retry-after")], path).toEqual([429, "30"]);
      target.advance(120);
    }
  });

  it("with the tokens of one chat are limited together, from wherever they come, and other chats go on", async () => {
    const target = await behindProxy({ LIMIT_CALLS_PER_CHAT: "4" });
    const [one, other] = [await beginChat(target), await beginChat(target)];
    const renewed = await ask(target, "POST", "/v3/directline/tokens/refresh", { token: one.token, headers: from("192.0.2.1") });
    const tokens = [one.token, String(renewed.body["token"])];
    const poll = (at_: number) =>
      ask(target, "GET", at(one.conversation, "/activities"), { token: tokens[at_ % 2], headers: from(`192.0.2.${at_}`) });
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await poll(count)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await posted(target, other, "192.0.2.1")).status).toBe(200);
  });

  it("that say something are limited more tightly, and nothing of what is refused is kept", async () => {
    const target = await behindProxy({ LIMIT_MESSAGES_PER_CHAT: "3" });
    const chat = await beginChat(target);
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await posted(target, chat, "192.0.2.1")).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(target.seen.filter(({ kind }) => kind === "message")).toHaveLength(3);
    target.advance(20);
    expect((await posted(target, chat, "192.0.2.1")).status).toBe(200);
  });

  it("that are refused may be read by the page that made them", async () => {
    const target = await behindProxy({ LIMIT_CALLS_PER_ADDRESS: "1", WEB_ORIGINS: "https://clinic.example" });
    const headers = { ...from("192.0.2.1"), Origin: "https://clinic.example" };
    await ask(target, "POST", "/chat/token", { headers });
    const refused = await ask(target, "POST", "/chat/token", { headers });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("access-control-allow-origin")).toBe("https://clinic.example");
    expect(refused.headers.get("access-control-expose-headers")).toContain("Retry-After");
  });

  it("of a site's own server that knows the secret are not limited", async () => {
    const target = await behindProxy({ LIMIT_CALLS_PER_ADDRESS: "1" });
    const token = "a-direct-line-secret-of-the-tests-0123456789";
    for (let count = 0; count < 5; count++) {
      const made = await ask(target, "POST", "/v3/directline/tokens/generate", { token, headers: from("192.0.2.1") });
      expect(made.status).toBe(200);
    }
  });
});

describe("streams", () => {
  const sockets: WebSocket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.terminate();
  });
  const open = async (
    target: Target,
    address: string,
  ): Promise<{ status: number; retry: string | undefined; socket: WebSocket }> => {
    const chat = await beginChat(target);
    const { body } = await ask(target, "GET", at(chat.conversation), { token: chat.token });
    const socket = new WebSocket(String(body["streamUrl"]), { headers: from(address) });
    sockets.push(socket);
    socket.on("error", () => {});
    return await new Promise((resolve) => {
      socket.on("open", () => resolve({ status: 101, retry: undefined, socket }));
      socket.on("unexpected-response", (_, { statusCode, headers }) =>
        resolve({ status: statusCode ?? 0, retry: headers["retry-after"], socket }),
      );
    });
  };

  it("are limited for each address, and a closed one makes room", async () => {
    const target = await behindProxy({ LIMIT_SOCKETS_PER_ADDRESS: "2" });
    const first = await open(target, "192.0.2.1");
    expect((await open(target, "192.0.2.1")).status).toBe(101);
    const refused = await open(target, "192.0.2.1");
    expect([refused.status, refused.retry]).toEqual([429, "60"]);
    expect((await open(target, "192.0.2.2")).status).toBe(101);
    first.socket.close();
    await new Promise((resolve) => first.socket.once("close", resolve));
    await expect.poll(async () => (await open(target, "192.0.2.1")).status).toBe(101);
  });
});

describe("the limits as they are set out of the box", () => {
  it("leave room for a person in a hurry, and for a client that polls five times a second", async () => {
    const { limits } = readConfig({}).directLine;
    expect(limits.messagesPerChat).toBeGreaterThanOrEqual(60);
    expect(limits.callsPerChat).toBeGreaterThanOrEqual(5 * 60 + limits.messagesPerChat);
    const target = await behindProxy({});
    const chat = await beginChat(target);
    for (let count = 0; count < 40; count++) expect((await say(target, chat, { type: "message", text: "ok" })).status).toBe(200);
  });
});

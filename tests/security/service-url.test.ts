import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConnectorHttp } from "../../src/channels/bot-framework/connector-http.ts";
import { listening } from "../support/loopback.ts";
import { startOpenId } from "../support/open-id.ts";
import { ask, emulated, startTarget, type Target } from "./target.ts";

/** Somebody who wants the bot to call an address for them. */

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => {
  expect(target.failures).toEqual([]);
  await target.close();
});

describe("an address to answer to", () => {
  const ADDRESSES = [
    "http://169.254.169.254/latest/meta-data/",
    "https://evil.example/",
    "http://0.0.0.0:1/",
    "http://10.0.0.1/",
    "http://[::ffff:127.0.0.1]:1/",
    "http://127.0.0.1.evil.example/",
    "http://localhost.evil.example/",
    "http://127.0.0.1@evil.example/",
    "http://evil.example#@127.0.0.1/",
    "http://evil.example\\@127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:1/",
    "javascript:alert(1)",
    "//127.0.0.1/",
    " http://127.0.0.1/",
    "smba.trafficmanager.net",
  ];

  it("that is not this machine's is refused at the door in local mode", async () => {
    for (const serviceUrl of ADDRESSES) {
      const { status } = await ask(target, "POST", "/api/messages", {
        body: emulated("hi", { serviceUrl, deliveryMode: "normal" }),
      });
      expect([400, 403], serviceUrl).toContain(status);
    }
  });

  it("that is not Microsoft's is refused even from a caller with a good token that names it", async () => {
    const calls: string[] = [];
    const trap = createServer((request, response) => {
      calls.push(request.url ?? "");
      response.end();
    });
    const url = await listening(trap);
    const openId = await startOpenId();
    const guarded = await startTarget(openId.settings);
    for (const serviceUrl of [...ADDRESSES, `${url}/`]) {
      for (const deliveryMode of ["normal", "expectReplies"]) {
        const headers = { Authorization: `Bearer ${await openId.token({ serviceUrl })}` };
        const body = emulated("hi", { serviceUrl, deliveryMode, channelId: "msteams" });
        const { status } = await ask(guarded, "POST", "/api/messages", { body, headers });
        expect([400, 403], serviceUrl).toContain(status);
      }
    }
    expect(calls).toEqual([]);
    expect(guarded.failures).toEqual([]);
    await Promise.all([guarded.close(), openId.close(), new Promise((resolve) => trap.close(resolve))]);
  });
});

describe("a call to a channel, whoever asked for it", () => {
  it("goes to no address that is not allowed, and nowhere that an allowed one redirects to", async () => {
    const calls: string[] = [];
    const trap = createServer((request, response) => {
      calls.push(request.url ?? "");
      response.writeHead(307, { Location: "/elsewhere" });
      response.end();
    });
    const url = `${await listening(trap)}/asked`;
    const request = { url, method: "POST", headers: { toJson: () => ({}) }, body: "{}" } as never;
    await expect(createConnectorHttp(() => false).sendRequest(request)).rejects.toMatchObject({ code: "HostRefused" });
    expect(calls).toEqual([]);
    await expect(createConnectorHttp(() => true).sendRequest(request)).rejects.toMatchObject({ status: 307 });
    expect(calls).toEqual(["/asked"]);
    await new Promise((resolve) => trap.close(resolve));
  });
});

import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv } from "ajv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import replySchema from "../../../schemas/reply.schema.json" with { type: "json" };
import { createHandOff, type HandOff } from "../../../src/channels/hand-off/hand-off.ts";
import { isSigned, seal, sign, unseal } from "../../../src/channels/hand-off/signature.ts";
import { createWebhook } from "../../../src/channels/hand-off/webhook.ts";
import { readState } from "../../../src/turns/state.ts";
import { type Bot, startBot, teamsMessage, testMind } from "../../support/azure-bot.ts";
import { type Connector, startConnector } from "../../support/connector.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const WAIT = 120_000;
const KEY = "bf:msteams:a:hand-off:29:person";

interface Called {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: { id: string; summary: string; facts: Record<string, unknown>; statusUrl: string };
}

let bot: Bot;
let connector: Connector;
let clinic: Server;
let handOff: HandOff;
let called: Called[];
let answers: number[];
let time: number;

beforeEach(async () => {
  time = Date.parse("2026-01-01T10:00:00Z");
  called = [];
  answers = [];
  connector = await startConnector();
  clinic = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    called.push({ headers: request.headers, text, body: JSON.parse(text) });
    response.statusCode = answers.shift() ?? 202;
    response.end();
  });
  await new Promise<void>((resolve) => clinic.listen(0, "127.0.0.1", resolve));
  const wait = async (milliseconds: number) => {
    time += milliseconds;
  };
  const pace = { now: () => time, wait, random: () => 0.5 };
  bot = await startBot({
    mind: Promise.resolve(testMind({ wait: WAIT, hubOnly: false })),
    now: () => time,
    beside: (turns) => {
      const url = `http://127.0.0.1:${(clinic.address() as AddressInfo).port}/take-over`;
      const publicUrl = "https://bot.example";
      const { tell, routes } = createWebhook({ turns, url, secret: SECRET, publicUrl, pace });
      handOff = createHandOff({ turns, tell, wait: WAIT, now: pace.now, failed: () => {} });
      return { routes };
    },
  });
});
afterEach(async () => {
  await bot.close();
  await connector.close();
  clinic.closeAllConnections();
  clinic.close();
});

/** What the bot answers to a message in Teams. */
const say = async (text: string, parts = {}): Promise<string> => {
  const before = connector.texts().length;
  const conversation = { id: "a:hand-off", conversationType: "personal" };
  const { status } = await bot.post(teamsMessage(text, { conversation, serviceUrl: connector.serviceUrl, ...parts }));
  expect(status).toBe(200);
  await handOff.settled();
  return connector.texts().slice(before).join("\n");
};
const report = async (state: string, id = called[0]?.body.id, headers?: Record<string, string>) => {
  const before = connector.texts().length;
  const body = JSON.stringify({ id, state });
  const { status } = await fetch(`${bot.url}/hand-off/status`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(headers ?? sign(SECRET, body, time)) },
    body,
  });
  return { status, said: connector.texts().slice(before).join("\n") };
};
const passedOn = async () => {
  await say("my left calf is cramping, about a 5");
  await say("can I talk to a real person");
  return await say("yes");
};
const state = async () => readState((await bot.store.load(KEY, null)).conversation?.state ?? null).conversation.handOff;

describe("passing a person on", () => {
  it("shows what would be told, and tells nobody without a yes", async () => {
    await say("my left calf is cramping, about a 5");
    const asked = await say("can I talk to a real person");
    expect(asked).toMatch(/left calf, pain 5 of 10/);
    expect(asked).toMatch(/112/);
    await say("no");
    expect(called).toEqual([]);
    expect(await state()).toBeNull();
  });

  it("shows it once more when asked to, and after a side question", async () => {
    await say("my left calf is cramping, about a 5");
    await say("can I talk to a real person");
    expect(await say("can you say that again")).toMatch(/left calf, pain 5 of 10/);
    expect(await say("is ice or heat better?")).toMatch(/left calf, pain 5 of 10/);
    await say("yes");
    expect(called).toHaveLength(1);
  });

  it("tells the clinic just what was shown, signed, and where to report", async () => {
    const told = await passedOn();
    expect(told).toMatch(/person/);
    expect(called).toHaveLength(1);
    const { body, text, headers } = called[0] as Called;
    const { id: _, at: __, locale: ___, statusUrl: ____, type: _____, ...request } = JSON.parse(text);
    expect(new Ajv({ strict: false }).compile(replySchema.properties.handOff)(request)).toBe(true);
    expect(body).toMatchObject({
      type: "handoff.initiate",
      summary: "left calf, pain 5 of 10",
      statusUrl: "https://bot.example/hand-off/status",
    });
    expect(body.facts).toMatchObject({ area: "calf", side: "left", pain: 5, patient: "self" });
    const right = createHmac("sha256", SECRET).update(`${headers["x-unknot-timestamp"]}.${text}`).digest("hex");
    expect(headers["x-unknot-signature"]).toBe(`sha256=${right}`);
    expect(text).not.toMatch(/29:person|A Person|cramping|a:hand-off/);
  });

  it("goes on with first aid while it waits", async () => {
    const told = await passedOn();
    expect(told.length).toBeGreaterThan(120);
    expect(await say("none of these")).toMatch(/calf|stretch|toes|wall|hold/i);
  });

  it("is not asked twice", async () => {
    await passedOn();
    expect(await say("get me a human please")).toMatch(/asked for a person/);
    expect(called).toHaveLength(1);
  });

  it("is not offered in an emergency: the number, at once", async () => {
    await say("crushing chest pain and I can't breathe");
    const said = await say("can I talk to a real person");
    expect(said).toMatch(/112/);
    expect(said).not.toMatch(/take over/);
    expect(called).toEqual([]);
  });

  it("is not offered where others read along", async () => {
    const said = await say("can I talk to a real person", { conversation: { id: "19:x", conversationType: "channel" } });
    expect(said).not.toMatch(/take over/);
  });
});

describe("what the clinic reports", () => {
  it("accepted: the person is told, and the bot is quiet", async () => {
    await passedOn();
    expect((await report("accepted")).said).toMatch(/quiet/);
    expect(await say("thanks, I am glad")).toBe("");
    expect(await say("it is a bit better")).toBe("");
  });

  it("accepted: a red flag is answered all the same", async () => {
    await passedOn();
    await report("accepted");
    expect(await say("now I have crushing chest pain and can't breathe")).toMatch(/112/);
  });

  it("accepted: a picture gets no word from the bot, but a wish to be forgotten is heard and done", async () => {
    await passedOn();
    await report("accepted");
    expect(await say("", { attachments: [{ contentType: "image/png", contentUrl: "https://example.com/x.png" }] })).toBe("");
    expect(await say("please delete my data")).toMatch(/delete/i);
    expect(await say("Delete it")).toMatch(/deleted/i);
    expect(await state()).toBeNull();
  });

  it("accepted: start over brings the bot back", async () => {
    await passedOn();
    await report("accepted");
    expect(await say("start over")).not.toBe("");
    expect(await state()).toBeNull();
  });

  it("completed: the bot speaks again", async () => {
    await passedOn();
    await report("accepted");
    expect((await report("completed")).said).toMatch(/here again/);
    expect(await say("my left calf is cramping again")).not.toBe("");
  });

  it("failed: the person is told at once what to do instead", async () => {
    await passedOn();
    const { said } = await report("failed");
    expect(said).toMatch(/Nobody has taken over/);
    expect(said).toMatch(/112/);
  });

  it("told twice, it is said once", async () => {
    await passedOn();
    expect((await report("accepted")).said).not.toBe("");
    expect(await report("accepted")).toEqual({ status: 200, said: "" });
  });

  it("too late, it changes nothing", async () => {
    await passedOn();
    await report("failed");
    expect((await report("accepted")).said).toBe("");
    expect(await state()).toBeNull();
  });

  it("of an earlier wish, it does nothing to the present one", async () => {
    await passedOn();
    time += WAIT + 1_000;
    await bot.turns.fire(KEY, time);
    await say("can I talk to a real person");
    await say("yes");
    expect(called).toHaveLength(2);
    expect((await report("failed", called[0]?.body.id)).said).toBe("");
    expect((await report("accepted", called[0]?.body.id)).said).toBe("");
    expect(await state()).toBe("waiting");
    expect((await report("accepted", called[1]?.body.id)).said).toMatch(/quiet/);
  });

  it("of somebody who was forgotten, nothing is kept and nothing said", async () => {
    await passedOn();
    await say("forget me");
    await say("yes");
    expect(await report("accepted")).toEqual({ status: 200, said: "" });
    expect((await bot.store.load(KEY, null)).conversation).toMatchObject({ state: null, address: "" });
  });

  it("is refused without its signature, with another's, or when it is old", async () => {
    await passedOn();
    const body = JSON.stringify({ id: called[0]?.body.id, state: "accepted" });
    expect((await report("accepted", undefined, {})).status).toBe(401);
    expect(
      (await report("accepted", called[0]?.body.id, sign("x".repeat(32), body, time) as Record<string, string>)).status,
    ).toBe(401);
    expect(
      (await report("accepted", called[0]?.body.id, sign(SECRET, body, time - 600_000) as Record<string, string>)).status,
    ).toBe(401);
    expect(await state()).toBe("waiting");
  });

  it.each(["", "1.AAAA", "1", `1.${Buffer.alloc(60).toString("base64url")}`])(
    "is refused for an unknown hand-off: %s",
    async (id) => {
      expect((await report("accepted", id)).status).toBe(400);
    },
  );

  it("is refused for an unknown state", async () => {
    await passedOn();
    expect((await report("maybe")).status).toBe(400);
  });
});

describe("nobody takes it", () => {
  it("in time: the person is told, and the bot goes on", async () => {
    await passedOn();
    const before = connector.texts().length;
    time += WAIT + 1_000;
    await bot.turns.fire(KEY, time);
    expect(connector.texts().slice(before).join()).toMatch(/Nobody has taken over[\s\S]*112/);
    expect(await state()).toBeNull();
  });

  it("because the webhook is down for a moment: it is called again", async () => {
    answers = [503, 500, 429];
    await passedOn();
    expect(called).toHaveLength(4);
    expect(new Set(called.map(({ body }) => body.id)).size).toBe(1);
    expect(await state()).toBe("waiting");
  });

  it.each([[400], [404], [302]])("because the webhook refuses with %d: the person is told at once", async (status) => {
    answers = [status];
    const told = await passedOn();
    expect(called).toHaveLength(1);
    expect(told).toMatch(/Nobody has taken over/);
    expect(await state()).toBeNull();
  });

  it("and whoever took it never says that they are done: the bot comes back after two hours", async () => {
    await passedOn();
    await report("accepted");
    const before = connector.texts().length;
    time += 2 * 3_600_000 + 1_000;
    await bot.turns.fire(KEY, time);
    expect(connector.texts().slice(before).join()).toMatch(/here again/);
    expect(await say("hello")).not.toBe("");
  });
});

describe("a hub behind the channel", () => {
  const start = async () => {
    await bot.close();
    bot = await startBot({ mind: Promise.resolve(testMind({ wait: WAIT, hubOnly: true })), now: () => time, hub: true });
  };

  it("is asked by handoff.initiate, after the words to the person", async () => {
    await start();
    await passedOn();
    const events = connector.posted.filter(({ body }) => body.type === "event");
    expect(events).toHaveLength(1);
    expect(events[0]?.body).toMatchObject({ name: "handoff.initiate", value: { summary: "left calf, pain 5 of 10" } });
    expect(events[0]?.body.attachments).toBeUndefined();
    expect(called).toEqual([]);
  });

  it.each([
    ["accepted", /quiet/],
    ["failed", /Nobody has taken over/],
  ])("reports by handoff.status: %s", async (status, words) => {
    await start();
    await passedOn();
    expect(await say("", { type: "event", name: "handoff.status", value: { state: status } })).toMatch(words);
  });

  it("may send other events, which are taken in silence", async () => {
    await start();
    expect(await say("", { type: "event", name: "handoff.status", value: { state: "queued" } })).toBe("");
    expect(await say("", { type: "event", name: "tokens/response", value: {} })).toBe("");
  });
});

describe("signatures and seals", () => {
  it("take nothing that was changed", () => {
    const headers = Object.fromEntries(
      Object.entries(sign(SECRET, "{}", 1_000_000)).map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(isSigned(SECRET, "{}", headers, 1_000_000)).toBe(true);
    expect(isSigned(SECRET, "{ }", headers, 1_000_000)).toBe(false);
    expect(isSigned(SECRET, "{}", { ...headers, "x-unknot-timestamp": "1001" }, 1_000_000)).toBe(false);
    expect(isSigned(SECRET, "{}", {}, 1_000_000)).toBe(false);
    const sealed = seal(SECRET, "text");
    expect(unseal(SECRET, sealed)).toBe("text");
    expect(unseal("x".repeat(32), sealed)).toBeNull();
    expect(unseal(SECRET, `${sealed.slice(0, -2)}AA`)).toBeNull();
    expect(seal(SECRET, "text")).toBe(sealed);
    expect(seal(SECRET, "texts").slice(0, 16)).not.toBe(sealed.slice(0, 16));
  });
});

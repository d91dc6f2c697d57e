import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { readState } from "../../../src/turns/state.ts";
import { type Bot, type BotOptions, startBot, teamsMessage, testMind } from "../../support/azure-bot.ts";
import { type Connector, startConnector } from "../../support/connector.ts";

/** Where the samples of the SDK fall, this bot must not. */

let bot: Bot;
let connector: Connector;
const expecting = { deliveryMode: "expectReplies" };
const rejections: unknown[] = [];
const note = (reason: unknown) => rejections.push(reason);

const start = async (options: BotOptions = {}): Promise<Bot> => {
  await bot?.close();
  bot = await startBot(options);
  return bot;
};

beforeAll(async () => {
  process.on("unhandledRejection", note);
  bot = await startBot();
});
beforeEach(async () => {
  connector = await startConnector();
});
afterEach(async () => {
  await connector.close();
  expect(rejections).toEqual([]);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await bot.close();
});

/** A message whose answer goes out over the channel's connector. */
function delivered(text: string, parts: Readonly<Record<string, unknown>> = {}) {
  return teamsMessage(text, { serviceUrl: connector.serviceUrl, ...parts });
}

async function raw(lines: readonly string[]): Promise<string> {
  const socket = connect(bot.port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

describe("trap 1: a WebSocket upgrade on /api/messages", () => {
  it.each(["/api/messages", "/api/messages?x=1", "/", "/v3/directline/conversations/1/stream"])(
    "is refused at %s and the server lives on",
    async (path) => {
      const answer = await raw([
        `GET ${path} HTTP/1.1`,
        "Host: 127.0.0.1",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ]);
      expect(answer).toMatch(/^HTTP\/1\.1 404/);
      expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    },
  );
});

describe("trap 2: no MicrosoftAppId", () => {
  it.each(["https://evil.example/", "http://169.254.169.254/", "https://smba.trafficmanager.net/teams/", "http://10.0.0.1/"])(
    "posts no reply to %s",
    async (serviceUrl) => {
      const { status, body } = await bot.post(teamsMessage("hello", { serviceUrl }));
      expect(status).toBe(403);
      expect(body?.error?.code).toBe("ServiceUrlRefused");
    },
  );

  it("answers in the response whatever service url a body names", async () => {
    const { status, body } = await bot.post(teamsMessage("hello", { ...expecting, serviceUrl: "http://nowhere.invalid" }));
    expect(status).toBe(200);
    expect(body?.activities?.length).toBeGreaterThan(0);
  });

  it("refuses a page that had its own name point here", async () => {
    const answer = await raw([
      "POST /api/messages HTTP/1.1",
      "Host: evil.example",
      "Content-Type: application/json",
      "Content-Length: 2",
      "Connection: close",
      "",
      "{}",
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 403/);
  });

  it("does not start on another host", () => {
    expect(() => readConfig({ HOST: "0.0.0.0" })).toThrow(/MicrosoftAppId/);
    expect(() => readConfig({ HOST: "0.0.0.0", MicrosoftAppId: "  " })).toThrow(/MicrosoftAppId/);
  });
});

describe("trap 4: an activity without its indispensable parts", () => {
  it.each([
    ["no type", { type: undefined }, "type"],
    ["an empty type", { type: "" }, "type"],
    ["a type that is no text", { type: 7 }, "type"],
    ["no conversation", { conversation: undefined }, "conversation"],
    ["a conversation that is a text", { conversation: "a" }, "conversation"],
    ["a conversation without an id", { conversation: {} }, "conversation"],
    ["an id that is no text", { id: {} }, "id"],
    ["a service url that is no text", { serviceUrl: [] }, "serviceUrl"],
  ])("is refused: %s", async (_, parts, named) => {
    const { status, body, text } = await bot.post(teamsMessage("hello", { ...expecting, ...parts }));
    expect(status).toBe(400);
    expect(body?.error?.message).toContain(`"${named}"`);
    expect(text).not.toMatch(/undefined|TypeError|stack/);
  });

  it.each([
    ["nothing", "", 400],
    ["no JSON", "{", 400],
    ["a list", "[]", 400],
    ["null", "null", 400],
    ["a text", '"hello"', 400],
  ])("is refused: %s", async (_, body, status) => {
    expect((await bot.post(body)).status).toBe(status);
  });

  it("takes odd kinds of every other part", async () => {
    const odd = { from: 3, recipient: null, entities: "x", attachments: 5, channelData: [], locale: {}, value: 1, text: 12 };
    const { status } = await bot.post(teamsMessage("", { ...expecting, ...odd }));
    expect(status).toBe(200);
  });
});

describe("trap 5: bodies without limit", () => {
  it("refuses what is too large", async () => {
    const { status, body } = await bot.post(teamsMessage("x".repeat(70_000), expecting));
    expect(status).toBe(413);
    expect(body?.error?.code).toBe("PayloadTooLarge");
  });

  it.each([
    ["multipart", { "Content-Type": "multipart/form-data; boundary=x" }, "--x--"],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, "type=message"],
    ["no content type", { "Content-Type": "" }, "{}"],
  ])("refuses %s", async (_, headers, body) => {
    const response = await fetch(`${bot.url}/api/messages`, { method: "POST", headers, body });
    expect(response.status).toBe(415);
  });

  it("refuses a compressed body, which may grow without limit", async () => {
    const response = await fetch(`${bot.url}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Encoding": "gzip" },
      body: gzipSync(JSON.stringify(teamsMessage("hello", expecting))),
    });
    expect(response.status).toBe(415);
  });
});

describe("trap 6: the last writer wins in silence", () => {
  it("counts every one of many messages that come at once", async () => {
    const conversation = { id: "a:crowd", conversationType: "personal" };
    const texts = Array.from({ length: 12 }, (_, at) => `my calf is cramping, a ${at % 7}`);
    const answers = await Promise.all(texts.map((text) => bot.post(teamsMessage(text, { ...expecting, conversation }))));
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
    const { conversation: stored } = await bot.store.load("bf:msteams:a:crowd:29:person", null);
    expect(readState(stored?.state ?? null).conversation.turns).toBe(texts.length);
  });
});

describe("trap 7: an error inside", () => {
  it("is answered with the emergency number, and the conversation is kept", async () => {
    const { world, understand } = testMind();
    let broken = false;
    const mind = Promise.resolve({
      world,
      understand: ((...given: Parameters<typeof understand>) => {
        if (broken) throw new Error("secret words of a person");
        return understand(...given);
      }) as typeof understand,
    });
    await start({ mind });
    await bot.post(teamsMessage("my left calf is cramping", expecting));
    broken = true;
    const { status, body, text } = await bot.post(teamsMessage("about a 4", expecting));
    expect(status).toBe(200);
    expect(body?.activities?.[0]?.["text"]).toMatch(/112/);
    expect(text).not.toMatch(/secret|source code|stack/);
    broken = false;
    const { conversation } = await bot.store.load("bf:msteams:a:personal-1:29:person", null);
    expect(readState(conversation?.state ?? null).conversation.episode?.area).toBe("calf");
    await start();
  });
});

describe("trap 8: a message that is delivered again", () => {
  it("gets the same replies", async () => {
    const message = teamsMessage("my calf is cramping", { ...expecting, conversation: { id: "a:again" } });
    const first = await bot.post(message);
    const second = await bot.post(message);
    expect(first.body?.activities?.length).toBeGreaterThan(0);
    expect(second.text).toBe(first.text);
  });

  it("is not answered twice over the connector", async () => {
    const message = delivered("my calf is cramping", { conversation: { id: "a:twice" } });
    await bot.post(message);
    const once = connector.texts().length;
    await bot.post(message);
    expect(once).toBeGreaterThan(0);
    expect(connector.texts()).toHaveLength(once);
  });

  it("is answered once when it comes again while the first answer is under way", async () => {
    const message = delivered("my calf is cramping", { conversation: { id: "a:slow" } });
    connector.onPost = () => new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([bot.post(message), bot.post(message), bot.post(message)]);
    const texts = connector.texts();
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("gets only the replies that did not arrive before", async () => {
    const message = delivered("hi, my calf is cramping", { conversation: { id: "a:half" } });
    connector.onPost = ({ body }) => {
      if (body.type === "message" && connector.posted.filter((one) => one.body.type === "message").length === 2)
        connector.refuse({ status: 401 });
    };
    await bot.post(message);
    const before = connector.texts();
    expect(before).toHaveLength(1);
    connector.onPost = () => {};
    await bot.post(message);
    const all = connector.texts();
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("trap 9: a send that nobody waits for", () => {
  it.each([400, 401, 403, 404, 413])("takes a connector's %d without a crash, and the turn is kept", async (status) => {
    const conversation = { id: `a:refused-${status}`, conversationType: "personal" };
    connector.refuse(...Array.from({ length: 10 }, () => ({ status, body: { error: { code: "Refused" } } })));
    const { status: answered } = await bot.post(delivered("my calf is cramping", { conversation }));
    expect(answered).toBe(200);
    const kept = await bot.store.load(`bf:msteams:a:refused-${status}:29:person`, null);
    expect(readState(kept.conversation?.state ?? null).conversation.episode?.area).toBe("calf");
  });

  it("says so to the channel when neither the store nor the connector takes the answer", async () => {
    const store = { ...createMemoryStore(), commit: async () => Promise.reject(new Error("disk full")) };
    await start({ store });
    connector.refuse(...Array.from({ length: 10 }, () => ({ status: 401 })));
    const { status, text } = await bot.post(delivered("hello"));
    expect(status).toBe(503);
    expect(text).not.toMatch(/disk/);
    await start();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectNothingUncaught } from "../support/uncaught.ts";
import {
  ask,
  at,
  beginChat,
  type Chat,
  emulated,
  expectWell,
  say,
  sendRaw,
  startTarget,
  type Target,
  transcript,
} from "./target.ts";

/** What a clumsy client does. Each gets an answer that says what is wrong, and everybody else goes on. */

let target: Target;
let chat: Chat;

expectNothingUncaught();
beforeAll(async () => {
  target = await startTarget();
  chat = await beginChat(target);
});
afterEach(() => expectWell(target));
afterAll(async () => {
  await target.close();
});

const doors = () => [
  { door: "/api/messages", token: undefined },
  { door: at(chat.conversation, "/activities"), token: chat.token },
  { door: "/chat/token", token: undefined },
];

describe("a body that cannot be read", () => {
  it.each([
    ["is cut off", '{"type":"message"', 400, "BadSyntax"],
    ["has a comma too many", '{"type":"message",}', 400, "BadSyntax"],
    ["is XML", "<activity/>", 400, "BadSyntax"],
    ["is only a text", '"message"', 400, "BadArgument"],
    ["is only a number", "7", 400, "BadArgument"],
    ["is null", "null", 400, "BadArgument"],
    ["is a list", '[{"type":"message"}]', 400, "BadArgument"],
    ["has bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400, "BadSyntax"],
    ["is nested 10,000 levels deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, 400, "BadArgument"],
    [
      "is a list in a list, 30,000 deep",
      `{"type":"message","value":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
      400,
      "BadArgument",
    ],
    ["has more than 64 KB", JSON.stringify({ type: "message", text: "x".repeat(65_536) }), 413, "PayloadTooLarge"],
  ])("is refused at every door: it %s", async (_, raw, status, code) => {
    for (const { door, token } of doors()) {
      const answer = await ask(target, "POST", door, { token, raw });
      expect([answer.status, answer.code], door).toEqual([status, code]);
      expect(answer.text).not.toMatch(/node:|\.ts|undefined|Error: /);
    }
  });

  it("may be 64 levels deep and no more, whatever brackets stand in its texts", async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{"b":"[[\\"{{"}${"}".repeat(levels - 1)}`;
    expect((await ask(target, "POST", "/chat/token", { raw: nested(64) })).status).toBe(200);
    const refused = await ask(target, "POST", "/chat/token", { raw: nested(65) });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("nested more than 64 levels")]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "nonsense"])(
    "is refused when it says that it is %s",
    async (type) => {
      for (const { door, token } of doors()) {
        const answer = await ask(target, "POST", door, { token, raw: '{"type":"message"}', headers: { "Content-Type": type } });
        expect([answer.status, answer.code], door).toEqual([415, "UnsupportedMediaType"]);
      }
    },
  );

  it("is refused by its length before it is sent", async () => {
    const head =
      "POST /chat/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n";
    expect(await sendRaw(target, head)).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe("an activity that lacks something", () => {
  it.each([
    ["type", { type: undefined }],
    ["conversation", { conversation: undefined }],
    ["conversation", { conversation: { id: "" } }],
    ["conversation", { conversation: { id: 7 } }],
  ])("is refused, and the answer names %s", async (named, parts) => {
    const answer = await ask(target, "POST", "/api/messages", { body: emulated("hello", parts) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`\\"${named}\\"`);
  });

  it.each([[{}], [{ type: "" }], [{ type: 7 }], [{ type: null }], [{ type: ["message"] }]])(
    "is refused on Direct Line: %j",
    async (activity) => {
      const answer = await say(target, chat, activity);
      expect([answer.status, answer.code]).toEqual([400, "MissingProperty"]);
    },
  );
});

describe("an address that leads nowhere", () => {
  it.each([
    ["GET", "/nothing", 404],
    ["POST", "/v3/directline", 404],
    ["POST", "/v3/directline/tokens", 404],
    ["GET", "/v3/directline/conversations/x/y/z", 404],
    ["PUT", "/chat/token", 405],
    ["DELETE", "/", 405],
    ["GET", "/chat/token", 405],
    ["GET", "/%E0%A4%A", 404],
    ["GET", "/?%ZZ", 200],
    ["GET", `/${"a".repeat(4000)}`, 404],
  ])("%s %s: %d", async (method, path, status) => {
    expect((await ask(target, method, path)).status).toBe(status);
  });

  it.each(["[", "a b", "a/chat/token?", "a@b", "a:99999", "a:b", "[::1", "\u00ff", "%00", "<script>"])(
    "at a host that is none: %s",
    async (host) => {
      for (const more of ["", "Origin: http://a\r\n", "Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: http://a\r\n"]) {
        const answer = await sendRaw(target, Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`, "latin1"));
        expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
      }
    },
  );

  it.each(["OPTIONS *", "GET //", "GET http://[", "GET /\\", "OPTIONS http://[", "GET ?", "CONNECT x:1", "TRACE /"])(
    "%s",
    async (start) => {
      const answer = await sendRaw(target, `${start} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      expect(answer === "" || /^HTTP\/1\.1 [234]\d\d /.test(answer), answer).toBe(true);
    },
  );

  it.each(["/api/messages", "/", "/chat/token", "/v3/directline/conversations", "/v3/directline/conversations/x/stream/more"])(
    "a WebSocket at %s",
    async (path) => {
      const head = ["Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
      const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
      const answer = await sendRaw(target, `GET ${path} HTTP/1.1\r\n${[...head, key].join("\r\n")}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    },
  );
});

const ODD_TEXTS: readonly [string, string][] = [
  ["nothing", ""],
  ["only blanks", " \n\t\u00a0\u200b "],
  ["5,000 characters", "my calf is cramping ".repeat(250)],
  ["5,000 letters without a blank", "a".repeat(5000)],
  ["only emoji", "😀🦵🏽👩‍👩‍👧‍👦🏴‍☠️".repeat(20)],
  ["half an emoji", "calf \ud83d cramp \udc00"],
  ["control characters", "calf\u0000\u0007\u001b[31m\u009b31mcramp\u2028\u2029"],
  ["right to left", "\u202ecalf cramp\u202c שלום"],
  ["letters under heaps of marks", `c${"\u0301".repeat(300)}alf`],
];

describe("an odd message", () => {
  it.each(ODD_TEXTS)("of %s is answered with words on every channel", async (_, text) => {
    const before = (await transcript(target, chat)).length;
    expect((await say(target, chat, { type: "message", text })).status).toBe(200);
    const shown = (await transcript(target, chat)).slice(before);
    expect(shown[0]).toMatchObject({ from: { role: "user" } });
    expect(shown.filter(({ from, text: said }) => from.role === "bot" && said.length > 10).length).toBeGreaterThan(0);
    const answer = await ask(target, "POST", "/api/messages", { body: emulated(text) });
    expect(answer.status).toBe(200);
    expect((answer.body["activities"] as { text?: string }[]).some(({ text: said = "" }) => said.length > 10)).toBe(true);
  });

  it.each([
    ["a picture", [{ contentType: "image/png", contentUrl: "https://example.com/a.png" }]],
    ["a file without a type", [{}]],
    ["an attachment that is none", [null, 7, "x"]],
    ["a hundred of them", Array.from({ length: 100 }, () => ({ contentType: "image/png" }))],
  ])("with %s and no words is told that words are needed", async (_, attachments) => {
    const own = await beginChat(target);
    await say(target, own, { type: "message", attachments });
    const said = (await transcript(target, own)).at(-1);
    expect(said?.from.role).toBe("bot");
    expect(said?.text).toMatch(/picture|image|photo|words/i);
  });

  it.each(["typing", "event", "invoke", "endOfConversation", "messageDelete", "no-such-type", "__proto__", "constructor"])(
    "of type %s is taken in silence, and nothing is said",
    async (type) => {
      const before = (await transcript(target, chat)).length;
      expect((await say(target, chat, { type, text: "severe pain" })).status).toBe(200);
      expect(await transcript(target, chat)).toHaveLength(before);
      const answer = await ask(target, "POST", "/api/messages", { body: emulated("severe pain", { type }) });
      expect(answer.status).toBeLessThan(500);
    },
  );

  it.each([
    ["text", { text: 7 }, 400],
    ["text", { text: {} }, 400],
    ["value", { text: "hello", value: 7 }, 200],
    ["channelData", { text: "hello", channelData: "x" }, 200],
    ["locale", { text: "hello", locale: {} }, 200],
    ["localTimezone", { text: "hello", localTimezone: "Not/AZone" }, 200],
    ["from", { text: "hello", from: 3 }, 200],
    ["entities", { text: "hello", entities: "x" }, 200],
  ])("whose %s is odd: %j is %d", async (_, parts, status) => {
    expect((await say(target, chat, { type: "message", ...parts })).status).toBe(status);
  });
});

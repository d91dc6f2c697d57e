import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandOffCall } from "../../../src/turns/port.ts";
import { type Bot, DIRECT_LINE_SECRET, startBot } from "../../support/bot.ts";
import { eventually } from "../../support/person.ts";

const SITE = "https://clinic.example";
let bot: Bot;

beforeAll(async () => {
  bot = await startBot([SITE]);
});

afterAll(async () => {
  await bot.dispose();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(
  method: string,
  path: string,
  token?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${bot.address}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : (JSON.parse(text) as Answer["body"]) };
}

interface Chat {
  readonly token: string;
  readonly conversation: string;
  readonly resume: string;
}

async function begin(): Promise<Chat> {
  const { body } = await ask("POST", "/chat/token", undefined, { locale: "en-GB" });
  return { token: String(body["token"]), conversation: String(body["conversationId"]), resume: String(body["resume"]) };
}

const errorOf = ({ body }: Answer) => (body["error"] as { code?: string } | undefined)?.code;
const at = (conversation: string, rest = "") => `/v3/directline/conversations/${conversation}${rest}`;

describe("a token", () => {
  it("opens its own conversation and no other, on every route", async () => {
    const [mine, theirs] = [await begin(), await begin()];
    for (const [method, rest, body] of [
      ["GET", "", undefined],
      ["GET", "/activities", undefined],
      ["POST", "/activities", { type: "message", text: "calf cramp" }],
      ["POST", "/upload", {}],
    ] as const) {
      const refused = await ask(method, at(theirs.conversation, rest), mine.token, body);
      expect([refused.status, errorOf(refused)], `${method} ${rest}`).toEqual([403, "BadArgument"]);
      expect((await ask(method, at(theirs.conversation, rest), undefined, body)).status).toBe(401);
      expect((await ask(method, at(theirs.conversation, rest), `${theirs.token}x`, body)).status).toBe(401);
    }
    const { body } = await ask("GET", at(theirs.conversation, "/activities"), theirs.token);
    expect(JSON.stringify(body)).not.toContain("calf cramp");
  });

  it("expires after half an hour: 403 TokenExpired, and cannot be renewed then", async () => {
    const own = await startBot();
    const token = ((await (await fetch(`${own.address}/chat/token`, { method: "POST" })).json()) as { token: string }).token;
    const refresh = async () =>
      await fetch(`${own.address}/v3/directline/tokens/refresh`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
      });
    own.advance(1790);
    expect((await refresh()).status).toBe(200);
    own.advance(20);
    const late = await refresh();
    expect(late.status).toBe(403);
    expect(await late.json()).toMatchObject({ error: { code: "TokenExpired" } });
    await own.dispose();
  });

  it("is generated for a site's own server that knows the secret, bound to a user whose id begins with dl_", async () => {
    const made = await ask("POST", "/v3/directline/tokens/generate", DIRECT_LINE_SECRET, { user: { id: "dl_ann" } });
    expect(made.status).toBe(200);
    const started = await ask("POST", "/v3/directline/conversations", String(made.body["token"]), {});
    expect(started.status).toBe(201);
    expect(started.body["conversationId"]).toBe(made.body["conversationId"]);
    expect((await ask("POST", "/v3/directline/conversations", String(made.body["token"]), {})).status).toBe(200);
    expect((await ask("POST", "/v3/directline/tokens/generate", "wrong", {})).status).toBe(401);
    expect((await ask("POST", "/v3/directline/tokens/generate", DIRECT_LINE_SECRET, { user: { id: "ann" } })).status).toBe(400);
  });
});

describe("the resume secret", () => {
  it("opens the conversation once, and is replaced by the one that the client chose", async () => {
    const { conversation, resume } = await begin();
    const next = "a-secret-that-the-client-has-chosen";
    const first = await ask("POST", "/chat/token", undefined, { resume, next });
    expect([first.status, first.body["conversationId"], first.body["resume"]]).toEqual([200, conversation, next]);
    expect((await ask("POST", "/chat/token", undefined, { resume })).status).toBe(403);
    expect((await ask("POST", "/chat/token", undefined, { resume: next })).status).toBe(200);
  });

  it("is chosen by the server when the client's is too short to be one", async () => {
    const { resume } = await begin();
    const { body } = await ask("POST", "/chat/token", undefined, { resume, next: "short" });
    expect(String(body["resume"])).toMatch(/^[\w-]{24}$/);
  });
});

describe("the stream", () => {
  const open = async (address: string): Promise<{ frames: string[]; closed: Promise<number>; socket: WebSocket }> => {
    const socket = new WebSocket(address);
    const frames: string[] = [];
    socket.addEventListener("message", ({ data }) => frames.push(String(data)));
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    await new Promise((resolve) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", resolve);
    });
    return { frames, closed, socket };
  };
  const streamOf = async ({ conversation, token }: Chat) =>
    String((await ask("GET", `${at(conversation)}?watermark=0`, token)).body["streamUrl"]);

  it("replays a long conversation whole, and then says what is new", async () => {
    const chat = await begin();
    for (let at_ = 0; at_ < 60; at_++) {
      await ask("POST", at(chat.conversation, "/activities"), chat.token, { type: "message", text: `hello ${at_}` });
    }
    const { frames, socket } = await open(await streamOf(chat));
    const texts = () =>
      frames
        .filter((frame) => frame !== "")
        .flatMap((frame) => (JSON.parse(frame) as { activities: { text: string }[] }).activities.map(({ text }) => text));
    await eventually(() => texts().filter((text) => text.startsWith("hello ")).length).toBe(60);
    await ask("POST", at(chat.conversation, "/activities"), chat.token, { type: "message", text: "one more" });
    await eventually(() => texts()).toContain("one more");
    socket.close();
  });

  it("has one socket a conversation: the older is closed as a collision", async () => {
    const chat = await begin();
    const older = await open(await streamOf(chat));
    const newer = await open(await streamOf(chat));
    expect(await older.closed).toBe(1008);
    expect(newer.socket.readyState).toBe(WebSocket.OPEN);
    newer.socket.close();
  });

  it("takes its ticket once, and none of another conversation", async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const address = await streamOf(mine);
    const first = await open(address);
    const again = await open(address);
    expect(await again.closed).toBe(1006);
    const foreign = await open((await streamOf(mine)).replace(mine.conversation, theirs.conversation));
    expect(await foreign.closed).toBe(1006);
    first.socket.close();
  });
});

describe("another site", () => {
  it("may use the chat when it is one of WEB_ORIGINS, and is refused otherwise", async () => {
    const preflight = async (origin: string) =>
      await ask("OPTIONS", at("x", "/activities"), undefined, undefined, {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
      });
    const allowed = await preflight(SITE);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("x-ms-bot-agent");
    expect((await preflight("https://elsewhere.example")).status).toBe(403);
    const refused = await ask("POST", "/chat/token", undefined, {}, { Origin: "https://elsewhere.example" });
    expect([refused.status, errorOf(refused)]).toEqual([403, "OriginRefused"]);
  });
});

describe("what cannot be", () => {
  it("is refused clearly, and the server lives on", async () => {
    const { conversation, token } = await begin();
    const upload = await ask("POST", at(conversation, "/upload"), token, {});
    expect([upload.status, errorOf(upload)]).toEqual([415, "UnsupportedMediaType"]);
    expect((await ask("POST", at(conversation, "/activities"), token, { text: "no type" })).status).toBe(400);
    expect((await ask("POST", at(conversation, "/activities"), token, { type: "message", text: { a: 1 } })).status).toBe(400);
    const broken = await fetch(`${bot.address}${at(conversation, "/activities")}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: "{",
    });
    expect(broken.status).toBe(400);
    const large = await ask("POST", at(conversation, "/activities"), token, { type: "message", text: "x".repeat(70_000) });
    expect(large.status).toBe(413);
    expect((await ask("GET", "/nothing/here")).status).toBe(404);
    expect((await ask("GET", "/pictures/..%2F..%2Fpackage.json")).status).toBe(404);
    expect((await ask("DELETE", "/chat/token")).status).toBe(405);
    expect((await ask("GET", "/healthz")).status).toBe(200);
  });
});

describe("passing a person on", () => {
  it("leaves no trace in the transcript and no gap in the messages", async () => {
    const calls: HandOffCall[] = [];
    const own = await startBot([], (call) => calls.push(call));
    const get = async (path: string, token: string, body?: unknown) => {
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
      return (await (await fetch(`${own.address}${path}`, init)).json()) as Record<string, unknown>;
    };
    const { token, conversationId } = (await get("/chat/token", "", {})) as { token: string; conversationId: string };
    const path = at(conversationId, "/activities");
    const said = ["my left calf is cramping, about a 5", "can I talk to a real person", "yes"];
    for (const text of said) await get(path, token, { type: "message", text });
    const first = (await get(path, token)) as { activities: { text: string }[]; watermark: string };
    await get(path, token, { type: "message", text: "none of these" });
    const next = (await get(`${path}?watermark=${first.watermark}`, token)) as { activities: { text: string }[] };
    expect(calls).toMatchObject([{ request: { summary: "left calf, pain 5 of 10" }, person: { channel: "web" } }]);
    expect(first.activities.every(({ text }) => typeof text === "string" && text !== "")).toBe(true);
    expect(next.activities.map(({ text }) => text)[0]).toBe("none of these");
    expect(next.activities.length).toBeGreaterThan(1);
    await own.dispose();
  });
});

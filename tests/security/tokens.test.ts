import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ask, at, beginChat, type Chat, SECRET, say, startTarget, type Target, transcript } from "./target.ts";

/** Somebody who wants into a conversation that is not theirs. */

let target: Target;
let mine: Chat;
let theirs: Chat;

beforeAll(async () => {
  target = await startTarget();
  [mine, theirs] = [await beginChat(target), await beginChat(target)];
  await say(target, theirs, { type: "message", text: "my left calf is cramping, a secret" });
});
afterAll(async () => {
  expect(target.failures).toEqual([]);
  await target.close();
});

/** Every route that takes a token. */
const ROUTES = [
  ["GET", ""],
  ["GET", "/activities"],
  ["POST", "/activities"],
  ["POST", "/upload"],
] as const;

async function streamOf({ conversation, token }: Chat, server = target): Promise<URL> {
  const { body } = await ask(server, "GET", `${at(conversation)}?watermark=0`, { token });
  return new URL(String(body["streamUrl"]));
}

/** Opens a stream: 101, or the status of the refusal. */
async function open(url: URL): Promise<number> {
  return await new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => {});
  });
}

const base64 = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const seal = (payload: string, key: Buffer | string) => createHmac("sha256", key).update(payload).digest("base64url");

/** Tokens that look like one of ours for their conversation. */
function forgeries(): readonly (readonly [string, string])[] {
  const [payload = "", signature = ""] = mine.token.split(".");
  const [theirPayload = ""] = theirs.token.split(".");
  const wish = base64(["token", theirs.conversation, theirs.user, Date.now() + 1e9]);
  return [
    ["their words under my signature", `${theirPayload}.${signature}`],
    ["signed with another key", `${wish}.${seal(wish, "another key")}`],
    ["signed with no key", `${wish}.${seal(wish, "")}`],
    ["signed with the secret of Direct Line", `${wish}.${seal(wish, SECRET)}`],
    ["not signed", `${wish}.`],
    ["without a signature", wish],
    ["a JSON Web Token of algorithm none", `${base64({ alg: "none" })}.${base64({ conversation: theirs.conversation })}.`],
    ["with a part too many", `${theirs.token}.x`],
    ["with a sign changed", `${payload.slice(0, -1)}${payload.endsWith("A") ? "B" : "A"}.${signature}`],
    ["the secret's beginning", SECRET.slice(0, -1)],
    ["empty", ""],
    ["two of them", `${mine.token}, Bearer ${theirs.token}`],
  ];
}

describe("a forged token", () => {
  it("opens nothing, on any route", async () => {
    for (const [how, token] of forgeries()) {
      for (const [method, rest] of ROUTES) {
        const answer = await ask(target, method, at(theirs.conversation, rest), {
          token,
          ...(method === "POST" ? { body: { type: "message", text: "forged" } } : {}),
        });
        expect([answer.status, answer.code], `${how}: ${method} ${rest}`).toEqual([401, "Unauthorized"]);
      }
      expect((await ask(target, "POST", "/v3/directline/tokens/refresh", { token })).status, how).toBe(401);
      expect((await ask(target, "POST", "/v3/directline/conversations", { token, body: {} })).status, how).toBe(401);
      expect((await ask(target, "POST", "/v3/directline/tokens/generate", { token, body: {} })).status, how).toBe(401);
    }
    expect(JSON.stringify(await transcript(target, theirs))).not.toContain("forged");
  });

  it("is not one that says it is a token in another way than Bearer", async () => {
    for (const header of [theirs.token, `Basic ${theirs.token}`, `bearer${theirs.token}`, `Bearer  ${theirs.token}`, "Bearer"]) {
      const answer = await ask(target, "GET", at(theirs.conversation), { headers: { Authorization: header } });
      expect(answer.status, header.slice(0, 12)).toBe(401);
    }
  });
});

describe("a token of my own", () => {
  it("opens no conversation of another, however the address is written", async () => {
    const { conversation } = theirs;
    for (const written of [
      conversation,
      `${mine.conversation}/../${conversation}`,
      `${mine.conversation}%2F..%2F${conversation}`,
      `${conversation}%00`,
      conversation.toLowerCase(),
      `${conversation}?id=${mine.conversation}`,
      `${conversation}#${mine.conversation}`,
      `__proto__`,
    ]) {
      for (const [method, rest] of ROUTES) {
        const body = method === "POST" ? { body: { type: "message", text: "crossed", conversation: { id: conversation } } } : {};
        const answer = await ask(target, method, at(written, rest), { token: mine.token, ...body });
        expect([400, 403, 404, 405], `${method} ${written} ${rest}`).toContain(answer.status);
        expect(answer.text).not.toContain("secret");
      }
    }
    expect(JSON.stringify(await transcript(target, theirs))).not.toContain("crossed");
  });

  it("writes into my conversation whatever conversation the activity names", async () => {
    const conversation = { id: theirs.conversation };
    await say(target, mine, { type: "message", text: "misled", conversation, recipient: { id: theirs.user } });
    expect(JSON.stringify(await transcript(target, theirs))).not.toContain("misled");
    expect(JSON.stringify(await transcript(target, mine))).toContain("misled");
  });

  it("speaks as me, whoever the activity says it is from", async () => {
    for (const from of [{ id: theirs.user, role: "user" }, { id: "unknot", name: "Unknot", role: "bot" }, { id: "__proto__" }]) {
      await say(target, mine, { type: "message", text: "spoofed", from, id: `${mine.conversation}|0000001`, timestamp: "1970" });
    }
    const spoofed = (await transcript(target, mine)).filter(({ text }) => text === "spoofed");
    expect(spoofed).toHaveLength(3);
    for (const { from } of spoofed) expect(from).toEqual({ id: mine.user, role: "user" });
    const ids = (await transcript(target, mine)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("expires, and is then good for nothing", async () => {
    const own = await startTarget();
    const chat = await beginChat(own);
    own.advance(1801);
    for (const [method, path] of [
      ["GET", at(chat.conversation)],
      ["GET", at(chat.conversation, "/activities")],
      ["POST", at(chat.conversation, "/activities")],
      ["POST", "/v3/directline/tokens/refresh"],
      ["POST", "/v3/directline/conversations"],
    ] as const) {
      const answer = await ask(own, method, path, {
        token: chat.token,
        ...(method === "POST" ? { body: { type: "message" } } : {}),
      });
      expect([answer.status, answer.code], path).toEqual([403, "TokenExpired"]);
    }
    await own.close();
  });
});

describe("the ticket of a stream", () => {
  it("opens one socket, once", async () => {
    const url = await streamOf(mine);
    expect(await open(url)).toBe(101);
    expect(await open(url)).toBe(403);
  });

  it("is used up however it is written", async () => {
    const url = await streamOf(mine);
    const ticket = url.searchParams.get("t") ?? "";
    expect(await open(url)).toBe(101);
    const last = ticket.at(-1) ?? "";
    // The last sign of a signature has bits to spare: four signs stand for the same bytes.
    for (const written of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].filter((one) => one !== last)) {
      url.searchParams.set("t", ticket.slice(0, -1) + written);
      expect(await open(url), written).toBe(403);
    }
    for (const more of ["=", "==", "!", " ", "%00", "\n"]) {
      url.searchParams.set("t", ticket + more);
      expect(await open(url), more).toBe(403);
    }
  });

  it("is no token, and a token is no ticket", async () => {
    const url = await streamOf(mine);
    const ticket = url.searchParams.get("t") ?? "";
    expect((await ask(target, "GET", at(mine.conversation), { token: ticket })).status).toBe(401);
    url.searchParams.set("t", mine.token);
    expect(await open(url)).toBe(403);
  });

  it("opens no other conversation", async () => {
    const url = await streamOf(mine);
    url.pathname = at(theirs.conversation, "/stream");
    expect(await open(url)).toBe(403);
  });

  it("opens nothing after a minute", async () => {
    const own = await startTarget();
    const chat = await beginChat(own);
    const [soon, late] = [await streamOf(chat, own), await streamOf(chat, own)];
    own.advance(55);
    expect(await open(soon)).toBe(101);
    own.advance(5);
    expect(await open(late)).toBe(403);
    await own.close();
  });
});

describe("the resume secret", () => {
  it("is good once; a replayed one opens nothing, and neither does a guess", async () => {
    const { resume, conversation } = await beginChat(target);
    const first = await ask(target, "POST", "/chat/token", { body: { resume } });
    expect(first.body["conversationId"]).toBe(conversation);
    for (const guess of [resume, "", "x", resume.slice(0, -1), `${resume} `, "__proto__", "%"]) {
      const answer = await ask(target, "POST", "/chat/token", { body: { resume: guess } });
      expect([answer.status, answer.code], guess).toEqual([403, "ResumeInvalid"]);
    }
    for (const odd of [7, {}, [], true]) {
      expect((await ask(target, "POST", "/chat/token", { body: { resume: odd } })).status).toBe(400);
    }
  });
});

import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { expectNothingUncaught } from "../support/uncaught.ts";
import { ask, at, beginChat, type Chat, expectWell, HEAD, sendRaw, startTarget, type Target } from "./target.ts";

/** Requests that are made to hurt: huge, compressed, from elsewhere, to where they should not go. */

const SITE = "https://clinic.example";
let target: Target;
let chat: Chat;

expectNothingUncaught();
beforeAll(async () => {
  target = await startTarget({ WEB_ORIGINS: SITE }, { headers: 250, request: 500, silence: 1500, check: 50 });
  chat = await beginChat(target);
});
afterEach(() => expectWell(target));
afterAll(async () => {
  await target.close();
});

describe("a flood of headers", () => {
  it.each([
    ["a header of 20 KB", `X-Large: ${"a".repeat(20_000)}\r\n`],
    ["a cookie of 60 KB", `Cookie: ${"a=b; ".repeat(12_000)}\r\n`],
    ["5,000 headers", Array.from({ length: 5_000 }, (_, name) => `X-${name}: 1\r\n`).join("")],
    ["a path of 100 KB", null],
  ])("is refused: %s", async (_, lines) => {
    const head = lines === null ? `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n` : `GET / HTTP/1.1\r\nHost: a\r\n${lines}`;
    expect(await sendRaw(target, `${head}\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each([
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"],
    ["a length that is none", "Content-Length: -1\r\n\r\n{}"],
    ["a chunk that is none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"],
    ["a coding that is not known", "Transfer-Encoding: gzip\r\n\r\n{}"],
    ["a folded header", "X-A: 1\r\n folded\r\n\r\n"],
    ["a header without a name", ": 1\r\n\r\n"],
    ["a bare line feed", "X-A: 1\nContent-Length: 2\r\n\r\n{}"],
  ])("is refused when it says two things: %s", async (_, rest) => {
    expect(await sendRaw(target, HEAD + rest)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it("is refused without a host", async () => {
    expect(await sendRaw(target, "GET / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("a compressed body", () => {
  const bomb = Buffer.from(JSON.stringify({ type: "message", text: "a".repeat(5_000_000) }));

  it.each([
    ["gzip", gzipSync(bomb)],
    ["br", brotliCompressSync(bomb)],
    ["deflate", deflateSync(bomb)],
    ["gzip, gzip", gzipSync(gzipSync(bomb))],
    ["identity, gzip", gzipSync(bomb)],
    ["x-gzip", gzipSync(bomb)],
    ["GZIP", gzipSync(bomb)],
  ])("of %s is not opened, at any door", async (encoding, raw) => {
    for (const door of ["/chat/token", "/api/messages", at(chat.conversation, "/activities")]) {
      const headers = { "Content-Encoding": encoding };
      const answer = await ask(target, "POST", door, { token: chat.token, raw, headers });
      expect([answer.status, answer.code], door).toEqual([415, "UnsupportedMediaType"]);
    }
  });

  it("of chunks without an end is cut off at 64 KB", async () => {
    const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
    expect(await sendRaw(target, `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(64)}`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("is not what the server offers on a stream", async () => {
    const { body } = await ask(target, "GET", at(chat.conversation), { token: chat.token });
    const socket = new WebSocket(String(body["streamUrl"]), { perMessageDeflate: true });
    await new Promise((resolve) => socket.once("open", resolve));
    expect(socket.extensions).toBe("");
    socket.terminate();
  });
});

describe("a path that climbs", () => {
  it.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/pictures/../../package.json",
    "/pictures/..%2f..%2fpackage.json",
    "/pictures/%2e%2e%2f%2e%2e%2fpackage.json",
    "/pictures/..%5c..%5cpackage.json",
    "/pictures/....//package.json",
    "/pictures/png%2fcalf-wall.png",
    "/pictures/%00.svg",
    "/pictures/abs-lengthen.svg%00.png",
    "/pictures//etc/passwd",
    "/pictures/%2fetc%2fpasswd",
    "/pictures/__proto__",
    "/pictures/constructor",
    "/page.css/../../package.json",
    "/index.html",
    "/.env",
    "/data/unknot.db",
    "/src/main.ts",
    "//etc/passwd",
  ])("leads nowhere: %s", async (path) => {
    const answer = await sendRaw(target, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toMatch(/"dependencies"|root:|<svg|import /);
  });
});

describe("a page of another site", () => {
  const others = [
    "https://evil.example",
    "null",
    "http://clinic.example",
    "https://clinic.example.evil.example",
    "https://clinic.example:8443",
    "https://evilclinic.example",
    "https://clinic.example/",
    "https://CLINIC.example",
    "file://",
  ];

  it("may use no route of the chat", async () => {
    for (const Origin of others) {
      for (const [method, path] of [
        ["POST", "/chat/token"],
        ["POST", "/v3/directline/tokens/generate"],
        ["POST", "/v3/directline/tokens/refresh"],
        ["POST", "/v3/directline/conversations"],
        ["GET", at(chat.conversation)],
        ["GET", at(chat.conversation, "/activities")],
        ["POST", at(chat.conversation, "/activities")],
        ["POST", at(chat.conversation, "/upload")],
      ] as const) {
        const answer = await ask(target, method, path, { token: chat.token, headers: { Origin } });
        expect([answer.status, answer.code], `${Origin} ${path}`).toEqual([403, "OriginRefused"]);
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        const asked = await ask(target, "OPTIONS", path, { headers: { Origin, "Access-Control-Request-Method": method } });
        expect([asked.status, asked.headers.get("access-control-allow-origin")], `${Origin} ${path}`).toEqual([403, null]);
      }
    }
  });

  it("may not open a stream", async () => {
    for (const origin of others) {
      const { body } = await ask(target, "GET", at(chat.conversation), { token: chat.token });
      const socket = new WebSocket(String(body["streamUrl"]), { origin });
      const status = await new Promise((resolve) => {
        socket.on("open", () => resolve(101));
        socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
        socket.on("error", () => {});
      });
      expect(status, origin).toBe(404);
    }
  });

  it("is never told that everybody may, nor that it may send cookies", async () => {
    for (const Origin of [SITE, ...others]) {
      for (const path of [
        "/",
        "/widget.js",
        "/healthz",
        "/metrics",
        "/api/messages",
        "/pictures/abs-lengthen.svg",
        "/chat/token",
      ]) {
        for (const method of ["GET", "OPTIONS"]) {
          const { headers } = await ask(target, method, path, { headers: { Origin } });
          expect(headers.get("access-control-allow-credentials")).toBeNull();
          expect([null, SITE]).toContain(headers.get("access-control-allow-origin"));
          if (path !== "/chat/token") expect(headers.get("access-control-allow-origin"), `${method} ${path}`).toBeNull();
        }
      }
    }
  });
});

describe("what the server sends", () => {
  it("is sent with a policy under which a page runs no script but its own and stands in no foreign frame", async () => {
    const { headers, text } = await ask(target, "GET", "/");
    const policy = new Map(
      (headers.get("content-security-policy") ?? "")
        .split("; ")
        .map((one) => [one.split(" ")[0], one.split(" ").slice(1).join(" ")]),
    );
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("script-src")).toBe("'self'");
    expect(policy.get("style-src")).toBe("'self'");
    expect(policy.get("base-uri")).toBe("'none'");
    expect(policy.get("form-action")).toBe("'none'");
    expect(policy.get("frame-ancestors")).toBe("'self'");
    expect([...policy.values()].join(" ")).not.toMatch(/unsafe|\*|https:/);
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i);
  });

  it.each(["/", "/widget.js", "/page.css", "/sw.js", "/favicon.svg", "/healthz", "/pictures/abs-lengthen.svg", "/nothing"])(
    "is what it says it is: %s",
    async (path) => {
      const { headers } = await ask(target, "GET", path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-type")).toMatch(/^(text\/(html|javascript|css)|application\/json|image\/svg\+xml)/);
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("server") ?? "").not.toMatch(/\d/);
      expect(headers.get("x-powered-by")).toBeNull();
    },
  );

  it("never repeats a path or a header that might be markup", async () => {
    const { text, headers } = await ask(target, "GET", "/<script>alert(7)</script>?x=<img>", {
      headers: { "X-Request-Id": "<script>", Accept: "text/html" },
    });
    expect(text + JSON.stringify([...headers])).not.toMatch(/script|<img|alert/);
  });
});

import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureRoutes } from "../../../src/channels/http/pictures.ts";
import { type Bot, startBot } from "../../support/azure-bot.ts";

let bot: Bot;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "unknot-pictures-"));
  mkdirSync(join(folder, "pictures", "png"), { recursive: true });
  writeFileSync(join(folder, "pictures", "calf-wall.svg"), "<svg/>");
  writeFileSync(join(folder, "pictures", "png", "calf-wall.png"), Buffer.from([137, 80, 78, 71]));
  writeFileSync(join(folder, "pictures", "draw.ts"), "secret");
  writeFileSync(join(folder, "secret.svg"), "secret");
  bot = await startBot({ server: { routes: pictureRoutes(join(folder, "pictures")) } });
});
afterAll(() => bot.close());

describe("pictures of the stretches", () => {
  it.each([
    ["calf-wall.svg", "image/svg+xml", 6],
    ["calf-wall.png", "image/png", 4],
  ])("serves %s as %s, to be kept for a day", async (name, type, length) => {
    const response = await fetch(`${bot.url}/pictures/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("cache-control")).toBe("public, max-age=86400");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });

  it("says that nothing changed to whoever has it already", async () => {
    const tag = (await fetch(`${bot.url}/pictures/calf-wall.svg`)).headers.get("etag") ?? "";
    const response = await fetch(`${bot.url}/pictures/calf-wall.svg`, { headers: { "If-None-Match": tag } });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe("");
  });

  it.each([
    "nothing.svg",
    "draw.ts",
    "png",
    "../secret.svg",
    "..%2fsecret.svg",
    "..%5csecret.svg",
    "%2e%2e%2fsecret.svg",
    "..%252fsecret.svg",
    "png%2fcalf-wall.png",
    "png/calf-wall.png",
    "calf-wall.svg%00.png",
    "%ff",
    "CALF-WALL.SVG",
    "",
  ])("has nothing at %s", async (name) => {
    // A client of our own: fetch would tidy the path up.
    const socket = connect(bot.port, "127.0.0.1");
    socket.write(`GET /pictures/${name} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    let answer = "";
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
    });
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 (404|400)/);
    expect(answer).not.toContain("secret\r");
    expect(answer).not.toMatch(/ENOENT|node_modules|\/tmp\//);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bot, startBot } from "./support/azure-bot.ts";
import { expectNothingUncaught } from "./support/uncaught.ts";

let bot: Bot;

expectNothingUncaught();
beforeAll(async () => {
  const route = (path: string, cors: boolean) => ({ method: "POST", path, cors, handle: async () => {} }) as const;
  bot = await startBot({
    server: { metrics: async () => "unknot_turns_total 1\n", origins: ["https://clinic.example"] },
    beside: () => ({ routes: [route("/for/:sites", true), route("/own", false)] }),
  });
});
afterAll(async () => {
  await bot.close();
});

describe("the server", () => {
  it.each([
    ["GET", "/nothing", 404, "NotFound"],
    ["GET", "/api/messages/more", 404, "NotFound"],
    ["POST", "/nothing", 404, "NotFound"],
    ["GET", "/api/messages", 405, "MethodNotAllowed"],
    ["DELETE", "/healthz", 405, "MethodNotAllowed"],
    ["GET", "/%ff", 404, "NotFound"],
  ])("answers %s %s with %d and lives on", async (method, path, status, code) => {
    const response = await fetch(`${bot.url}${path}`, { method, headers: { Accept: "image/png" } });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  });

  it("shows the numbers for Prometheus", async () => {
    const response = await fetch(`${bot.url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("version=0.0.4");
    expect(await response.text()).toContain("unknot_turns_total 1");
  });

  it.each([
    ["https://clinic.example", "/for/sites", 204],
    ["https://evil.example", "/for/sites", 403],
    ["https://clinic.example", "/own", 405],
    ["https://clinic.example", "/nothing", 404],
  ])("lets a page of %s ask for %s first: %d", async (origin, path, status) => {
    const response = await fetch(`${bot.url}${path}`, { method: "OPTIONS", headers: { Origin: origin } });
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe(status === 204 ? origin : null);
  });

  it("answers 500 for what breaks inside, and says nothing of it", async () => {
    const metrics = async () => {
      throw new Error("connection to postgres://unknot:secret@db failed");
    };
    const broken = await startBot({ server: { metrics } });
    const response = await fetch(`${broken.url}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: { code: "ServiceError", message: "Something went wrong." } });
    await broken.close();
  });

  it("says ready only when it is", async () => {
    let ready = false;
    const starting = await startBot({ server: { ready: async () => ready } });
    expect((await fetch(`${starting.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${starting.url}/healthz`)).status).toBe(200);
    ready = true;
    expect((await fetch(`${starting.url}/readyz`)).status).toBe(200);
    await starting.close();
  });
});

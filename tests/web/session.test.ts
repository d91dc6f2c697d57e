import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSession, Ended, type Session } from "../../web/session.ts";
import type { Shelf } from "../../web/shelf.ts";
import { type Bot, startBot } from "../support/bot.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

let bot: Bot;
let now: number;

beforeEach(async () => {
  bot = await startBot();
  now = Date.now();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await bot.dispose();
});

function sessionOn(place: Shelf): Session {
  return createSession({
    endpoint: bot.address,
    shelf: place,
    setting: () => ({ locale: "en-GB", localTimezone: "Europe/London" }),
    locked: async (work) => await work(),
    now: () => now,
  });
}

function later(seconds: number): void {
  now += seconds * 1000;
  bot.advance(seconds);
}

describe("the keys to a conversation", () => {
  it("are kept: after a reload the same token opens the same conversation", async () => {
    const place = memoryShelf();
    const token = await sessionOn(place).token();
    expect(await sessionOn(place).token()).toBe(token);
  });

  it("open the same conversation again and again, each time after the token has run out", async () => {
    const place = memoryShelf();
    const session = sessionOn(place);
    await session.token();
    const conversation = session.saved?.conversation;
    for (let night = 0; night < 3; night++) {
      const before = session.saved?.resume;
      later(8 * 3600);
      await session.token();
      expect(session.saved?.conversation).toBe(conversation);
      expect(session.saved?.resume).not.toBe(before);
    }
  });

  it("survive an answer that got lost: the secret that follows was written down before it was asked for", async () => {
    const place = memoryShelf();
    await sessionOn(place).token();
    const conversation = sessionOn(place).saved?.conversation;
    later(3600);
    const real = globalThis.fetch;
    globalThis.fetch = async (...given) => {
      await real(...given);
      throw new TypeError("the answer got lost");
    };
    await expect(sessionOn(place).token()).rejects.toThrow("lost");
    globalThis.fetch = real;
    await sessionOn(place).token();
    expect(sessionOn(place).saved?.conversation).toBe(conversation);
  });

  it("are shared by two tabs that wake at the same moment in a browser without locks", async () => {
    const place = memoryShelf();
    const [one, other] = [sessionOn(place), sessionOn(place)];
    await one.token();
    const conversation = one.saved?.conversation;
    later(3600);
    await Promise.all([one.token(), other.token()]);
    later(3600);
    await one.token();
    expect(one.saved?.conversation).toBe(conversation);
  });

  it("are at an end when neither the token nor the secret is taken", async () => {
    const place = memoryShelf();
    const session = sessionOn(place);
    await session.token();
    place.write(JSON.stringify({ ...session.saved, resume: "of-somebody-else", expires: 0 }));
    await expect(session.token()).rejects.toBeInstanceOf(Ended);
  });

  it("are kept when something between refuses, such as a proxy: only the server says that they are at an end", async () => {
    const place = memoryShelf();
    const session = sessionOn(place);
    await session.token();
    const conversation = session.saved?.conversation;
    const fetched = vi.spyOn(globalThis, "fetch");
    for (const body of ["<h1>Forbidden</h1>", "", '"no"', "null", '{"error":{"code":"Blocked"}}', '{"error":null}']) {
      later(3600);
      fetched.mockResolvedValueOnce(new Response(body, { status: 403 }));
      await expect(session.token(), body).rejects.toMatchObject({ name: "Refused", status: 403 });
      await session.token();
      expect(session.saved?.conversation).toBe(conversation);
    }
  });

  it("are left alone when what is kept is no session", async () => {
    const place = memoryShelf();
    place.write("{nonsense");
    await expect(sessionOn(place).token()).resolves.toMatch(/\./);
  });
});

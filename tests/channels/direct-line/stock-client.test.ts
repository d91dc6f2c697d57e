import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Message } from "botframework-directlinejs";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../../support/person.ts";
import { setStage } from "../../support/stage.ts";
import { layWire, type Wire } from "../../support/wire.ts";

/** botframework-directlinejs as Web Chat bundles it, in a real browser, against the real server. */

const bundle = readFileSync(createRequire(import.meta.url).resolve("botframework-directlinejs/dist/directline.js"), "utf8");
const ONLINE = 2;
const EXPIRED_TOKEN = 3;

const stage = setStage("for each test");
let wire: Wire;

beforeEach(async () => {
  wire = await layWire(stage.bot.address);
});

afterEach(async () => {
  await wire.close();
});

interface Seen extends Required<Pick<Message, "id" | "text">> {
  readonly from: { readonly role: string };
  readonly channelData?: { readonly clientActivityID?: string };
}

interface Client {
  readonly page: Page;
  readonly seen: () => Promise<readonly Seen[]>;
  readonly statuses: () => Promise<readonly number[]>;
  readonly hears: (text: string) => Promise<void>;
  /** @returns the id that the server gave, "retry", or the error */
  readonly post: (text: string, clientActivityID?: string) => Promise<string>;
  readonly resume: string;
  readonly conversation: string;
}

/** A page that runs the client with a token of ours, its clock in our hands. */
async function connect(webSocket: boolean): Promise<Client> {
  const page = await (await stage.browser.newContext()).newPage();
  await page.goto(`${wire.address}/healthz`);
  await page.clock.install();
  await page.evaluate(bundle);
  const { resume, conversationId } = (await page.evaluate(`(async () => {
    const issued = await (await fetch("/chat/token", { method: "POST", body: JSON.stringify({ locale: "en-GB" }), headers: { "Content-Type": "application/json" } })).json();
    window.seen = [];
    window.statuses = [];
    window.client = new DirectLine.DirectLine({
      token: issued.token, domain: location.origin + "/v3/directline", webSocket: ${webSocket}, pollingInterval: 200, random: () => 0,
    });
    client.connectionStatus$.subscribe((status) => statuses.push(status));
    window.listening = client.activity$.subscribe((activity) => seen.push(activity), (error) => seen.push({ id: "error", text: String(error) }));
    return issued;
  })()`)) as { resume: string; conversationId: string };
  const seen = async () => (await page.evaluate("seen")) as readonly Seen[];
  return {
    page,
    seen,
    statuses: async () => (await page.evaluate("statuses")) as readonly number[],
    hears: async (text) => {
      await eventually(async () => (await seen()).map((one) => one.text).join("\n")).toContain(text);
    },
    post: async (text, clientActivityID = Math.random().toString(36)) =>
      String(
        await page.evaluate(
          `new Promise((resolve) => client.postActivity(${JSON.stringify({
            type: "message",
            text,
            from: { id: "whoever", role: "user" },
            channelData: { clientActivityID },
          })}).subscribe(resolve, (error) => resolve("error " + error.message)))`,
        ),
      ),
    resume,
    conversation: conversationId,
  };
}

async function expectEachOnceInOrder({ seen }: Client): Promise<void> {
  const ids = (await seen()).map(({ id }) => id);
  expect(new Set(ids).size, "an activity came twice").toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
}

describe.each([
  ["WebSocket", true],
  ["polling", false],
])("botframework-directlinejs by %s", { timeout: 60_000 }, (_name, webSocket) => {
  it("is welcomed once, sees its own message come back before the answer, and is answered once", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    expect((await client.statuses()).at(-1)).toBe(ONLINE);
    const id = await client.post("my calf is cramping", "mine-1");
    expect(id).toMatch(/\|\d{7}$/);
    await client.hears("One check before");
    expect(await client.post("my calf is cramping", "mine-1")).toBe(id);
    const seen = await client.seen();
    const echo = seen.find((one) => one.id === id);
    expect(echo?.channelData).toEqual({ clientActivityID: "mine-1" });
    expect(echo?.from.role).toBe("user");
    expect(seen.filter(({ text }) => text.includes("I am Unknot"))).toHaveLength(1);
    expect(seen.filter(({ text }) => text.includes("One check before"))).toHaveLength(1);
    expect(seen.findIndex((one) => one.id === id)).toBeLessThan(seen.findIndex(({ text }) => text.includes("Stop now")));
    await expectEachOnceInOrder(client);
  });

  it("goes on after the line was cut, and hears what was said meanwhile", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    await client.post("my calf is cramping");
    await client.post("none of these");
    await client.hears("Hold still and breathe");
    wire.cut();
    stage.bot.advance(31);
    await client.page.clock.runFor(4_000);
    await client.hears("Time is up.");
    await client.post("2");
    await client.hears("Lift your toes");
    await expectEachOnceInOrder(client);
  });

  it("goes on in the same conversation after the server was restarted", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    await client.post("my calf is cramping");
    await client.hears("One check before");
    await stage.bot.stop();
    await stage.bot.start();
    await client.page.clock.runFor(4_000);
    await eventually(async () => await client.post("none of these", "after-restart")).toMatch(/\|\d{7}$/);
    await client.page.clock.runFor(4_000);
    await client.hears("Hold still and breathe");
    expect((await client.seen()).filter(({ text }) => text.includes("I am Unknot"))).toHaveLength(1);
    await expectEachOnceInOrder(client);
  });

  it("lives through a time without the store, and then goes on where it was", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    stage.bot.loseStore(true);
    const heard = (await client.seen()).length;
    expect(await client.post("he collapsed and is not breathing")).not.toMatch(/^retry|^error|\|\d{7}$/);
    // A stream that is opened anew, or another poll.
    wire.cut();
    await client.page.clock.runFor(4_000);
    await client.post("he is still not breathing");
    await client.page.clock.runFor(1_000);
    if (webSocket) await client.hears("This needs emergency help now.");
    const unkept = (await client.seen()).slice(heard).map(({ id }) => id);
    stage.bot.loseStore(false);
    expect(await client.post("my calf is cramping")).toMatch(/\|\d{7}$/);
    await client.page.clock.runFor(1_000);
    await client.hears("One check before");
    const ids = (await client.seen()).map(({ id }) => id);
    const kept = ids.filter((id) => !unkept.includes(id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(kept).toEqual(kept.toSorted());
    expect((await client.statuses()).at(-1)).toBe(ONLINE);
  });

  it("renews its token every quarter of an hour and is still answered after an hour", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    for (let quarter = 0; quarter < 4; quarter++) {
      const renewed = client.page.waitForResponse((response) => response.url().endsWith("/tokens/refresh"));
      stage.bot.advance(15 * 60);
      await client.page.clock.fastForward(15 * 60_000);
      expect((await renewed).status()).toBe(200);
    }
    expect(await client.post("my calf is cramping")).toMatch(/\|\d{7}$/);
    await client.hears("One check before");
    expect(await client.statuses()).not.toContain(EXPIRED_TOKEN);
  });

  it("sleeps past its token, is told that it expired, and goes on with the token that the resume secret opens", async () => {
    const client = await connect(webSocket);
    await client.hears("Where is the cramp?");
    stage.bot.advance(3600);
    expect(await client.post("my calf is cramping")).toBe("retry");
    await eventually(async () => await client.statuses()).toContain(EXPIRED_TOKEN);
    const opened = await fetch(`${stage.bot.address}/chat/token`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ resume: client.resume }),
    });
    const { token, conversationId } = (await opened.json()) as { token: string; conversationId: string };
    expect(conversationId).toBe(client.conversation);
    // As our own page and Web Chat's documentation do it: a new client for the old conversation.
    await client.page.evaluate(`(() => {
      listening.unsubscribe();
      client.end();
      window.client = new DirectLine.DirectLine({
        token: ${JSON.stringify(token)}, conversationId: ${JSON.stringify(conversationId)}, watermark: "0",
        domain: location.origin + "/v3/directline", webSocket: ${webSocket}, pollingInterval: 200, random: () => 0,
      });
      seen.length = 0;
      client.activity$.subscribe((activity) => seen.push(activity));
    })()`);
    await client.hears("Where is the cramp?");
    expect(await client.post("my calf is cramping")).toMatch(/\|\d{7}$/);
    await client.hears("One check before");
    await expectEachOnceInOrder(client);
  });
});

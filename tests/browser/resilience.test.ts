import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually, expectAccessible, hears, openPhone, press, say } from "../support/person.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage("for each test");

async function toTheStretch(page: Page): Promise<void> {
  await page.goto(stage.bot.address);
  await hears(page, "Where is the cramp?");
  await say(page, "my left calf is cramping");
  await press(page, "None of these");
  await page.getByRole("timer").waitFor();
}

const linesOf = (page: Page) => page.locator(".line").allTextContents();
const secondsOf = async (page: Page) => Number.parseInt((await page.locator(".seconds").textContent()) ?? "", 10);

describe("somebody whose page, network or server goes away", { timeout: 60_000 }, () => {
  it("reloads in the middle of a countdown: the talk and the time go on", async () => {
    const { context, page } = await openPhone(stage.browser);
    await toTheStretch(page);
    const before = await linesOf(page);
    await page.clock.install();
    await page.getByLabel("Your message").fill("half a thou");
    await page.reload();
    await page.getByRole("timer").waitFor();
    expect(await linesOf(page)).toEqual(before);
    expect(await page.getByLabel("Your message").inputValue()).toBe("half a thou");
    expect(await secondsOf(page)).toBeGreaterThan(15);
    expect(await secondsOf(page)).toBeLessThanOrEqual(30);
    await page.clock.fastForward(8_000);
    await eventually(() => secondsOf(page)).toBeLessThan(23);
    stage.bot.advance(31);
    await hears(page, "Time is up.");
    await context.close();
  });

  it("goes offline: sees the number and the first step, keeps what it typed, and is answered when the network is back", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await context.setOffline(true);
    await page.getByText("You are offline. Do this now:").waitFor();
    await page.getByText("Stop. Sit or lie where you cannot fall.").waitFor();
    expect(await page.locator(".offline").getByRole("link", { name: "Emergency: call 999" }).getAttribute("href")).toBe(
      "tel:999",
    );
    await expectAccessible(page, "offline");
    await say(page, "my foot cramps");
    await page.getByRole("button", { name: "Not sent. Tap to retry" }).waitFor();
    await expectAccessible(page, "not sent");
    await page.getByRole("button", { name: "Not sent. Tap to retry" }).tap();
    await page.getByRole("button", { name: "Not sent. Tap to retry" }).waitFor();
    await context.setOffline(false);
    await hears(page, "One check before");
    expect(await page.getByText("You are offline").count()).toBe(0);
    expect((await linesOf(page)).filter((line) => line.includes("my foot cramps"))).toHaveLength(1);
    await context.close();
  });

  it("opens the page again without any network: the number and the first step are there", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    await stage.bot.stop();
    await page.reload();
    await page.getByText("You are offline. Do this now:").waitFor();
    expect(await page.locator(".offline").getByRole("link", { name: "Emergency: call 999" }).getAttribute("href")).toBe(
      "tel:999",
    );
    await context.close();
  });

  it("writes while the server restarts: nothing is lost and nothing is said twice", async () => {
    const { context, page } = await openPhone(stage.browser);
    await toTheStretch(page);
    await stage.bot.stop();
    await say(page, "can I keep running?");
    await page.getByRole("button", { name: "Not sent. Tap to retry" }).waitFor();
    await page.reload().catch(() => {});
    await stage.bot.start();
    await page.getByRole("timer").waitFor({ timeout: 20_000 });
    await page.locator(".line.user:not(.pending)", { hasText: "can I keep running?" }).waitFor({ timeout: 20_000 });
    const lines = (await linesOf(page)).map((line) => line.replace(/\s+/g, " "));
    expect(lines.filter((line) => line.includes("can I keep running?"))).toHaveLength(1);
    expect(new Set(lines.filter((line) => line.includes("One check")))).toHaveProperty("size", 1);
    await context.close();
  });

  it("is in an emergency while the server's store is away: is answered, also after a reload, and goes on when it is back", async () => {
    const { context, page } = await openPhone(stage.browser);
    await toTheStretch(page);
    stage.bot.loseStore(true);
    await say(page, "he collapsed and is not breathing");
    await hears(page, "This needs emergency help now");
    expect((await linesOf(page)).filter((line) => line.includes("he collapsed"))).toHaveLength(1);
    await page.reload();
    await say(page, "he is not breathing at all");
    await hears(page, "This needs emergency help now");
    await page.locator(".advice.emergency-now").waitFor();
    expect(await page.locator(".line.pending").count()).toBe(0);
    stage.bot.loseStore(false);
    await page.reload();
    await page.getByRole("timer").waitFor();
    await say(page, "can I keep running?");
    await page.locator(".line.user:not(.pending)", { hasText: "can I keep running?" }).waitFor();
    await context.close();
  });

  it("is answered while the store is away also where no WebSocket gets through, and sees that nothing was deleted", async () => {
    const { context, page } = await openPhone(stage.browser);
    await context.addInitScript(
      "window.WebSocket = class extends WebSocket { constructor() { super('ws://' + location.host); } }",
    );
    await toTheStretch(page);
    await say(page, "forget me");
    await page.getByRole("button", { name: "Delete it" }).waitFor();
    const before = await linesOf(page);
    stage.bot.loseStore(true);
    await press(page, "Delete it");
    await hears(page, "Something went wrong");
    expect((await linesOf(page)).slice(0, before.length)).toEqual(before);
    await say(page, "he collapsed and is not breathing");
    await hears(page, "This needs emergency help now");
    stage.bot.loseStore(false);
    await say(page, "can I keep running?");
    await page.locator(".line.user:not(.pending)", { hasText: "can I keep running?" }).waitFor();
    expect(await page.locator(".line.pending").count()).toBe(0);
    await context.close();
  });

  it("sleeps past the token's life and goes on with the same talk", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    const conversation = await savedConversation(page);
    await context.setOffline(true);
    await page.clock.install();
    stage.bot.advance(2 * 3600);
    await page.clock.fastForward(2 * 3600_000);
    await context.setOffline(false);
    await say(page, "calf cramp");
    await hears(page, "One check before");
    expect(await savedConversation(page)).toBe(conversation);
    expect((await linesOf(page)).filter((line) => line.includes("I am Unknot"))).toHaveLength(1);
    await context.close();
  });

  it("is refused by a proxy on waking, and goes on with the same talk", async () => {
    const { context, page } = await openPhone(stage.browser);
    await toTheStretch(page);
    const conversation = await savedConversation(page);
    const before = await linesOf(page);
    await changeSaved(page, { token: "x", expires: 0 });
    await context.route(
      "**/chat/token",
      (route) => route.fulfill({ status: 403, contentType: "text/html", body: "<h1>Forbidden</h1>" }),
      { times: 1 },
    );
    await page.reload();
    await page.getByText("You are offline. Do this now:").waitFor();
    await page.getByRole("timer").waitFor();
    expect(await savedConversation(page)).toBe(conversation);
    expect(await linesOf(page)).toEqual(before);
    expect(await page.getByText("Your earlier chat has ended.").count()).toBe(0);
    await context.close();
  });

  it("knows the server's clock although what happens reaches the page late", async () => {
    const { context, page } = await openPhone(stage.browser);
    stage.bot.advance(600);
    await page.routeWebSocket(/\/stream/, (socket) => {
      socket.connectToServer().onMessage((data) => setTimeout(() => socket.send(data), 2_000));
    });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "my left calf is cramping");
    await hears(page, "One check before");
    expect(Math.abs(Number(await saved(page, "offset")) - 600_000)).toBeLessThan(500);
    await context.close();
  });

  it("writes what a firewall refuses, where no socket gets through either: it is not tried at every turn", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.addInitScript(
      "WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 })); } close() {} }",
    );
    const asked: string[] = [];
    await page.route("**/activities*", async (route) => {
      const method = route.request().method();
      asked.push(method);
      await (method === "POST" ? route.fulfill({ status: 403, body: "Forbidden" }) : route.continue());
    });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "select * from cramps");
    await page.getByRole("button", { name: "Not sent. Tap to retry" }).waitFor();
    const since = () => asked.slice(asked.indexOf("POST")).filter((method) => method === "GET");
    await eventually(() => since().length).toBeGreaterThanOrEqual(2);
    // Once, and once more with a new token.
    expect(asked.filter((method) => method === "POST")).toHaveLength(2);
    await context.close();
  });

  it("finds a new talk when the old one cannot be opened any more, and is told so", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await changeSaved(page, { token: "x", resume: "y", expires: 0 });
    await page.reload();
    await page.getByText("Your earlier chat has ended. This is a new one.").waitFor();
    await hears(page, "Where is the cramp?");
    await context.close();
  });

  it("has the chat open in two tabs: both show the same talk, and each can answer", async () => {
    const { context, page: first } = await openPhone(stage.browser);
    await first.goto(stage.bot.address);
    await hears(first, "Where is the cramp?");
    const second = await context.newPage();
    await second.goto(stage.bot.address);
    await hears(second, "Where is the cramp?");
    expect(await savedConversation(second)).toBe(await savedConversation(first));
    await say(second, "my left calf is cramping");
    await hears(second, "One check before");
    await hears(first, "One check before");
    await press(first, "None of these");
    await first.getByRole("timer").waitFor();
    await second.getByRole("timer").waitFor();
    expect(await linesOf(second)).toEqual(await linesOf(first));
    await context.close();
  });

  it("writes in two tabs without a network and reloads them: both messages are kept, and arrive once", async () => {
    const { context, page: first } = await openPhone(stage.browser);
    const second = await context.newPage();
    const texts = new Map([
      [first, "my left calf is cramping"],
      [second, "since an hour"],
    ]);
    for (const tab of texts.keys()) {
      await tab.goto(stage.bot.address);
      await hears(tab, "Where is the cramp?");
    }
    await context.route("**/activities", (route) => route.abort());
    for (const [tab, text] of texts) {
      await say(tab, text);
      await tab.getByRole("button", { name: "Not sent. Tap to retry" }).waitFor();
    }
    for (const tab of texts.keys()) {
      await tab.reload();
      for (const text of texts.values()) await tab.locator(".line.user.pending", { hasText: text }).waitFor();
    }
    await context.unroute("**/activities");
    for (const tab of texts.keys()) {
      for (const text of texts.values()) await tab.locator(".line.user:not(.pending)", { hasText: text }).waitFor();
      await eventually(() => tab.locator(".pending").count()).toBe(0);
      expect(await tab.locator(".line.user").count()).toBe(2);
    }
    await context.close();
  });
});

const savedConversation = (page: Page) => saved(page, "conversation");

/** What the page has kept of the session. */
async function saved(page: Page, field: string): Promise<unknown> {
  return await page.evaluate(
    `JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(":session")))).${field}`,
  );
}

async function changeSaved(page: Page, what: object): Promise<void> {
  await page.evaluate(`for (const key of Object.keys(localStorage).filter((one) => one.endsWith(":session")))
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), ...${JSON.stringify(what)} }))`);
}

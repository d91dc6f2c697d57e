import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually, expectAccessible, hears, openPhone, press, say } from "../support/person.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage("for the file");

/** Through the states that look most different; `look` is called in each. */
async function walk(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  await page.goto(stage.bot.address);
  await hears(page, "Where is the cramp?");
  await look("body map");
  await say(page, "my left calf is cramping");
  await page.getByRole("button", { name: "None of these" }).waitFor();
  await page.getByRole("checkbox").first().check();
  await look("a ticked sign");
  await page.getByRole("checkbox").first().uncheck();
  await press(page, "None of these");
  await page.getByRole("timer").waitFor();
  await look("countdown");
  await press(page, "Done");
  await page.getByRole("button", { name: "6 out of 10" }).waitFor();
  await look("pain scale");
  await say(page, "crushing chest pain, I cannot breathe");
  await page.getByRole("alert").getByRole("link").waitFor();
  await look("emergency");
}

const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
const inner = `(() => {
  const root = document.querySelector("unknot-chat").shadowRoot;
  const wide = [...root.querySelectorAll("button, a, p, label, select, textarea, .ring, .figures")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 1 && (left < -0.5 || right > innerWidth + 0.5);
  });
  return wide.map((one) => one.className + " " + one.textContent.trim().slice(0, 30));
})()`;

async function expectFits(page: Page, state: string): Promise<void> {
  expect(await page.evaluate(overflow), `sideways scrolling: ${state}`).toBe(0);
  expect(await page.evaluate(inner), `cut off: ${state}`).toEqual([]);
}

/** Whether all of it lies within the window, and its middle is covered by nothing. */
async function inView(page: Page, place: Locator): Promise<boolean> {
  const box = await place.boundingBox();
  const size = page.viewportSize();
  if (box === null || size === null || box.y < 0 || box.y + box.height > size.height) return false;
  return place.evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const hit = (one.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (one.contains(hit) || hit.contains(one));
  });
}

describe("somebody who sees the chat in another way", { timeout: 60_000 }, () => {
  it("holds a phone 320 pixels wide: nothing is cut off, and what is pressed is large", async () => {
    const { context, page } = await openPhone(stage.browser, { viewport: { width: 320, height: 568 } });
    await walk(page, async (state) => {
      await expectFits(page, state);
      await expectAccessible(page, `320 px: ${state}`);
      const sizes = await page
        .locator(".choice, .score, .tick, .toggle, .call, .big-call, .send")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => ({ width, height })));
      expect(
        sizes.filter(({ width, height }) => width > 0 && (width < 40 || height < 44)),
        `small targets: ${state}`,
      ).toEqual([]);
    });
    await context.close();
  });

  it("zooms to 200 percent, and to 400 percent, which leaves 320 by 200 pixels", async () => {
    for (const viewport of [
      { width: 640, height: 400 },
      { width: 320, height: 200 },
    ]) {
      const { context, page } = await openPhone(stage.browser, { viewport, hasTouch: false });
      await walk(page, async (state) => {
        await expectFits(page, `${viewport.width}: ${state}`);
      });
      await page.getByRole("alert").getByRole("link").scrollIntoViewIfNeeded();
      await page.getByLabel("Your message").scrollIntoViewIfNeeded();
      await context.close();
    }
  });

  it("holds the phone sideways: the number stays at the top, and what was said last below it", async () => {
    const { context, page } = await openPhone(stage.browser, { viewport: { width: 844, height: 390 } });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "my left calf is cramping");
    await press(page, "None of these");
    await hears(page, /Sit with the leg straight out/);
    expect(await inView(page, page.locator(".head .call"))).toBe(true);
    await eventually(() => inView(page, page.locator(".line.bot", { hasText: "Sit with the leg" }).last())).toBe(true);
    await say(page, "my foot has gone cold and white");
    await hears(page, /Call 999/);
    expect(await inView(page, page.getByRole("alert").getByRole("link"))).toBe(true);
    await eventually(() => inView(page, page.locator(".line.bot", { hasText: "This needs emergency help" }).last())).toBe(true);
    await context.close();
  });

  it("has letters twice as large: the countdown leaves the words in view, and no button breaks a word", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await hears(page, "Where is the cramp?");
    await say(page, "my left calf is cramping");
    await press(page, "None of these");
    await hears(page, /Sit with the leg straight out/);
    const line = await page.locator(".line.bot", { hasText: "Sit with the leg" }).last().boundingBox();
    const dock = await page.locator(".answers.timed").boundingBox();
    expect(dock?.y).toBeGreaterThanOrEqual((line?.y ?? 0) + (line?.height ?? Number.POSITIVE_INFINITY));
    for (const name of ["Done", "Pause", "Skip"]) {
      const box = await page.getByRole("button", { name, exact: true }).last().boundingBox();
      expect(box?.height, `${name} stands on one line`).toBeLessThan(90);
    }
    await context.close();
  });

  it("has the dark colours set: every text keeps its contrast", async () => {
    const { context, page } = await openPhone(stage.browser, { colorScheme: "dark" });
    await walk(page, async (state) => expectAccessible(page, `dark: ${state}`));
    const paper = await page.evaluate(
      "getComputedStyle(document.querySelector('unknot-chat').shadowRoot.querySelector('.panel')).backgroundColor",
    );
    expect(paper).toBe("rgb(20, 25, 27)");
    await context.close();
  });

  it("has forced colours set: the chosen place, the ring and the buttons keep their outlines", async () => {
    const { context, page } = await openPhone(stage.browser, { forcedColors: "active" });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await page.getByRole("radio", { name: "left calf" }).tap();
    const fill = (name: string) =>
      page.getByRole("radio", { name, exact: true }).evaluate((one) => getComputedStyle(one).fill + getComputedStyle(one).stroke);
    expect(await fill("left calf")).not.toBe(await fill("right calf"));
    await press(page, "It is here: left calf");
    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    const stroke = (selector: string) => page.locator(selector).evaluate((one) => getComputedStyle(one).stroke);
    expect(await stroke(".ring .left")).not.toBe(await stroke(".ring .track"));
    await context.close();
  });

  it("wants less motion: nothing moves by itself", async () => {
    const { context, page } = await openPhone(stage.browser, { reducedMotion: "reduce" });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "calf cramp");
    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    const durations = await page.evaluate(
      `[...document.querySelector("unknot-chat").shadowRoot.querySelectorAll("*")].map((one) => getComputedStyle(one))
        .filter((one) => one.animationName !== "none" || (one.transitionDuration !== "0s" && one.transitionProperty !== "none")).length`,
    );
    expect(durations).toBe(0);
    await context.close();
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, serveDemo } from "../../scripts/demo.ts";
import { type Bot, startBot } from "../support/bot.ts";
import { launchChromium } from "../support/chromium.ts";
import { eventually, expectAccessible, hears, openPhone, press, problemsOf, say } from "../support/person.ts";

let bot: Bot;
let demo: Demo;
let stranger: Demo;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
  demo = await serveDemo(0, () => bot.address);
  stranger = await serveDemo(0, () => bot.address);
  bot = await startBot([demo.address]);
});

afterAll(async () => {
  await Promise.all([bot.dispose(), demo.close(), stranger.close(), browser.close()]);
});

const OPEN = "Muscle cramp? Chat with Unknot";

describe("somebody on another site that embeds the chat", { timeout: 60_000 }, () => {
  it("opens it from the corner, is helped, closes it and finds it again, all under the site's strict policy", async () => {
    const { context, page, problems } = await openPhone(browser, { hasTouch: false, viewport: { width: 1100, height: 800 } });
    await page.goto(demo.address);
    const launcher = page.getByRole("button", { name: OPEN });
    await launcher.waitFor();
    await expectAccessible(page, "launcher");
    expect(await page.evaluate("localStorage.length"), "nothing begins before it is opened").toBe(0);
    await launcher.click();
    const panel = page.getByRole("dialog", { name: /Chat with Unknot/ });
    expect(await focusedClass(page)).toContain("panel");
    await hears(page, "Where is the cramp?");
    await expectAccessible(page, "open panel");
    await say(page, "my left calf is cramping");
    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await focusedClass(page)).toBe("launcher");
    await page.keyboard.press("Enter");
    await page.getByRole("timer").waitFor();
    await page.reload();
    await page.getByRole("timer").waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it("reads the buttons in the site's colour", async () => {
    const { context, page } = await openPhone(browser);
    await page.goto(demo.address);
    for (const [accent, ink] of [
      ["#8a1c5c", "rgb(255, 255, 255)"],
      ["#ffd84d", "rgb(0, 0, 0)"],
      ["rgb(120 200 255)", "rgb(0, 0, 0)"],
      ["url(javascript:alert(1))", "rgb(255, 255, 255)"],
    ]) {
      await page.evaluate(`document.querySelector("unknot-chat").setAttribute("accent", ${JSON.stringify(accent)})`);
      await eventually(() =>
        page.evaluate("getComputedStyle(document.querySelector('unknot-chat').shadowRoot.querySelector('.launcher')).color"),
      ).toBe(ink);
    }
    await context.close();
  });

  it("on a site that may not embed it still sees what to do first, and the number", async () => {
    const { context, page } = await openPhone(browser);
    await page.goto(stranger.address);
    await page.getByRole("button", { name: OPEN }).tap();
    await page.getByText("You are offline. Do this now:").waitFor();
    await page
      .getByRole("link", { name: /Emergency: call/ })
      .first()
      .waitFor();
    await context.close();
  });
});

const INJECTIONS = [
  `<img src=x onerror="window.hit=1">`,
  `<script>window.hit=1</script>`,
  `<svg/onload=window.hit=1>`,
  `"><iframe srcdoc="<script>parent.hit=1</script>"></iframe>`,
  `javascript:window.hit=1`,
  `[tap me](javascript:window.hit=1)`,
  `\${window.hit=1}`,
  `{{constructor.constructor('window.hit=1')()}}`,
  `<a href="tel:1900" style="position:fixed;inset:0">calf</a>`,
  `<style>*{display:none}</style>`,
  `</textarea><button onclick="window.hit=1">x</button>`,
  `&lt;b&gt;calf&lt;/b&gt; <!-- lit-part -->`,
  `<?lit$123$?> cramp`,
  `\u202Ecalf pmarc`,
  `__proto__ constructor toString`,
];

describe("somebody who writes markup", { timeout: 60_000 }, () => {
  it("sees it as the text it is, and nothing of it runs", async () => {
    const { context, page } = await openPhone(browser);
    const problems = problemsOf(page);
    await page.goto(bot.address);
    await hears(page, "Where is the cramp?");
    const markup = async () =>
      await page.evaluate(`document.querySelector("unknot-chat").shadowRoot
      .querySelectorAll(".line script, .line iframe, .line style, .line button, .line svg, .line b, .line img:not(.picture), .line a:not([href='tel:999'])").length`);
    for (const text of INJECTIONS) {
      await say(page, text);
      await eventually(() => page.locator(".line.user:not(.pending) p").last().textContent()).toBe(text.trim());
    }
    expect(await markup()).toBe(0);
    await page.reload();
    await hears(page, "Where is the cramp?");
    await eventually(() => page.locator(".line.user p").allTextContents()).toEqual(INJECTIONS.map((text) => text.trim()));
    expect(await markup()).toBe(0);
    expect(await page.evaluate("window.hit")).toBe(undefined);
    expect(problems).toEqual([]);
    await context.close();
  });
});

async function focusedClass(page: Page): Promise<string> {
  return String(await page.evaluate("document.activeElement?.shadowRoot?.activeElement?.className ?? ''"));
}

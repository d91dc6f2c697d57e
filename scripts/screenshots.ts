import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Bot, startBot } from "../tests/support/bot.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import prepare from "../tests/support/prepare.ts";
import { serveDemo } from "./demo.ts";

/** `node scripts/screenshots.ts`: takes the pictures of the chat that the README and docs/web-chat.md show, into docs/pictures. */

const folder = join(import.meta.dirname, "..", "docs", "pictures");
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1180, height: 820 };

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Your message").fill(text);
  await page.keyboard.press("Enter");
}

const toMap = async (page: Page): Promise<void> => {
  await page.getByText("Where is the cramp?").waitFor();
};

const toCheck = async (page: Page): Promise<void> => {
  await toMap(page);
  await say(page, "my left calf is cramping");
  await page.getByRole("button", { name: "None of these" }).waitFor();
};

const toStretch = async (page: Page): Promise<void> => {
  await toCheck(page);
  await page.getByRole("button", { name: "None of these" }).click();
  await page.getByRole("img", { name: /towel/ }).waitFor();
  await page.waitForTimeout(1500);
};

const toScale = async (page: Page): Promise<void> => {
  await toStretch(page);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "6 out of 10" }).waitFor();
};

const toEmergency = async (page: Page): Promise<void> => {
  await toMap(page);
  await say(page, "crushing chest pain and my left arm is cramping");
  await page.getByRole("alert").getByRole("link").waitFor();
};

interface Scene {
  readonly name: string;
  readonly options?: BrowserContextOptions;
  readonly play: (page: Page, bot: Bot) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  {
    name: "body-map",
    play: async (page) => {
      await toMap(page);
      await page.getByRole("radio", { name: "left calf" }).tap();
    },
  },
  { name: "safety-check", play: toCheck },
  { name: "stretch", play: toStretch },
  { name: "pain-scale", play: toScale },
  { name: "emergency", play: toEmergency },
  {
    name: "severe-pain",
    play: async (page) => {
      await toMap(page);
      await say(page, "thigh cramp, it is unbearable, 10 out of 10");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "offline",
    play: async (page) => {
      await toMap(page);
      await page.context().setOffline(true);
      await say(page, "my foot cramps");
      await page.getByRole("button", { name: /Not sent/ }).waitFor();
    },
  },
  { name: "stretch-dark", options: { colorScheme: "dark" }, play: toStretch },
  { name: "emergency-dark", options: { colorScheme: "dark" }, play: toEmergency },
  { name: "small", options: { viewport: { width: 320, height: 568 } }, play: toStretch },
  { name: "desktop", options: { viewport: DESKTOP, hasTouch: false }, play: toStretch },
];

async function take(browser: Browser, bot: Bot, address: string, { name, options, play }: Scene): Promise<void> {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 1.5,
    locale: "en-GB",
    hasTouch: true,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(address);
  await play(page, bot);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

await prepare();
mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
let chat = "";
const demo = await serveDemo(0, () => chat);
const bot = await startBot([demo.address]);
chat = bot.address;
for (const scene of SCENES) await take(browser, bot, bot.address, scene);
await take(browser, bot, demo.address, {
  name: "embedded",
  options: { viewport: DESKTOP, hasTouch: false },
  play: async (page) => {
    await page.getByRole("button", { name: /Chat with Unknot/ }).click();
    await toCheck(page);
  },
});
await Promise.all([browser.close(), demo.close(), bot.dispose()]);

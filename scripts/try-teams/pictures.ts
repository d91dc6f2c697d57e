import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "../../tests/support/chromium.ts";
import { startTrial } from "./playground.ts";

/** `node scripts/try-teams/pictures.ts`: walks through a conversation in the Playground and takes the pictures of docs/teams.md. */

/** The talk alone: beside it stand the Playground's own menu and log. */
const TALK = { x: 0, y: 48, width: 850, height: 812 };

const folder = join(import.meta.dirname, "..", "..", "docs", "pictures");

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox").first().click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function hears(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).last().waitFor();
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, `teams-${name}.png`), clip: TALK });
}

async function talk(page: Page): Promise<void> {
  await hears(page, /Where is the cramp/);
  await say(page, "my left calf is cramping");
  await hears(page, /do any of these fit/);
  await take(page, "safety-check");
  await page.getByRole("button", { name: "None of these" }).last().click();
  await hears(page, /I count 30 seconds/);
  await take(page, "stretch");
  await page.getByRole("button", { name: "Done" }).last().click();
  await hears(page, /0 to 10|from 0|How bad/i);
  await take(page, "pain-scale");
  await say(page, "now I have crushing chest pain and cannot breathe");
  await page
    .getByText(/^Call 9/)
    .last()
    .waitFor();
  await take(page, "emergency");
}

const trial = await startTrial({ bot: 23_981, playground: 26_153 });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1180, height: 860 }, locale: "en-GB" });
  page.setDefaultTimeout(15_000);
  // Version 0.2.28 writes into the data of a pressed button, which it has frozen itself when they name `msteams`.
  await page.addInitScript("Object.freeze = (it) => it;");
  await page.goto(trial.address);
  await talk(page);
} finally {
  await browser.close();
  trial.stop();
}

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Bot, startBot } from "./bot.ts";
import { launchChromium } from "./chromium.ts";

export interface Stage {
  readonly browser: Browser;
  readonly bot: Bot;
}

/**
 * For the top of a file: one browser for all its tests, and a bot.
 * @param bot one for the whole file, or a new one for each test
 */
export function setStage(bot: "for the file" | "for each test"): Stage {
  let browser: Browser;
  let present: Bot;
  const begin = async () => {
    present = await startBot();
  };
  const end = () => present.dispose();
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  if (bot === "for the file") {
    beforeAll(begin);
    afterAll(end);
  } else {
    beforeEach(begin);
    afterEach(end);
  }
  return {
    get browser() {
      return browser;
    },
    get bot() {
      return present;
    },
  };
}

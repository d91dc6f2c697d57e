import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

/** Somebody with a phone in one hand. */
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  locale: "en-GB",
  timezoneId: "Europe/London",
  hasTouch: true,
  reducedMotion: "reduce",
};
const PATIENCE = 15_000;

/** A page of its own, with nothing kept from before. What goes wrong inside it fails the test that looks at `problems`. */
export async function openPhone(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({ ...PHONE, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  return { context, page, problems: problemsOf(page) };
}

/** Scripts that failed, and what a security policy stopped. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) problems.push(message.text());
  });
  return problems;
}

/** Looks again and again until it is so. */
export const eventually: typeof expect.poll = (look, options) => expect.poll(look, { timeout: PATIENCE, ...options });

/** Types a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Your message").fill(text);
  await page.keyboard.press("Enter");
}

/** Waits until the bot says it. */
export async function hears(page: Page, text: string | RegExp): Promise<void> {
  await page.locator(".line.bot", { hasText: text }).last().waitFor();
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page
    .getByRole("button", { name, exact: typeof name === "string" })
    .last()
    .click();
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** WCAG 2.2 A and AA and axe's good practices, also inside the shadow root. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  )) as readonly Violation[];
  const told = found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ""}`),
  );
  expect(told, `accessibility: ${where}`).toEqual([]);
}

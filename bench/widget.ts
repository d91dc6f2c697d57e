import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { type Bot, startBot } from "../tests/support/bot.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import prepare from "../tests/support/prepare.ts";
import { median } from "./measure.ts";

/**
 * `node bench/widget.ts [--webchat FILE] [--runs N]`: how many bytes the chat is, and how long from opening the page until a
 * person can type and until the bot has spoken; with stock Web Chat (dist/webchat.js of botframework-webchat) beside it,
 * against the same server, turn by turn.
 */

const { values } = parseArgs({ options: { webchat: { type: "string" }, runs: { type: "string", default: "7" } } });
const runs = Number(values.runs);

interface Contender {
  readonly name: string;
  readonly file: string;
  readonly address: string;
  /** Expressions that are true once the person can type, and once the bot has spoken. */
  readonly canType: string;
  readonly hasSpoken: string;
}

const root = "document.querySelector('unknot-chat')?.shadowRoot";
const HELLO = "Where is the cramp?";

async function milliseconds(browser: Browser, { address, canType, hasSpoken }: Contender): Promise<readonly [number, number]> {
  const context = await browser.newContext({ locale: "en-GB", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.addInitScript(`{
    const look = () => {
      if (window.canType === undefined && (${canType})) window.canType = performance.now();
      if (window.hasSpoken === undefined && (${hasSpoken})) window.hasSpoken = performance.now();
      if (window.canType === undefined || window.hasSpoken === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);
  await page.goto(address);
  let times: readonly [number, number] | null = null;
  while (times === null) {
    times = (await page.evaluate(
      "window.hasSpoken && window.canType ? [window.canType, window.hasSpoken] : null",
    )) as typeof times;
    if (times === null) await page.waitForTimeout(50);
  }
  await context.close();
  return times;
}

/** A page as Microsoft's samples have it: the bundle, a token, renderWebChat. */
async function serveWebChat(file: string, chat: () => string): Promise<{ address: string; close: () => void }> {
  const bundle = readFileSync(file);
  const page = () => `<!doctype html><html lang="en"><title>Web Chat</title><body><div id="webchat" style="height:90vh"></div>
    <script src="/webchat.js"></script><script>
    fetch("${chat()}/chat/token", { method: "POST" }).then((answer) => answer.json()).then(({ token }) => WebChat.renderWebChat({
      directLine: WebChat.createDirectLine({ token, domain: "${chat()}/v3/directline" }) }, document.getElementById("webchat")));
    </script></body></html>`;
  const server = createServer((request, response) => {
    const isScript = request.url === "/webchat.js";
    response.writeHead(200, { "Content-Type": isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8" });
    response.end(isScript ? bundle : page());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.closeAllConnections() };
}

async function contenders(): Promise<{ all: readonly Contender[]; bot: Bot; close: () => void }> {
  let chat = "";
  const stock = values.webchat === undefined ? null : await serveWebChat(values.webchat, () => chat);
  const bot = await startBot(stock === null ? [] : [stock.address]);
  chat = bot.address;
  const ours: Contender = {
    name: "unknot-chat",
    file: join(import.meta.dirname, "..", "web", "dist", "widget.js"),
    address: bot.address,
    canType: `${root}?.querySelector('textarea')`,
    hasSpoken: `${root}?.textContent.includes('${HELLO}')`,
  };
  if (stock === null || values.webchat === undefined) return { all: [ours], bot, close: () => {} };
  const theirs: Contender = {
    name: "Web Chat",
    file: values.webchat,
    address: stock.address,
    canType: "document.querySelector('[data-id=webchat-sendbox-input], [class*=send-box] input, [class*=send-box] textarea')",
    hasSpoken: `document.body?.innerText.includes('${HELLO}')`,
  };
  return { all: [ours, theirs], bot, close: stock.close };
}

await prepare();
const { all, bot, close } = await contenders();
const browser = await launchChromium();
const times = new Map<string, (readonly [number, number])[]>(all.map(({ name }) => [name, []]));
for (let run = 0; run <= runs; run++) {
  for (const contender of all) {
    const measured = await milliseconds(browser, contender);
    // The first run warms the server and the disk.
    if (run > 0) times.get(contender.name)?.push(measured);
  }
}
await browser.close();
await bot.dispose();
close();

const rows = all.map(({ name, file }) => {
  const code = readFileSync(file);
  const measured = times.get(name) ?? [];
  return {
    name,
    raw: code.length,
    gzip: gzipSync(code).length,
    brotli: brotliCompressSync(code).length,
    "can type, ms": Math.round(median(measured.map(([type]) => type))),
    "bot has spoken, ms": Math.round(median(measured.map(([, spoken]) => spoken))),
  };
});
const [ours, theirs] = rows;
const table = rows.map((row) =>
  Object.entries(row)
    .map(([key, value]) => `${key} ${value}`)
    .join(" · "),
);
process.stdout.write(`${table.join("\n")}\n`);
if (ours !== undefined && theirs !== undefined) {
  const ratio = (key: "gzip" | "can type, ms" | "bot has spoken, ms") => `${key} ${(ours[key] / theirs[key]).toFixed(3)}`;
  process.stdout.write(`ours to theirs: ${ratio("gzip")} · ${ratio("can type, ms")} · ${ratio("bot has spoken, ms")}\n`);
}
process.exit(0);

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildWeb } from "../scripts/build-web.ts";
import { bestKnowledge, ROOT, type Running, run } from "./support.ts";

export const CACHE = join(ROOT, ".cache");
/** What `npm start` runs, without "node". */
export const START: string = (
  JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { start: string } }
).scripts.start.replace(/^node /, "");
const NO_LIMITS = Object.fromEntries(
  ["CALLS_PER_ADDRESS", "CHATS_PER_ADDRESS", "CALLS_PER_CHAT", "MESSAGES_PER_CHAT", "SOCKETS_PER_ADDRESS"].map((name) => [
    `LIMIT_${name}`,
    "0",
  ]),
);

/** The bot as `npm start` runs it, with SQLite; without limits, since one address asks for all. */
export async function runOurs(): Promise<Running> {
  await bestKnowledge();
  await buildWeb();
  return await run(START, { CACHE_DIR: CACHE, LOG_LEVEL: "silent", ...NO_LIMITS }, "/readyz");
}

export const runEcho = () => run("bench/peers/echo.ts", {});
export const runFloor = () => run("bench/peers/floor.ts", {});

/**
 * Microsoft's waterfall; null where botbuilder-dialogs is not there.
 * @param folder whose node_modules have botbuilder-dialogs and botbuilder of one version
 */
export async function runWaterfall(folder: string | null): Promise<Running | null> {
  const from = folder ?? ROOT;
  try {
    createRequire(join(from, "any.js")).resolve("botbuilder-dialogs");
  } catch {
    return null;
  }
  return await run("bench/peers/waterfall.ts", { DIALOGS: from });
}

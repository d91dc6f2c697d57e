import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const PACKAGE = join(import.meta.dirname, "..", "..", "node_modules", "@sparticuz", "chromium", "package.json");

/**
 * A real Chromium: the one of CHROMIUM_PATH, or the one that npm installed. The latter unpacks itself into the temporary
 * folder under a fixed name and would take an older version found there for itself: each version gets a folder of its own.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env["CHROMIUM_PATH"];
  const flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--mute-audio", "--force-color-profile=srgb"];
  if (own !== undefined && own !== "") return await chromium.launch({ executablePath: own, args: flags });
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string };
  const folder = join(tmpdir(), `unknot-chromium-${version}`);
  mkdirSync(folder, { recursive: true });
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const executablePath = await packed.executablePath();
    // Not the package's own flags: they switch the rules between origins off, which are under test here.
    return await chromium.launch({ executablePath, args: flags });
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}

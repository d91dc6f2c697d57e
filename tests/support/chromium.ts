import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const PACKAGE = join(import.meta.dirname, "..", "..", "node_modules", "@sparticuz", "chromium", "package.json");

/**
 * A real Chromium: the one of CHROMIUM_PATH, or the one that npm installed. Not with that package's own flags: they switch the
 * rules between origins off, which are under test here.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env["CHROMIUM_PATH"];
  const executablePath = own === undefined || own === "" ? await unpacked() : own;
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--mute-audio", "--force-color-profile=srgb"];
  return await chromium.launch({ executablePath, args });
}

/**
 * The package unpacks itself into the temporary folder under a fixed name, and takes whatever it finds there for itself: an
 * older version, or one that another process is still writing. So each version gets a folder of its own, moved into place whole.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string };
  const folder = join(tmpdir(), `unknot-chromium-${version}`);
  const executable = join(folder, "chromium");
  if (existsSync(executable)) return executable;
  const before = process.env["TMPDIR"];
  const mine = mkdtempSync(`${folder}-`);
  process.env["TMPDIR"] = mine;
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    await packed.executablePath();
    renameSync(mine, folder);
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(executable)) throw error;
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  return executable;
}

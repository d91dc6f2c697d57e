import { cpSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "../../scripts/build-web.ts";
import { listening } from "../support/loopback.ts";
import { startProcess, temporaryFolder } from "../support/process.ts";

/** What an operator does wrong: the process ends with one line that says what to do. */

const root = join(import.meta.dirname, "..", "..");
beforeAll(buildWeb);

describe.concurrent("the start", { timeout: 90_000 }, () => {
  /** One line, with what to do, and no trace of the code. */
  const refused = async (env: Readonly<Record<string, string>>, ...words: readonly string[]) => {
    const started = await startProcess({ LOG_LEVEL: "silent", ...env });
    expect(await started.ended, started.output()).toBe(1);
    expect(started.output()).toMatch(/^unknot: [a-z-]+: [^\n]+\n$/);
    expect(started.output()).not.toMatch(/ {4}at |node:internal/);
    for (const word of words) expect(started.output()).toContain(word);
  };

  it("is refused on a public address without an app id", async () => {
    await refused({ HOST: "0.0.0.0" }, "config-invalid", "MicrosoftAppId", "BOT_FRAMEWORK=off");
  });

  it("is refused when a content file is broken, which is named", async () => {
    const folder = temporaryFolder();
    cpSync(join(root, "content"), folder, { recursive: true });
    writeFileSync(join(folder, "en", "intents", "affirm.yaml"), "examples: [yes\n  - no: {");
    await refused({ CONTENT_DIR: join(folder, "en") }, "content-invalid", "affirm.yaml");
  });

  it("is refused when there is no content", async () => {
    await refused({ CONTENT_DIR: join(temporaryFolder(), "none") }, "content-invalid", "CONTENT_DIR");
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["SQLite", {}],
    ["PostgreSQL, for the key of tokens", { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }],
  ])("is refused when the data folder cannot be written: %s", async (_, env) => {
    const file = join(temporaryFolder(), "a-file");
    writeFileSync(file, "");
    await refused({ DATA_DIR: join(file, "data"), ...env }, "data-dir-unwritable", "DATA_DIR");
  });

  it("is refused when the port is in use", async () => {
    const other = createServer();
    const { port } = new URL(await listening(other));
    await refused({ PORT: port }, "port-in-use", port, "PORT");
    await new Promise((resolve) => other.close(resolve));
  });
});

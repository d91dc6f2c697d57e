import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isReviewed } from "../../src/care/content.ts";
import { compileContent, readContentFiles } from "../../src/care/load-content.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unknot-sign-off-"));
  cpSync(join(import.meta.dirname, "..", "..", "content", "en"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sign(version: string): void {
  const lines = ["reviews:", `  - content: ${version}`, "    reviewer: Dr A. Example, GP, 0000000", "    date: 2026-11-22", ""];
  writeFileSync(join(folder, "sign-off.yaml"), lines.join("\n"));
}

async function reviewed(): Promise<boolean> {
  return isReviewed(await compileContent(readContentFiles(folder)));
}

describe("a signature in sign-off.yaml", () => {
  it("counts for the version that was printed before it was entered", async () => {
    expect(await reviewed()).toBe(false);
    sign(readContentFiles(folder).version);
    expect(await reviewed()).toBe(true);
  });

  it("counts no longer when advice changes, and still when a training sentence is added", async () => {
    sign(readContentFiles(folder).version);
    appendFileSync(join(folder, "intents", "thanks.yaml"), '  new-voice:\n    - "thank you kindly"\n');
    expect(await reviewed()).toBe(true);
    appendFileSync(join(folder, "answers.yaml"), "# a remark\n");
    expect(await reviewed()).toBe(false);
  });

  it("of another version does not count", async () => {
    sign("0123456789abcdef");
    expect(await reviewed()).toBe(false);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");

describe("the hazard log", () => {
  const rows = text("docs/safety.md")
    .split("\n")
    .filter((line) => /^\| H\d+ \|/.test(line))
    .map((line) => line.split(" | "));

  it("has hazard, harm, causes, controls and tests in every row, numbered through", () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
    rows.forEach((row, at) => {
      expect(row).toHaveLength(6);
      expect(row[0]).toBe(`| H${at + 1}`);
      expect(row[2]).toMatch(/^[1-5]$/);
    });
  });

  it.each(rows.map((row) => [String(row[0]).slice(2), String(row[5])]))("%s names tests that exist", (_, tests) => {
    const named = tests.split("; ").map((part) => /`(tests\/[^`]+)` (.+)/.exec(part));
    expect(named.length).toBeGreaterThan(0);
    for (const [, file = "", names = ""] of named.map((one) => one ?? [])) {
      expect(existsSync(join(root, file)), file).toBe(true);
      const titles = [...names.matchAll(/"([^"]+)"/g)].map(([, title]) => String(title));
      expect(titles.length).toBeGreaterThan(0);
      for (const title of titles) expect(text(file)).toContain(title);
    }
  });
});

describe("the runbook", () => {
  it("knows every metric and every error of the start", () => {
    const runbook = text("docs/operations.md");
    const metrics = [...text("src/observe.ts").matchAll(/"(unknot_\w+[a-z])"/g)].map(([, name]) => String(name));
    expect(metrics.length).toBeGreaterThan(7);
    for (const name of metrics) expect(runbook).toContain(name);
    for (const code of ["config-invalid", "content-unreviewed", "port-in-use", "data-dir-unwritable", "store-unreadable"])
      expect(runbook).toContain(code);
  });
});

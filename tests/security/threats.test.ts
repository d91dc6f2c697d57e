import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");

describe("the threat model", () => {
  const rows = text("docs/security.md")
    .split("\n")
    .filter((line) => /^\| T\d+ /.test(line))
    .map((line) => line.slice(2, -2).split(" | "));

  it("has a way, a control and a test in every row, numbered through", () => {
    expect(rows.length).toBeGreaterThanOrEqual(15);
    rows.forEach((row, at) => {
      expect(row).toHaveLength(3);
      expect(row[0]).toMatch(new RegExp(`^T${at + 1} `));
    });
  });

  it.each(rows.map(([way = "", , tests = ""]) => [way.split(" ")[0], tests]))("%s names tests that exist", (_, tests) => {
    let file = "";
    let named = 0;
    for (const [, path, title] of tests.matchAll(/`(tests\/[^`]+)`|"([^"]+)"/g)) {
      if (path !== undefined) file = path;
      else {
        expect(existsSync(join(root, file)), file).toBe(true);
        expect(text(file)).toContain(`"${title}"`);
        named++;
      }
    }
    expect(named).toBeGreaterThan(0);
  });
});

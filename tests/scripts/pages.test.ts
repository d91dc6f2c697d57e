import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { firstAid } from "../../dialogs/first-aid/first-aid.ts";
import { decisionsPage } from "../../scripts/decisions-page.ts";
import { speedPicture } from "../../scripts/figures/picture.ts";
import { figuresPage, keptFigures } from "../../scripts/figures-page.ts";
import { flowPicture } from "../../scripts/flow-picture.ts";
import { knowledge } from "../support/knowledge.ts";

const docs = join(import.meta.dirname, "..", "..", "docs");

describe("the pages that are made from the code", () => {
  test("docs/flow.svg is current: node scripts/flow-picture.ts", () => {
    expect(readFileSync(join(docs, "flow.svg"), "utf8")).toBe(flowPicture());
  });

  test("docs/figures.md and docs/speed.svg show the kept figures: node scripts/figures-page.ts", () => {
    const kept = keptFigures();
    expect(readFileSync(join(docs, "figures.md"), "utf8")).toBe(figuresPage(kept));
    expect(readFileSync(join(docs, "speed.svg"), "utf8")).toBe(speedPicture(kept.suites));
    expect(kept.suites.length).toBeGreaterThanOrEqual(9);
  });

  test("the picture puts what is better than its peer to the right, whichever way it counts", () => {
    const beside = [{ peer: "another", times: 4 }];
    const barOf = (unit: "ms" | "turns/s") => {
      const picture = speedPicture([{ title: "T", figures: [{ what: "a thing", value: 1, unit, beside }] }]);
      return /<rect class="(good|bad)"/.exec(picture)?.[1];
    };
    expect(barOf("turns/s")).toBe("good");
    expect(barOf("ms")).toBe("bad");
  });

  test("the flow shows every step and the handlers in their order", () => {
    const picture = flowPicture();
    for (const { name } of firstAid) expect(picture).toContain(`(${name})`);
    expect(picture.indexOf(">safety<")).toBeGreaterThan(0);
    expect(picture.indexOf(">safety<")).toBeLessThan(picture.indexOf(">answer pending<"));
  });

  test("docs/decisions-table.md is current: node scripts/decisions-page.ts", () => {
    const { decisions } = knowledge().content;
    const page = decisionsPage(decisions);
    expect(readFileSync(join(docs, "decisions-table.md"), "utf8")).toBe(page);
    for (const { id } of decisions.rows) expect(page).toContain(`| ${id} |`);
  });
});

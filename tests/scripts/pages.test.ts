import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { firstAid } from "../../dialogs/first-aid/first-aid.ts";
import { decisionsPage } from "../../scripts/decisions-page.ts";
import { flowPicture } from "../../scripts/flow-picture.ts";
import { knowledge } from "../support/knowledge.ts";

const docs = join(import.meta.dirname, "..", "..", "docs");

describe("the pages that are made from the code", () => {
  test("docs/flow.svg is current: node scripts/flow-picture.ts", () => {
    expect(readFileSync(join(docs, "flow.svg"), "utf8")).toBe(flowPicture());
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

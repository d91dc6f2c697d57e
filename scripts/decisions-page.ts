import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "../src/care/content.ts";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { wording } from "../src/care/said.ts";

/** `node scripts/decisions-page.ts`: writes docs/decisions-table.md, the decision table for a clinician to read. */
type Decisions = Content["decisions"];
type When = Decisions["rows"][number]["when"];

/** The condition of a row in words: "pain is severe and place is limb". */
function inWords(when: When): string {
  if (typeof when === "string") return when;
  if ("all" in when) return when.all.length === 0 ? "always" : when.all.map(part).join(" and ");
  if ("any" in when) return when.any.map(part).join(" or ");
  if ("not" in when) return `not (${inWords(when.not)})`;
  if ("of" in when) return `${when.atLeast} of (${when.of.map(part).join("; ")})`;
  const { fact, ...test } = when;
  return `${fact} is ${Object.values(test).flat().map(String).join(" or ")}`;
}

function part(when: When): string {
  const several = typeof when !== "string" && ("all" in when || "any" in when);
  return several ? `(${inWords(when)})` : inWords(when);
}

/** @returns the whole page as Markdown */
export function decisionsPage({ columns, signs, rules, rows, raise, texts }: Decisions): string {
  const table = rows.map(({ id, why, when, disposition, allows, flags }) =>
    [id, why, inWords(when), disposition ?? "nothing yet", allows.join(", ") || "nothing", flags.join(", ")].join(" | "),
  );
  const said = Object.entries(texts).flatMap(([name, { first, later }]) => [
    `### ${name}`,
    "",
    ...first.map((text) => `- first: ${wording(text, "you")}`),
    ...later.map((text) => `- later: ${wording(text, "you")}`),
    "",
  ]);
  return [
    "# The decision table",
    "",
    "Made from content/en/decisions.yaml by `node scripts/decisions-page.ts`. Rows are read from the top; the first that fits decides.",
    "",
    "| row | why | when | level | what it still allows | flags it raises |",
    "| --- | --- | --- | --- | --- | --- |",
    ...table.map((row) => `| ${row} |`),
    "",
    `After that, ${raise.id}: if ${inWords(raise.when)}, then ${Object.entries(raise.steps)
      .map(([from, to]) => `${from} becomes ${to}`)
      .join(", ")}.`,
    "",
    "## The columns",
    "",
    ...Object.entries(columns).map(([name, values]) => `- ${name}: ${values.map(String).join(", ")}`),
    "",
    "## Signs that a row may name",
    "",
    ...Object.entries(signs).map(([name, what]) => `- ${name}: ${what}`),
    "",
    "## Rules that have other names here",
    "",
    "A severity rule that is not in this list is the row of its name.",
    "",
    ...Object.entries(rules).map(([name, what]) => `- ${name}: ${what}`),
    "",
    "## What is said",
    "",
    ...said,
  ].join("\n");
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  const { decisions } = await compileContent(readContentFiles(join(root, "content", "en")));
  writeFileSync(join(root, "docs", "decisions-table.md"), decisionsPage(decisions));
}

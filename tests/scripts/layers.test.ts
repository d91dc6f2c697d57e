import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { layerProblems } from "../../scripts/architecture/layers.ts";

/** What the check says of a tree that has just this file. */
async function rulesBrokenBy(file: string, code: string): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), "unknot-layers-"));
  for (const folder of ["src", "dialogs", "scripts"]) mkdirSync(join(root, folder));
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), code);
  const { problems } = await layerProblems(root, ["src", "dialogs", "scripts"]);
  return problems.filter(({ from }) => from === file).map(({ rule }) => rule);
}

const required = (name: string) =>
  `import { createRequire } from "node:module";\nexport const x = createRequire(import.meta.url)("${name}");\n`;

describe("the layers", { timeout: 60_000 }, () => {
  it("let only src/understanding have natural, also when it is required by a part of its path", async () => {
    const broken = await rulesBrokenBy(
      "src/channels/terminal/lines.ts",
      required("natural/lib/natural/stemmers/porter_stemmer.js"),
    );
    expect(broken).toContain("natural-in-understanding");
    expect(await rulesBrokenBy("src/understanding/stem.ts", required("natural/lib/natural/stemmers/porter_stemmer.js"))).toEqual(
      [],
    );
  });

  it("let src/understanding require nothing that is another's", async () => {
    expect(await rulesBrokenBy("src/understanding/stem.ts", required("pg"))).toContain("drivers-in-store");
  });

  it.each(["node:module", "module"])("let nobody else make a require of their own: %s", async (name) => {
    const code = `import { createRequire } from "${name}";\nconst load = createRequire("/");\nexport const x = load("na" + "tural");\n`;
    expect(await rulesBrokenBy("src/turns/turns.ts", code)).toContain("require-in-understanding");
    expect(await rulesBrokenBy("dialogs/turn.ts", code)).toContain("conversation-is-pure");
  });
});

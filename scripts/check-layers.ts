import { layerProblems } from "./architecture/layers.ts";

/** `npm run check:layers`: imports run one way. A cruise that saw nothing would pass on anything, so it must see the code. */
const LEAST_MODULES = 100;

const { problems, own, seen } = await layerProblems(process.cwd(), ["src", "dialogs", "scripts"]);
for (const { from, to, rule, why } of problems) process.stderr.write(`${from} → ${to}\n  ${rule}: ${why}\n`);
if (own < LEAST_MODULES) {
  process.stderr.write(
    `only ${own} modules were seen of at least ${LEAST_MODULES}: the check looks at nothing. Mend dependency-cruiser.config.mjs.\n`,
  );
}
process.stdout.write(`layers: ${own} modules, ${seen} with what they import, ${problems.length} violations\n`);
process.exitCode = problems.length > 0 || own < LEAST_MODULES ? 1 : 0;

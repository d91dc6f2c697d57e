import { cruise } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";

/** `npm run check:layers`: imports run one way. A cruise that saw nothing would pass on anything, so it must see the code. */
const LEAST_MODULES = 100;

const { forbidden, options } = await extractConfig("./dependency-cruiser.config.mjs");
const { output } = await cruise(
  ["src", "dialogs", "scripts"],
  { ...options, validate: true, ruleSet: { forbidden } },
  undefined,
  { tsConfig: extractTsConfig("tsconfig.json") },
);
if (typeof output === "string") throw new Error("dependency-cruiser gave text instead of a result");
const { violations, totalCruised } = output.summary;
for (const { from, to, rule } of violations) {
  const why = forbidden?.find(({ name }) => name === rule.name)?.comment ?? "";
  process.stderr.write(`${from} → ${to}\n  ${rule.name}: ${why}\n`);
}
const own = output.modules.filter(({ source }) => /^(src|dialogs)\//.test(source)).length;
if (own < LEAST_MODULES) {
  process.stderr.write(
    `only ${own} modules were seen of at least ${LEAST_MODULES}: the check looks at nothing. Mend dependency-cruiser.config.mjs.\n`,
  );
}
process.stdout.write(`layers: ${own} modules, ${totalCruised} with what they import, ${violations.length} violations\n`);
process.exitCode = violations.length > 0 || own < LEAST_MODULES ? 1 : 0;

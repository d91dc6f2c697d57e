import { join } from "node:path";
import { cruise, type IFlattenedRuleSet, type IModule } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { packageName, requiredModules } from "./required.ts";

export interface LayerProblem {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly why: string;
}

export interface Layers {
  readonly problems: readonly LayerProblem[];
  /** Modules of the program itself, and all that were seen. */
  readonly own: number;
  readonly seen: number;
}

type Rule = NonNullable<IFlattenedRuleSet["forbidden"]>[number];

/** Holds the imports of the tree in `root` against dependency-cruiser.config.mjs, those by `createRequire` too. */
export async function layerProblems(root: string, folders: readonly string[]): Promise<Layers> {
  const { forbidden = [], options } = await extractConfig("./dependency-cruiser.config.mjs");
  const { output } = await cruise(
    [...folders],
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden } },
    undefined,
    { tsConfig: extractTsConfig("tsconfig.json") },
  );
  if (typeof output === "string") throw new Error("dependency-cruiser gave text instead of a result");
  const { violations, totalCruised } = output.summary;
  const whyOf = (name: string) => forbidden.find((rule) => rule.name === name)?.comment ?? "";
  const imported = violations.map(({ from, to, rule: { name } }) => ({ from, to, rule: name, why: whyOf(name) }));
  const own = output.modules.filter(({ source }) => /^(src|dialogs)\//.test(source));
  const files = output.modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)));
  const required = files.flatMap((file) => requiredProblems(root, file, forbidden));
  return { problems: [...imported, ...required], own: own.length, seen: totalCruised };
}

/** Which packages a file may not load, however it loads them. */
function requiredProblems(root: string, { source }: IModule, rules: readonly Rule[]): LayerProblem[] {
  return requiredModules(join(root, source)).flatMap((module) => {
    const to = `node_modules/${packageName(module)}/`;
    return rules
      .filter((rule) => forbids(rule, source, to))
      .map(({ name = "", comment = "" }) => ({ from: source, to: module, rule: name, why: comment }));
  });
}

/** Whether a rule that names paths forbids this one. */
function forbids(rule: Rule, from: string, to: string): boolean {
  const fits = (pattern: unknown, path: string) => typeof pattern === "string" && RegExp(pattern).test(path);
  const source = rule.from as { readonly path?: string; readonly pathNot?: string };
  const target = ("to" in rule ? rule.to : {}) as { readonly path?: string };
  return (source.path === undefined || fits(source.path, from)) && !fits(source.pathNot, from) && fits(target.path, to);
}

/** What imports what, read from the code itself, gathered by the parts that docs/architecture.md names. */
import { cruise, type IModule } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { packageName, requiredModules } from "./required.ts";

/** Parts of the program; the first pattern that fits a file names its part. */
const PARTS = [
  { name: "care", path: /^src\/care\// },
  { name: "understanding", path: /^src\/understanding\// },
  { name: "dialogs", path: /^dialogs\// },
  { name: "store", path: /^src\/store\// },
  { name: "turns", path: /^src\/turns\// },
  { name: "channels", path: /^src\/channels\// },
  { name: "server", path: /^src\/server\.ts$/ },
  { name: "ground", path: /^src\/(errors|config|setting-reader|hand-off-settings|loopback|request-id)\.ts$/ },
  { name: "composition", path: /^src\/(telemetry\/)?[^/]+\.ts$/ },
  { name: "web", path: /^web\// },
] as const;
export type Part = (typeof PARTS)[number]["name"];

export interface Import {
  readonly from: Part;
  readonly to: Part;
  /** No file imports more than types: at run time there is nothing. */
  readonly typesOnly: boolean;
}

export interface Imports {
  readonly between: readonly Import[];
  /** The npm packages that each part loads. */
  readonly packages: ReadonlyMap<Part, readonly string[]>;
  /** The folders inside a part, sorted. */
  readonly folders: ReadonlyMap<Part, readonly string[]>;
}

/** @throws Error when no file of a part is found: then the patterns above are out of date */
export async function readImports(): Promise<Imports> {
  const { options } = await extractConfig("./dependency-cruiser.config.mjs");
  const { output } = await cruise(["src", "dialogs", "web"], { ...options }, undefined, {
    tsConfig: extractTsConfig("tsconfig.json"),
  });
  if (typeof output === "string") throw new Error("dependency-cruiser gave text instead of a result");
  const own = output.modules.filter(({ source }) => partOf(source) !== null);
  for (const { name } of PARTS) {
    if (!own.some(({ source }) => partOf(source) === name)) throw new Error(`no file belongs to the part "${name}"`);
  }
  return { between: importsOf(own), packages: packagesOf(own), folders: foldersOf(own) };
}

function partOf(path: string): Part | null {
  return PARTS.find((part) => part.path.test(path))?.name ?? null;
}

function importsOf(modules: readonly IModule[]): readonly Import[] {
  const found = new Map<string, Import>();
  for (const { source, dependencies } of modules) {
    const from = partOf(source);
    for (const { resolved, dependencyTypes } of dependencies) {
      const to = partOf(resolved);
      if (from === null || to === null || from === to) continue;
      const key = `${from} ${to}`;
      const typesOnly = dependencyTypes.includes("type-only") && (found.get(key)?.typesOnly ?? true);
      found.set(key, { from, to, typesOnly });
    }
  }
  return [...found.values()].sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`));
}

function packagesOf(modules: readonly IModule[]): ReadonlyMap<Part, readonly string[]> {
  const found = new Map<Part, Set<string>>(PARTS.map(({ name }) => [name, new Set<string>()]));
  for (const { source, dependencies } of modules) {
    const names = found.get(partOf(source) as Part);
    for (const { module, dependencyTypes } of dependencies) {
      if (dependencyTypes.includes("npm")) names?.add(packageName(module));
    }
    for (const module of requiredModules(source)) names?.add(packageName(module));
  }
  return new Map([...found].map(([part, names]) => [part, [...names].sort()]));
}

function foldersOf(modules: readonly IModule[]): ReadonlyMap<Part, readonly string[]> {
  const found = new Map<Part, Set<string>>();
  for (const { source } of modules) {
    const part = partOf(source);
    const folder = /^(?:dialogs|src\/channels)\/([^/]+)\//.exec(source)?.[1];
    if (part === null || folder === undefined) continue;
    found.set(part, (found.get(part) ?? new Set()).add(folder));
  }
  return new Map([...found].map(([part, names]) => [part, [...names].sort()]));
}

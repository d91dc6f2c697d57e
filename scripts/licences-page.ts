import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `npm run licences`: writes docs/decisions/licences.md, every package of a production install with its licence, and their size. */
interface Package {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Where npm puts it. */
  readonly folder: string;
  /** Left out by `npm ci --omit=optional`. */
  readonly optional: boolean;
}

const root = join(import.meta.dirname, "..");
const PAGE = join(root, "docs", "decisions", "licences.md");
/** Their package.json names none; this is what their own pages say. */
const TOLD: Readonly<Record<string, string>> = { "escape-regexp-component": "MIT", sylvester: "MIT" };

/** What a production install holds, by the lock file. @throws Error for a package whose licence is not known */
export function productionPackages(): readonly Installed[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, Package>>;
  };
  return Object.entries(packages)
    .filter(([folder, { dev }]) => folder !== "" && dev !== true)
    .map(([folder, { version, license, optional }]) => {
      const name = folder.split("node_modules/").at(-1) ?? folder;
      const licence = license ?? TOLD[name];
      if (licence === undefined) throw new Error(`${name} names no licence: look it up and add it to TOLD`);
      return { name, version, licence, folder, optional: optional === true };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
}

/** Megabytes of the packages that are installed here: all, and without the optional ones, which are Node itself most of all. */
export function installSize(packages: readonly Installed[]): { readonly all: number; readonly needed: number } {
  const sizes = packages.map(({ folder, optional }) => ({ optional, bytes: bytesOf(join(root, folder)) }));
  const sum = (of: typeof sizes) => Math.round(of.reduce((total, { bytes }) => total + bytes, 0) / 1e6);
  return { all: sum(sizes), needed: sum(sizes.filter(({ optional }) => !optional)) };
}

function bytesOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .reduce((total, entry) => {
      const path = join(folder, entry.name);
      return total + (entry.isDirectory() ? bytesOf(path) : entry.isFile() ? statSync(path).size : 0);
    }, 0);
}

export function licencesPage(packages: readonly Installed[], size: { readonly all: number; readonly needed: number }): string {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence);
  const counts = [...byLicence].sort(([, a], [, b]) => b.length - a.length);
  return [
    "# Packages of a production install",
    "",
    `Written by \`npm run licences\` from \`package-lock.json\`: ${packages.length} packages. Why we have those that we name ourselves:`,
    "[dependencies.md](dependencies.md). `npm run --silent sbom > sbom.json` writes the same as CycloneDX.",
    "",
    `\`npm ci --omit=dev\` takes ${size.all} MB on Linux x64; with \`--omit=optional\`, as the container has it, ${size.needed} MB: the rest is Node itself.`,
    "",
    "| licence | packages |",
    "| --- | --- |",
    ...counts.map(([licence, all]) => `| ${licence} | ${all.length} |`),
    "",
    "| package | version | licence |",
    "| --- | --- | --- |",
    ...packages.map(
      ({ name, version, licence, optional }) => `| ${name}${optional ? " (optional)" : ""} | ${version} | ${licence} |`,
    ),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const packages = productionPackages();
  writeFileSync(PAGE, licencesPage(packages, installSize(packages)));
}

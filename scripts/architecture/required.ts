import { readFileSync } from "node:fs";

/** A module loaded by `createRequire`, which dependency-cruiser does not see. */
const REQUIRED = /\b(?:require|createRequire\(import\.meta\.url\))\(\s*["'`]([^"'`.][^"'`]*)/g;

/** The modules that a file loads by `createRequire`, as they are written there. */
export function requiredModules(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(REQUIRED)].map(([, module = ""]) => module);
}

/** "@scope/name/part.js" → "@scope/name". */
export function packageName(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { UserError } from "../src/errors.ts";

const root = join(import.meta.dirname, "..");
const source = join(root, "web");
const target = join(source, "dist");
/** Each becomes one file: the widget, what the page at "/" adds to it, and its service worker. */
const SCRIPTS = ["widget", "page", "sw"];
/** Served as they are. */
const PLAIN = ["index.html", "page.css", "favicon.svg"];

/** To esbuild a style sheet in a template is text, which it leaves alone; comments and indentation in it are of no use. */
const SMALL_STYLES: Plugin = {
  name: "small-styles",
  setup: (build) =>
    build.onLoad({ filter: /[\\/]web[\\/]styles[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replace(/\/\*.*?\*\//gs, "")
        .replace(/\n\s+/g, "\n"),
      loader: "ts",
    })),
};

/** Bundles the widget and lays the page beside it, when something changed. esbuild is not there in production: then it must be built. */
export async function buildWeb(): Promise<void> {
  const built = SCRIPTS.every((name) => existsSync(join(target, `${name}.js`)));
  if (built && statSync(join(target, "widget.js")).mtimeMs > newest(source)) return;
  const esbuild = await import("esbuild").catch(() => null);
  if (esbuild === null) {
    if (built) return;
    throw new UserError(
      "web-not-built",
      "web/dist is missing. Run npm ci with the development dependencies and npm run build first.",
    );
  }
  mkdirSync(target, { recursive: true });
  await esbuild.build({
    entryPoints: SCRIPTS.map((name) => join(source, `${name}.ts`)),
    outdir: target,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "safari16.4"],
    legalComments: "none",
    plugins: [SMALL_STYLES],
    logLevel: "error",
  });
  for (const file of PLAIN) cpSync(join(source, file), join(target, file));
}

function newest(folder: string): number {
  const times = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(target))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(0, ...times);
}

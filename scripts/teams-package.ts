import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneLine } from "../src/errors.ts";
import { readOptions } from "../teams/options.ts";
import { packageOf } from "../teams/package.ts";

/** `npm run teams:package -- --app-id … --domain …` writes the zip that is uploaded to Teams. */
try {
  const own = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as { version: string };
  const options = readOptions(process.argv.slice(2), own.version);
  const bytes = await packageOf(options);
  writeFileSync(options.out, bytes);
  process.stdout.write(`${resolve(options.out)} (${bytes.length} bytes), app ${options.catalogId} ${options.version}\n`);
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

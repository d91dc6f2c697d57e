import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

// `npm start`: the page is built when its sources are newer, then the server starts. What was compiled is kept beside what was
// learned, so that the next start neither compiles nor reads TypeScript: half the time and 25 MB. This file stands before the
// cache, so it is plain JavaScript: for a single one of TypeScript the whole compiler would be loaded.
if (existsSync(".env")) process.loadEnvFile();
enableCompileCache(join(process.env["CACHE_DIR"] || ".cache", "compiled"));
const { oneLine } = await import("../src/errors.ts");
try {
  const { buildWeb } = await import("./build-web.ts");
  await buildWeb();
  await import("../src/main.ts");
  // Now, for the end may come as a kill.
  flushCompileCache();
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

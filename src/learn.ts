import { readContentFiles } from "./care/load-content.ts";
import { readContentConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { UserError } from "./errors.ts";
import { buildKnowledge, keepKnowledge } from "./understanding/knowledge.ts";

/** Run by src/load.ts, or by `npm run learn` to fill the cache beforehand: learn.ts <content folder> <cache folder>. */
const [givenContent, givenCache] = process.argv.slice(2);
try {
  const set = readContentConfig(environment());
  const contentFolder = givenContent ?? set.contentFolder;
  const cacheFolder = givenCache ?? set.cacheFolder;
  const files = readContentFiles(contentFolder);
  keepKnowledge(files, cacheFolder, await buildKnowledge(files));
} catch (error) {
  const text = error instanceof UserError ? error.message : String(error);
  if (process.send === undefined) process.stderr.write(`${text}\n`);
  else process.send(text);
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}

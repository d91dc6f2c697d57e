import { join } from "node:path";
import { readContentFiles } from "../../src/care/load-content.ts";
import { type Knowledge, openKnowledge, readKnowledge } from "../../src/understanding/knowledge.ts";

const root = join(import.meta.dirname, "..", "..");
export const CONTENT_FOLDER = join(root, "content", "en");
export const CACHE_FOLDER = join(root, ".cache");

/** The real content and the real models, as `prepare.ts` had them learned. */
export function knowledge(): Knowledge {
  const bytes = readKnowledge(readContentFiles(CONTENT_FOLDER), CACHE_FOLDER);
  if (bytes === null) throw new Error("the content changed while the tests ran");
  return openKnowledge(bytes);
}

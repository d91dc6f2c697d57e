import { readContentFiles } from "./care/load-content.ts";
import { buildKnowledge, keepKnowledge, type Knowledge, openKnowledge, readKnowledge } from "./understanding/knowledge.ts";

/**
 * The knowledge of the content folder: from the cache when it fits, otherwise built (some ten seconds) and kept.
 * @param tell told what takes long
 */
export async function loadKnowledge(contentFolder: string, cacheFolder: string, tell: (what: string) => void): Promise<Knowledge> {
  const files = readContentFiles(contentFolder);
  const kept = readKnowledge(files, cacheFolder);
  if (kept !== null) return openKnowledge(kept);
  tell("learning from the content, once; this takes some ten seconds");
  const built = await buildKnowledge(files);
  try {
    keepKnowledge(files, cacheFolder, built);
  } catch (error) {
    tell(`cannot keep what was learned in ${cacheFolder}: ${(error as Error).message}`);
  }
  return openKnowledge(built);
}

import { fork } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContentFiles } from "./care/content.ts";
import { readContentFiles } from "./care/load-content.ts";
import { UserError } from "./errors.ts";
import { type Knowledge, openKnowledge, readKnowledge } from "./understanding/knowledge.ts";

/**
 * The knowledge of the content folder: from the cache when it fits, otherwise learned first (half a minute).
 * @param tell told what takes long
 * @throws UserError content-invalid
 */
export function loadKnowledge(
  contentFolder: string,
  cacheFolder: string,
  tell: (what: string) => void,
): Knowledge | Promise<Knowledge> {
  const files = readContentFiles(contentFolder);
  const kept = readKnowledge(files, cacheFolder);
  if (kept !== null) return openKnowledge(kept);
  tell("learning from the content; this takes half a minute, once for each version of it");
  const problem = problemOfWriting(cacheFolder);
  if (problem === null) return learn(files, cacheFolder);
  tell(`cannot write to CACHE_DIR ${cacheFolder} (${problem}); what is learned is learned anew at each start`);
  return learnApart(files);
}

/** Learning happens in a process of its own: the server answers meanwhile, and the memory it takes is given back. */
async function learn(files: ContentFiles, cacheFolder: string): Promise<Knowledge> {
  const problem = await new Promise<string | null>((resolve, reject) => {
    // With Node's own settings: what keeps the server small would make learning slow.
    const child = fork(join(import.meta.dirname, "learn.ts"), [files.folder, cacheFolder], { execArgv: [] });
    let told: string | null = null;
    child.on("message", (message) => {
      told = String(message);
    });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code === 0 ? null : (told ?? `learning ended with code ${code}`)));
  });
  if (problem !== null) throw new UserError("content-invalid", problem);
  const bytes = readKnowledge(files, cacheFolder);
  if (bytes === null) throw new UserError("content-invalid", "the content changed while it was learned; start again");
  return openKnowledge(bytes);
}

/**
 * Where the cache cannot be written: in a folder of its own, gone afterwards. One of a known name could be made first by another
 * user of the machine, who would then say what the bot knows.
 */
async function learnApart(files: ContentFiles): Promise<Knowledge> {
  const folder = mkdtempSync(join(tmpdir(), "unknot-"));
  try {
    return await learn(files, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null when the folder can be written to; it is made where it is not there. */
function problemOfWriting(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

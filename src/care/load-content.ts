import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { Content, ContentFiles } from "./content.ts";

const TRAINING_FOLDERS = ["intents", "triage"];
/** Holds the signatures. Were it part of what is signed, a signature would undo itself. */
const SIGNATURES = "sign-off.yaml";

export function readContentFiles(folder: string): ContentFiles {
  let paths: string[];
  try {
    paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml"))
      .sort();
  } catch (error) {
    throw new UserError(
      "content-invalid",
      `cannot read the content folder ${folder}: ${(error as Error).message}. Set CONTENT_DIR to one that is there.`,
    );
  }
  const files = paths.map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, path), "utf8") }));
  return {
    folder,
    files,
    trainingVersion: hash(files),
    version: hash(files.filter(({ path }) => isReviewable(path.split("/")[0] as string))),
  };
}

function isReviewable(place: string): boolean {
  return place !== SIGNATURES && !TRAINING_FOLDERS.includes(place);
}

function hash(files: readonly { path: string; text: string }[]): string {
  const sum = createHash("sha256");
  for (const { path, text } of files) sum.update(path).update("\0").update(text).update("\0");
  return sum.digest("hex").slice(0, 16);
}

/**
 * Parses and validates the content of one language. The YAML parser and the schemas are loaded only here: a start
 * from the cache does without them.
 * @throws UserError content-invalid, naming the file, the place and what to mend
 */
export async function compileContent(source: ContentFiles): Promise<Content> {
  const { parseContent } = await import("./parse-content.ts");
  return parseContent(source);
}

import { loadKnowledge } from "../../src/load.ts";
import { CACHE_FOLDER, CONTENT_FOLDER } from "./knowledge.ts";

/** Learns from the content once, before any test needs it. */
export default async function prepare(): Promise<void> {
  await loadKnowledge(CONTENT_FOLDER, CACHE_FOLDER, (what) => process.stdout.write(`${what}\n`));
}

import { createInterface } from "node:readline";
import { understandingLine } from "./channels/terminal/understanding-line.ts";
import { readContentConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { oneLine } from "./errors.ts";
import { loadKnowledge } from "./load.ts";

/** `npm run understand`: a text a line in, what it says as JSON a line out. */
async function main(): Promise<void> {
  const tell = (text: string) => process.stderr.write(`unknot: ${text}\n`);
  const { contentFolder, cacheFolder } = readContentConfig(environment());
  const { understand } = await loadKnowledge(contentFolder, cacheFolder, tell);
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    process.stdout.write(`${JSON.stringify(understandingLine(text, understand(text)))}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

/** `node scripts/pictures/draw.ts [id …]`: draws the pictures the content asks for into content/pictures (all, if no id is given). */
import { mkdirSync, writeFileSync } from "node:fs";
import { drawn, raster } from "./drawn.ts";
import { picturesOf } from "./ids.ts";

const wanted = process.argv.slice(2);
const alts = picturesOf("content/en");
const unknown = wanted.filter((id) => !alts.has(id));
if (unknown.length > 0) throw new Error(`no stretch or exercise in content/en/areas has the id ${unknown.join(", ")}`);

mkdirSync("content/pictures/png", { recursive: true });
const ids = wanted.length > 0 ? wanted : [...alts.keys()];
const failed: string[] = [];
for (const id of ids) {
  try {
    const svg = drawn(id, alts.get(id) ?? "");
    writeFileSync(`content/pictures/${id}.svg`, svg);
    writeFileSync(`content/pictures/png/${id}.png`, raster(svg));
  } catch (error) {
    failed.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.stdout.write(`${ids.length - failed.length} of ${ids.length} pictures drawn\n`);
if (failed.length > 0) {
  process.stderr.write(`${failed.join("\n")}\n`);
  process.exitCode = 1;
}

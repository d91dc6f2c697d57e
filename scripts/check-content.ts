import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { publicTexts, upkeepMistakes, wordingMistakes } from "../src/care/wording.ts";
import { readContentConfig } from "../src/config.ts";
import { environment } from "../src/environment.ts";
import { oneLine } from "../src/errors.ts";

/** `npm run check:content`: the content is complete, in plain words, and within the wording limits. */
try {
  const content = await compileContent(readContentFiles(readContentConfig(environment()).contentFolder));
  const mistakes = [...wordingMistakes(content), ...upkeepMistakes(content, new Date().toISOString().slice(0, 10))];
  for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
  process.stdout.write(`content: ${publicTexts(content).length} texts, ${mistakes.length} to mend\n`);
  if (mistakes.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

import { readContentFiles } from "../src/care/load-content.ts";
import { readContentConfig } from "../src/config.ts";
import { environment } from "../src/environment.ts";
import { oneLine } from "../src/errors.ts";

/** `npm run --silent content-version`: what a reviewer signs in content/en/sign-off.yaml. */
try {
  process.stdout.write(`${readContentFiles(process.argv[2] ?? readContentConfig(environment()).contentFolder).version}\n`);
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

import { oneLine } from "../src/errors.ts";
import { buildWeb } from "./build-web.ts";

/** `npm run build`: the page and the models, so that a server without development packages finds them. */
try {
  await buildWeb();
  await import("../src/learn.ts");
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

import { oneLine } from "../src/errors.ts";
import { buildWeb } from "./build-web.ts";

/** `npm start`: the page is built when its sources are newer, then the server starts. */
try {
  await buildWeb();
  await import("../src/main.ts");
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

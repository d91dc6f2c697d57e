import { openPostgresStore } from "../src/store/postgres.ts";
import { perSecondTogether, turnsOf } from "./load.ts";

/** One process of `bench/scale.ts`: warms up, says so, waits for the word, measures, tells the turns a second. */
const [url = "", turns = "600"] = process.argv.slice(2);
const store = await openPostgresStore({ url, connections: 10, failed: () => {} });
const run = await turnsOf(store, 0, Number(turns));
await run();
process.send?.("ready");
await new Promise((resolve) => process.once("message", resolve));
process.send?.(perSecondTogether(await run()));
await store.close();
process.disconnect();

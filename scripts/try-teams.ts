import { startTrial } from "./try-teams/playground.ts";

/**
 * `npm run try:teams`: the bot in Microsoft 365 Agents Playground, a simulator of Teams for the browser, on this machine alone.
 * npx fetches the Playground the first time. Control-C ends both.
 */
const port = (name: string, standard: number): number => Number(process.env[name] ?? standard);

const trial = await startTrial({ bot: port("PORT", 3978), playground: port("PLAYGROUND_PORT", 56150) });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, trial.stop);
process.stdout.write(`Open ${trial.address} in a browser. Control-C ends it.\n`);
await trial.ended;
trial.stop();

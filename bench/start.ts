import { cpSync, rmSync } from "node:fs";
import { buildWeb } from "../scripts/build-web.ts";
import { createClient } from "./client.ts";
import { atMost, type Suite } from "./figures.ts";
import { interleaved, median, ratio } from "./measure.ts";
import { CACHE, START } from "./servers.ts";
import { bestKnowledge, run, temporaryFolder } from "./support.ts";

const ROUNDS = 5;

/** From the start of the process to listening, and to the first message that is answered; with what was learned, and without. */
export async function benchStart(): Promise<Suite> {
  await bestKnowledge();
  await buildWeb();
  const kept = temporaryFolder();
  cpSync(CACHE, kept, { recursive: true });
  const of = await interleaved(
    {
      listening: () => listening({ CACHE_DIR: kept }),
      web: () => answered(START, { CACHE_DIR: kept }, "web"),
      bot: () => answered(START, { CACHE_DIR: kept }, "bot"),
      echo: () => answered("bench/peers/echo.ts", {}, "bot"),
    },
    ROUNDS,
  );
  const empty = temporaryFolder();
  const learning = await listening({ CACHE_DIR: empty });
  for (const folder of [kept, empty]) rmSync(folder, { recursive: true, force: true });
  const beside = (name: string) => [{ peer: "CloudAdapter echo", times: ratio(of(name), of("echo")) }];
  const first = median(of("web"));
  return {
    title: "Start, from the process",
    figures: [
      { what: "to listening", value: median(of("listening")), unit: "ms" },
      {
        what: "to the first answer in the web chat",
        value: first,
        unit: "ms",
        beside: beside("web"),
        goal: atMost(first, 1000, "ms"),
      },
      { what: "to the first answer to Azure", value: median(of("bot")), unit: "ms", beside: beside("bot") },
      { what: "CloudAdapter echo, to its first answer", value: median(of("echo")), unit: "ms" },
      { what: "to listening, all to be learned", value: learning, unit: "ms", goal: atMost(learning, 3000, "ms") },
    ],
  };
}

async function listening(env: Readonly<Record<string, string>>): Promise<number> {
  const server = await run(START, env);
  await server.stop();
  return server.millisecondsToListen;
}

async function answered(program: string, env: Readonly<Record<string, string>>, how: "web" | "bot"): Promise<number> {
  const began = performance.now();
  const server = await run(program, env);
  const client = createClient();
  await client[how](server, 0);
  const milliseconds = performance.now() - began;
  client.close();
  await server.stop();
  return milliseconds;
}

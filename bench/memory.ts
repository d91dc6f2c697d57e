import { createClient, rateOf } from "./client.ts";
import { atMost, type Figure, type Suite } from "./figures.ts";
import { runEcho, runOurs, runWaterfall } from "./servers.ts";
import type { Running } from "./support.ts";

/** Resident memory at rest and with many conversations that are under way, two messages in each. */
export async function benchMemory(dialogs: string | null, conversations: number): Promise<Suite> {
  const [ours, echo, waterfall] = await Promise.all([runOurs(), runEcho(), runWaterfall(dialogs)]);
  const client = createClient();
  try {
    const peers = { "CloudAdapter echo": echo, ...(waterfall === null ? {} : { "core-bot waterfall": waterfall }) };
    const before = await sizes({ ours, ...peers });
    const beside = (of: (name: string) => number) => Object.keys(peers).map((peer) => ({ peer, times: of("ours") / of(peer) }));
    await rateOf(2 * conversations, (at) => client.web(ours, at >> 1));
    for (const peer of Object.values(peers)) await rateOf(2 * conversations, (at) => client.bot(peer, at >> 1));
    const after = await sizes({ ours, ...peers });
    const count = conversations.toLocaleString("en");
    const atRest = (name: string) => before.get(name) ?? Number.NaN;
    const full = (name: string) => after.get(name) ?? Number.NaN;
    const figure = (what: string, of: (name: string) => number, most: number): Figure => ({
      what,
      value: of("ours"),
      unit: "MB",
      beside: beside(of),
      goal: atMost(of("ours"), most, "MB"),
    });
    return {
      title: "Resident memory",
      figures: [
        figure("at rest", atRest, 150),
        figure(`with ${count} conversations under way`, full, 250),
        ...Object.keys(peers).flatMap((name): Figure[] => [
          { what: `${name}, at rest`, value: atRest(name), unit: "MB" },
          { what: `${name}, with ${count}`, value: full(name), unit: "MB" },
        ]),
      ],
    };
  } finally {
    client.close();
    await Promise.all([ours.stop(), echo.stop(), waterfall?.stop()]);
  }
}

async function sizes(servers: Readonly<Record<string, Running>>): Promise<ReadonlyMap<string, number>> {
  const all = Object.entries(servers).map(async ([name, server]) => [name, (await server.memory()) / 1e6] as const);
  return new Map(await Promise.all(all));
}

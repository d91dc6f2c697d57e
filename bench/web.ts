import { AT_ONCE, createClient, latencies, rateOf } from "./client.ts";
import { atMost, type Beside, type Figure, type Suite, timesAtLeast } from "./figures.ts";
import { interleaved, median, quantile, ratio } from "./measure.ts";
import { runEcho, runFloor, runOurs, runWaterfall } from "./servers.ts";

const ROUNDS = 9;
/** Until Node has compiled what each of the servers runs often. */
const WARM_UP = 5;
const TURNS_A_ROUND = 400;
const PEOPLE = 64;
const SECONDS = 6;

const FLOOR = "restify echo";
const ECHO = "CloudAdapter echo";
const WATERFALL = "core-bot waterfall";

/** Turns a second over HTTP: our whole turn with SQLite beside restify alone, Microsoft's echo without state, and a waterfall. */
export async function benchWeb(dialogs: string | null): Promise<Suite> {
  const [ours, echo, floor, waterfall] = await Promise.all([runOurs(), runEcho(), runFloor(), runWaterfall(dialogs)]);
  const client = createClient();
  try {
    const web = (at: number) => client.web(ours, at % PEOPLE);
    const peers = { [FLOOR]: floor, [ECHO]: echo, ...(waterfall === null ? {} : { [WATERFALL]: waterfall }) };
    const loads: Record<string, () => Promise<number>> = {
      web: () => rateOf(TURNS_A_ROUND, web),
      expectReplies: () => rateOf(TURNS_A_ROUND, (at) => client.bot(ours, at % PEOPLE)),
    };
    for (const [name, server] of Object.entries(peers))
      loads[name] = () => rateOf(TURNS_A_ROUND, (at) => client.bot(server, at % PEOPLE));
    const of = await interleaved(loads, ROUNDS, WARM_UP);
    const beside = (name: string): Beside[] => Object.keys(peers).map((peer) => ({ peer, times: ratio(of(name), of(peer)) }));
    const turns = (what: string, name: string): Figure => ({
      what,
      value: median(of(name)),
      unit: "turns/s",
      beside: beside(name),
    });
    const toEcho = ratio(of("web"), of(ECHO));
    const half = Math.max(AT_ONCE, median(of("web")) / 2);
    const p99 = quantile(await latencies(half, SECONDS, web), 0.99);
    const theirs = median(of(ECHO)) / 2;
    const echoed = quantile(await latencies(theirs, SECONDS, (at) => client.bot(echo, at % PEOPLE)), 0.99);
    return {
      title: "A turn over HTTP",
      figures: [
        { ...turns("web chat, SQLite", "web"), goal: timesAtLeast(ECHO, toEcho, 1.2) },
        turns("expectReplies, SQLite", "expectReplies"),
        ...Object.keys(peers).map((name): Figure => ({ what: name, value: median(of(name)), unit: "turns/s" })),
        {
          what: "web chat at half of its load, p99",
          value: p99,
          unit: "ms",
          beside: [{ peer: `${ECHO} at half of its`, times: p99 / echoed }],
          goal: atMost(p99, 10, "ms"),
        },
      ],
    };
  } finally {
    client.close();
    await Promise.all([ours.stop(), echo.stop(), floor.stop(), waterfall?.stop()]);
  }
}

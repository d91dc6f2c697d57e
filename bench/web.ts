import { join } from "node:path";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { AT_ONCE, type Client, createClient, latencies, rateOf, SAYINGS } from "./client.ts";
import { atMost, type Beside, type Figure, type Suite, timesAtLeast } from "./figures.ts";
import { interleaved, median, quantile, ratio } from "./measure.ts";
import { runEcho, runFloor, runOurs, runWaterfall } from "./servers.ts";
import { ROOT, type Running } from "./support.ts";

const ROUNDS = 9;
/** Until Node has compiled what each of the servers runs often. */
const WARM_UP = 5;
/** New people in each round, who say all of SAYINGS. */
const PEOPLE = 50;
const TURNS_A_ROUND = PEOPLE * SAYINGS.length;
const SECONDS = 6;

const FLOOR = "restify echo";
const ECHO = "CloudAdapter echo";
const WATERFALL = "core-bot waterfall";

/** Turns a second over HTTP: our whole turn with SQLite beside restify alone, Microsoft's echo without state, and a waterfall. */
export async function benchWeb(dialogs: string | null): Promise<Suite> {
  const [ours, echo, floor, waterfall] = await Promise.all([runOurs(), runEcho(), runFloor(), runWaterfall(dialogs)]);
  const client = createClient();
  const inventive = createClient(await neverTwice());
  try {
    const newcomers = createNewcomers();
    const chatting = async (who: Client) => {
      const turnOf = await newcomers(TURNS_A_ROUND, (person) => who.open(ours, person));
      return await rateOf(TURNS_A_ROUND, (at) => who.web(ours, turnOf(at)));
    };
    const calling = async (server: Running) => {
      const turnOf = await newcomers(TURNS_A_ROUND, null);
      return await rateOf(TURNS_A_ROUND, (at) => client.bot(server, turnOf(at)));
    };
    const peers = { [FLOOR]: floor, [ECHO]: echo, ...(waterfall === null ? {} : { [WATERFALL]: waterfall }) };
    const loads: Record<string, () => Promise<number>> = {
      web: () => chatting(client),
      inventive: () => chatting(inventive),
      expectReplies: () => calling(ours),
    };
    for (const [name, server] of Object.entries(peers)) loads[name] = () => calling(server);
    const of = await interleaved(loads, ROUNDS, WARM_UP);
    const beside = (name: string): Beside[] => Object.keys(peers).map((peer) => ({ peer, times: ratio(of(name), of(peer)) }));
    const turns = (what: string, name: string): Figure => ({
      what,
      value: median(of(name)),
      unit: "turns/s",
      beside: beside(name),
    });
    const toEcho = ratio(of("web"), of(ECHO));
    const p99 = await slowestAtHalf(median(of("web")), async (turns) => {
      const turnOf = await newcomers(turns, (person) => client.open(ours, person));
      return (at) => client.web(ours, turnOf(at));
    });
    const echoed = await slowestAtHalf(median(of(ECHO)), async (turns) => {
      const turnOf = await newcomers(turns, null);
      return (at) => client.bot(echo, turnOf(at));
    });
    return {
      title: "A turn over HTTP",
      figures: [
        { ...turns("web chat, SQLite", "web"), goal: timesAtLeast(ECHO, toEcho, 1.2) },
        turns("web chat, SQLite, no message like another", "inventive"),
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
    inventive.close();
    await Promise.all([ours.stop(), echo.stop(), floor.stop(), waterfall?.stop()]);
  }
}

/** The 99th of a hundred turns, in milliseconds, when half as many come as there can. */
async function slowestAtHalf(most: number, callers: (turns: number) => Promise<(at: number) => Promise<void>>): Promise<number> {
  const perSecond = Math.max(AT_ONCE, most / 2);
  const call = await callers(perSecond * SECONDS);
  return quantile(await latencies(perSecond, SECONDS, call), 0.99);
}

/** Who speaks: people who were not there before, in turn. */
type TurnOf = (at: number) => number;

/** As many people as it takes to say all of it, and their chats, outside of what is measured. */
function createNewcomers(): (turns: number, open: ((person: number) => Promise<unknown>) | null) => Promise<TurnOf> {
  let people = 0;
  return async (turns, open) => {
    const first = people;
    const count = Math.ceil(turns / SAYINGS.length);
    people += count;
    if (open !== null) await rateOf(count, async (at) => void (await open(first + at)));
    return (at) => first + (at % count);
  };
}

/** What people would say that the bot has learned from, each sentence once. */
async function neverTwice(): Promise<() => string> {
  const { intents } = await compileContent(readContentFiles(join(ROOT, "content", "en")));
  const sentences = [...new Set(intents.map(({ text }) => text))];
  // Far apart in the list are other intents and other voices.
  const step = 7919;
  let next = 0;
  return () => sentences[(next++ * step) % sentences.length] as string;
}

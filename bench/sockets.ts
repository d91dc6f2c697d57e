import { WebSocket } from "ws";
import { AT_ONCE, type Chat, createClient, SAYINGS } from "./client.ts";
import type { Suite } from "./figures.ts";
import { interleaved, median, quantile, ratio } from "./measure.ts";
import { runFloor, runOurs } from "./servers.ts";
import type { Running } from "./support.ts";

const CHATS = 200;
const ROUNDS = 7;
const TURNS_A_ROUND = 400;

interface Open {
  /** Posts a message and resolves when the bot's words are on the socket. */
  readonly say: (at: number) => Promise<void>;
  readonly close: () => void;
}

/** Messages to many open chats, from the POST until the answer is on the chat's own WebSocket. */
export async function benchSockets(): Promise<Suite> {
  const [ours, floor] = await Promise.all([runOurs(), runFloor()]);
  const client = createClient();
  const post = client.post;
  try {
    const chats = await openAll((at) => openChat(post, ours, at));
    const bare = await openAll((at) => openBare(post, floor, at));
    const samples: number[] = [];
    const of = await interleaved({ ours: () => sayAll(chats, samples), floor: () => sayAll(bare, []) }, ROUNDS);
    for (const { close } of [...chats, ...bare]) close();
    const all = samples.slice(TURNS_A_ROUND);
    return {
      title: `WebSocket: ${CHATS} open chats, ${AT_ONCE} messages at once`,
      figures: [
        {
          what: "answers on sockets",
          value: median(of("ours")),
          unit: "turns/s",
          beside: [{ peer: "restify and ws alone", times: ratio(of("ours"), of("floor")) }],
        },
        { what: "from POST to socket, p50", value: quantile(all, 0.5), unit: "ms" },
        { what: "from POST to socket, p99", value: quantile(all, 0.99), unit: "ms" },
      ],
    };
  } finally {
    client.close();
    await Promise.all([ours.stop(), floor.stop()]);
  }
}

type Post = ReturnType<typeof createClient>["post"];

async function openAll(open: (at: number) => Promise<Open>): Promise<readonly Open[]> {
  const all: Open[] = [];
  while (all.length < CHATS) all.push(...(await Promise.all(Array.from({ length: 20 }, (_, at) => open(all.length + at)))));
  return all;
}

async function openChat(post: Post, { url }: Running, at: number): Promise<Open> {
  const { token, conversationId } = (await post(`${url}/chat/token`, {})) as Chat;
  const headers = { authorization: `Bearer ${token}` };
  const base = `${url}/v3/directline/conversations`;
  const { streamUrl } = (await post(base, {}, headers)) as { streamUrl: string };
  const activities = `${base}/${conversationId}/activities`;
  const message = (turn: number) => ({ type: "message", text: SAYINGS[(at + turn) % SAYINGS.length] });
  return await listen(streamUrl, '"role":"bot"', (turn) => post(activities, message(turn), headers));
}

async function openBare(post: Post, { url }: Running, at: number): Promise<Open> {
  const message = (turn: number) => ({
    type: "message",
    text: SAYINGS[(at + turn) % SAYINGS.length],
    conversation: { id: `c${at}` },
  });
  return await listen(`${url.replace("http", "ws")}/c${at}`, '"message"', (turn) => post(`${url}/api/messages`, message(turn)));
}

async function listen(url: string, mark: string, send: (turn: number) => Promise<unknown>): Promise<Open> {
  const socket = new WebSocket(url);
  let heard: () => void = () => {};
  socket.on("message", (data) => {
    if (String(data).includes(mark)) heard();
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    say: async (turn) => {
      const answer = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await Promise.all([send(turn), answer]);
    },
    close: () => socket.close(),
  };
}

/** Answers a second. Each chat has one message under way at most. */
async function sayAll(chats: readonly Open[], samples: number[]): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async (first: number) => {
    for (let turn = first; next < TURNS_A_ROUND; turn += AT_ONCE) {
      next++;
      const began = performance.now();
      await chats[turn % chats.length]?.say(turn);
      samples.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => worker(first)));
  return (TURNS_A_ROUND * 1000) / (performance.now() - start);
}

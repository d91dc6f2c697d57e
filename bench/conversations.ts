import { parseArgs } from "node:util";
import { type Bot, startBot } from "../tests/support/bot.ts";
import prepare from "../tests/support/prepare.ts";
import { median, quantile } from "./measure.ts";

/**
 * `node bench/conversations.ts [--conversations 500] [--seconds 20]`: so many web chats at once, each with its own WebSocket and
 * a turn every five seconds. Prints how long a turn takes from its POST until its answer is on the socket, and the memory of a
 * conversation. Server and clients share one process, so both are in the figures.
 */

const { values } = parseArgs({
  options: { conversations: { type: "string", default: "500" }, seconds: { type: "string", default: "20" } },
});
const conversations = Number(values.conversations);
const seconds = Number(values.seconds);
const EVERY = 5_000;
const TALK = ["my left calf is cramping", "none of these", "how long do I hold it?", "done", "4", "a bit better", "ice or heat?"];

interface Chat {
  readonly say: (text: string) => Promise<number>;
  readonly close: () => void;
}

async function json(response: Promise<Response>): Promise<Readonly<Record<string, string>>> {
  return (await (await response).json()) as Record<string, string>;
}

async function begin({ address }: Bot): Promise<Chat> {
  const { token, conversationId } = await json(fetch(`${address}/chat/token`, { method: "POST" }));
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const conversation = `${address}/v3/directline/conversations/${conversationId}`;
  const { streamUrl } = await json(fetch(`${conversation}?watermark=`, { headers }));
  const socket = new WebSocket(streamUrl ?? "");
  let answered: () => void = () => {};
  socket.addEventListener("message", ({ data }) => {
    if (String(data).includes('"role":"bot"')) answered();
  });
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  return {
    say: async (text) => {
      const began = performance.now();
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      const body = JSON.stringify({ type: "message", text, locale: "en-GB" });
      await Promise.all([fetch(`${conversation}/activities`, { method: "POST", headers, body }), answer]);
      return performance.now() - began;
    },
    close: () => socket.close(),
  };
}

async function talk(chat: Chat, first: number, until: number, times: number[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, first));
  for (let turn = 0; performance.now() < until; turn++) {
    const next = performance.now() + EVERY;
    times.push(await chat.say(TALK[turn % TALK.length] ?? ""));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
}

await prepare();
const bot = await startBot();
const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss;
};
const before = memory();
const chats: Chat[] = [];
while (chats.length < conversations) {
  chats.push(...(await Promise.all(Array.from({ length: Math.min(20, conversations - chats.length) }, () => begin(bot)))));
}
const times: number[] = [];
const until = performance.now() + seconds * 1000;
await Promise.all(chats.map((chat, index) => talk(chat, (index / conversations) * EVERY, until, times)));
process.stdout.write(
  `${conversations} conversations, ${times.length} turns in ${seconds} s: p50 ${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, ` +
    `${((memory() - before) / conversations / 1024).toFixed(0)} KB a conversation with its client\n`,
);
for (const chat of chats) chat.close();
await bot.dispose();
process.exit(0);

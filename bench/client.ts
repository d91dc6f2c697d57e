import { Agent, request } from "node:http";
import type { Running } from "./support.ts";

/** Calls servers over kept connections, as their clients do. */
export interface Client {
  /** Opens somebody's web chat, which their first message would do. */
  open(server: Running, person: number): Promise<Chat>;
  /** What the person says next, in the web chat; the replies go out on the stream. */
  web(server: Running, person: number): Promise<void>;
  /** The same as a channel of Azure sends it, answered in the response. */
  bot(server: Running, person: number): Promise<void>;
  post(url: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<unknown>;
  close(): void;
}

/** What everybody says, one after another, and then again. */
export const SAYINGS = ["my calf is cramping", "none", "done", "5", "why?", "better", "what about ice", "it has let go"];
export const AT_ONCE = 8;

export interface Chat {
  readonly token: string;
  readonly conversationId: string;
}

/** @param saying what somebody says in their turn, from 0 */
export function createClient(saying = (turn: number) => SAYINGS[turn % SAYINGS.length] as string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const chats = new Map<string, Chat>();
  const turns = new Map<string, number>();
  let count = 0;
  const post: Client["post"] = (url, body, headers = {}) => postJson(agent, url, body, headers);
  const keyOf = ({ url }: Running, person: number) => `${url} ${person}`;
  const nextOf = (key: string): string => {
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return saying(turn);
  };
  const open: Client["open"] = async (server, person) => {
    const chat = (await post(`${server.url}/chat/token`, {})) as Chat;
    chats.set(keyOf(server, person), chat);
    return chat;
  };
  return {
    post,
    open,
    web: async (server, person) => {
      const key = keyOf(server, person);
      const { token, conversationId } = chats.get(key) ?? (await open(server, person));
      const activity = { type: "message", from: { id: "me" }, text: nextOf(key) };
      await post(`${server.url}/v3/directline/conversations/${conversationId}/activities`, activity, {
        authorization: `Bearer ${token}`,
      });
    },
    bot: async (server, person) => {
      await post(`${server.url}/api/messages`, {
        type: "message",
        id: `b${count++}`,
        text: nextOf(keyOf(server, person)),
        deliveryMode: "expectReplies",
        channelId: "emulator",
        serviceUrl: "http://127.0.0.1:9",
        conversation: { id: `c${person}` },
        from: { id: "me" },
        recipient: { id: "bot" },
      });
    },
    close: () => agent.destroy(),
  };
}

function postJson(agent: Agent, url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const all = { "content-type": "application/json", "content-length": String(bytes.length), ...headers };
    const sent = request(url, { method: "POST", agent, headers: all }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${url}: ${response.statusCode} ${text.slice(0, 200)}`));
        else resolve(text === "" ? null : JSON.parse(text));
      });
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // A kept connection may be closed by the server in the moment in which it is used again.
      const crossed = sent.reusedSocket && error.code === "ECONNRESET";
      if (crossed) resolve(postJson(agent, url, body, headers));
      else reject(error);
    });
    sent.end(bytes);
  });
}

/** Calls a second, so many at once. */
export async function rateOf(calls: number, call: (at: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < calls) await call(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (calls * 1000) / (performance.now() - start);
}

/** Milliseconds of each call when they come at a steady rate, whether the last was answered or not. */
export async function latencies(perSecond: number, seconds: number, call: (at: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const open: Promise<void>[] = [];
  const start = performance.now();
  for (let at = 0; at < perSecond * seconds; ) {
    const due = Math.min(perSecond * seconds, ((performance.now() - start) / 1000) * perSecond);
    for (; at < due; at++) {
      // From when it should have been sent: a server that holds up its clients does not look fast.
      const began = start + (at * 1000) / perSecond;
      open.push(call(at).then(() => void times.push(performance.now() - began)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  return times;
}

import { Agent, request } from "node:http";
import { join } from "node:path";
import { pairs, print } from "./measure.ts";
import { ROOT, type Running, run } from "./support.ts";

const ROUNDS = 7;
const TURNS_A_ROUND = 600;
const AT_ONCE = 8;
const SAYINGS = ["my calf is cramping", "none", "done", "5", "why?", "better", "what about ice", "it has let go"];

/** Turns a second over HTTP: our whole web turn with SQLite beside Microsoft's echo bot without any state. */
export async function benchWeb(): Promise<void> {
  const [ours, echo] = await Promise.all([
    run("src/main.ts", { CACHE_DIR: join(ROOT, ".cache"), LOG_LEVEL: "silent" }, "/readyz"),
    run("bench/echo.ts", {}),
  ]);
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const atRest = await ours.memory();
    const web = () => rate((at) => webTurn(agent, ours, at));
    const replies = () => rate((at) => botTurn(agent, ours, at));
    const echoed = () => rate((at) => botTurn(agent, echo, at));
    await Promise.all([web(), replies(), echoed()]);
    const asWeb = await pairs(ROUNDS, web, echoed);
    const asBot = await pairs(ROUNDS, replies, echoed);
    print("A turn over HTTP", [
      { what: "web chat (Direct Line, SQLite)", value: `${asWeb.first.toFixed(0)} turns/s` },
      { what: "expectReplies (CloudAdapter, SQLite)", value: `${asBot.first.toFixed(0)} turns/s` },
      { what: "CloudAdapter echo, no state", value: `${asWeb.second.toFixed(0)} turns/s` },
      { what: "web chat : echo", value: `${asWeb.ratio.toFixed(2)} times`, target: "≥ 0.7", met: asWeb.ratio >= 0.7 },
      { what: "expectReplies : echo", value: `${asBot.ratio.toFixed(2)} times` },
      { what: "resident memory at rest", value: `${(atRest / 1e6).toFixed(0)} MB`, target: "≤ 200 MB", met: atRest <= 200e6 },
    ]);
    agent.destroy();
  } finally {
    await Promise.all([ours.stop(), echo.stop()]);
  }
}

async function rate(turn: (at: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < TURNS_A_ROUND) await turn(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (TURNS_A_ROUND * 1000) / (performance.now() - start);
}

const tokens = new Map<number, { token: string; conversationId: string }>();
let count = 0;

/** A posted message; its replies are made within the request and go out on the stream. */
async function webTurn(agent: Agent, server: Running, at: number): Promise<void> {
  const person = at % 64;
  let chat = tokens.get(person);
  if (chat === undefined) {
    chat = (await post(agent, `${server.url}/chat/token`, {}, {})) as { token: string; conversationId: string };
    tokens.set(person, chat);
  }
  const activity = { type: "message", from: { id: "me" }, text: SAYINGS[count++ % SAYINGS.length] };
  await post(agent, `${server.url}/v3/directline/conversations/${chat.conversationId}/activities`, activity, {
    authorization: `Bearer ${chat.token}`,
  });
}

async function botTurn(agent: Agent, server: Running, at: number): Promise<void> {
  const id = `b${count++}`;
  const activity = {
    type: "message",
    id,
    text: SAYINGS[count % SAYINGS.length],
    deliveryMode: "expectReplies",
    channelId: "emulator",
    serviceUrl: "http://127.0.0.1:9",
    conversation: { id: `c${at % 64}` },
    from: { id: "me" },
    recipient: { id: "bot" },
  };
  await post(agent, `${server.url}/api/messages`, activity, {});
}

function post(agent: Agent, url: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const sent = request(
      url,
      {
        method: "POST",
        agent,
        headers: { "content-type": "application/json", "content-length": String(bytes.length), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${url}: ${response.statusCode} ${text.slice(0, 200)}`));
          else resolve(text === "" ? null : JSON.parse(text));
        });
      },
    );
    sent.on("error", reject);
    sent.end(bytes);
  });
}

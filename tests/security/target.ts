import { connect } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { createWorld } from "../../dialogs/respond.ts";
import { buildWeb } from "../../scripts/build-web.ts";
import { createBotFramework } from "../../src/channels/bot-framework/bot-framework.ts";
import { createDirectLine } from "../../src/channels/direct-line/direct-line.ts";
import { createTokens } from "../../src/channels/direct-line/tokens.ts";
import { pictureRoutes } from "../../src/channels/http/pictures.ts";
import { readConfig } from "../../src/config.ts";
import { type Patience, startServer } from "../../src/server.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import type { SeenTurn, Turns } from "../../src/turns/port.ts";
import { createTurns, type Mind } from "../../src/turns/turns.ts";
import { knowledge } from "../support/knowledge.ts";

/** The whole server with all its doors, on loopback, with a clock that can be moved on. */
export interface Target {
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  readonly turns: Turns;
  /** What went wrong inside: a test that attacks wants it empty. */
  readonly failures: unknown[];
  readonly seen: SeenTurn[];
  now(): number;
  advance(seconds: number): void;
  close(): Promise<void>;
}

export const SECRET = "a-direct-line-secret-of-the-tests-0123456789";
const KEY = Buffer.from("a key of the security tests");
const root = join(import.meta.dirname, "..", "..");
let mind: Mind | null = null;

/** @param settings by their names in .env.example */
export async function startTarget(
  settings: Readonly<Record<string, string>> = {},
  patience?: Patience,
  store: Store = createMemoryStore(),
): Promise<Target> {
  await buildWeb();
  mind ??= learned();
  const config = readConfig({ DIRECT_LINE_SECRET: SECRET, ...settings });
  const failures: unknown[] = [];
  const seen: SeenTurn[] = [];
  // Each look at it takes a millisecond and nothing else does: how busy the machine is changes no limit and no expiry.
  let time = Date.now();
  const now = () => time++;
  const failed = (error: unknown) => failures.push(error);
  const observer = { turn: (one: SeenTurn) => void seen.push(one), failure: (_: string, error: unknown) => void failed(error) };
  const turns = createTurns({ store, mind: Promise.resolve(mind), observer });
  const directLine = createDirectLine({
    turns,
    store,
    tokens: createTokens(KEY),
    secret: config.directLine.secret,
    limits: config.directLine.limits,
    now,
    report: () => {},
  });
  const azure =
    config.botFramework === null
      ? null
      : createBotFramework({ turns, config: config.botFramework, publicUrl: config.publicUrl, now, failed });
  await azure?.load();
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    origins: config.directLine.origins,
    routes: [...directLine.routes, ...(azure?.routes ?? []), ...pictureRoutes(join(root, "content", "pictures"))],
    upgrade: directLine.upgrade,
    webFolder: join(root, "web", "dist"),
    ready: async () => true,
    metrics: async () => "unknot_up 1\n",
    failed,
    ...(patience === undefined ? {} : { patience }),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    store,
    turns,
    failures,
    seen,
    now,
    advance: (seconds) => {
      time += seconds * 1000;
    },
    close: async () => {
      directLine.close();
      await server.close();
    },
  };
}

function learned(): Mind {
  const { content, understand } = knowledge();
  return { world: createWorld(content, "IE"), understand };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The code of a refusal. */
  readonly code: string | null;
}

export interface Asked {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function ask(target: Target, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { token, body, raw, headers } = asked;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${target.url}${path}`, {
    method,
    headers: {
      ...(sent === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent as string }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
  const parsed = (isJson ? JSON.parse(text) : {}) as Answer["body"];
  const code = (parsed["error"] as { code?: string } | undefined)?.code ?? null;
  return { status: response.status, headers: response.headers, text, body: parsed, code };
}

export interface Chat {
  readonly token: string;
  readonly conversation: string;
  readonly resume: string;
  readonly user: string;
}

export async function beginChat(target: Target, headers: Readonly<Record<string, string>> = {}): Promise<Chat> {
  const { body } = await ask(target, "POST", "/chat/token", { body: { locale: "en-IE" }, headers });
  return {
    token: String(body["token"]),
    conversation: String(body["conversationId"]),
    resume: String(body["resume"]),
    user: String(body["userId"]),
  };
}

export const at = (conversation: string, rest = "") => `/v3/directline/conversations/${conversation}${rest}`;

export async function say(target: Target, { token, conversation }: Chat, activity: unknown): Promise<Answer> {
  return await ask(target, "POST", at(conversation, "/activities"), { token, body: activity });
}

export interface Shown {
  readonly from: { readonly id: string; readonly role: string };
  readonly text: string;
  readonly [part: string]: unknown;
}

/** The whole transcript of a chat. */
export async function transcript(target: Target, { token, conversation }: Chat): Promise<readonly Shown[]> {
  const all: Shown[] = [];
  for (let watermark = "0"; ; ) {
    const { body } = await ask(target, "GET", at(conversation, `/activities?watermark=${watermark}`), { token });
    const page = body["activities"] as Shown[];
    if (page.length === 0) return all;
    all.push(...page);
    watermark = String(body["watermark"]);
  }
}

/** A message of the Bot Framework Emulator, answered in the response. */
export function emulated(text: string, parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: "message",
    channelId: "emulator",
    serviceUrl: "http://127.0.0.1:9",
    deliveryMode: "expectReplies",
    from: { id: "a-person" },
    recipient: { id: "unknot" },
    conversation: { id: "attacked" },
    text,
    ...parts,
  };
}

/** Sends bytes as they are and gives everything that comes back until the server hangs up. */
export async function sendRaw(target: Target, bytes: string | Buffer, milliseconds = 10_000): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(target.port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end after ${milliseconds} ms: ${Buffer.concat(chunks).toString().slice(0, 200)}`));
    }, milliseconds);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks).toString());
    });
    socket.write(bytes);
  });
}

/** The first lines of a request with a body, up to its length. */
export const HEAD = "POST /chat/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

/** For after each attack: nothing failed inside, and the server still answers. */
export async function expectWell(target: Target): Promise<void> {
  expect(target.failures).toEqual([]);
  expect((await ask(target, "GET", "/healthz")).status).toBe(200);
}

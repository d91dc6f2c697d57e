import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HandOffTerms } from "../../dialogs/reply.ts";
import { createWorld } from "../../dialogs/respond.ts";
import { type BotFramework, type BotFrameworkParts, createBotFramework } from "../../src/channels/bot-framework/bot-framework.ts";
import type { Pace } from "../../src/channels/bot-framework/delivery.ts";
import { readConfig } from "../../src/config.ts";
import { type ServerParts, startServer } from "../../src/server.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import type { Turns } from "../../src/turns/port.ts";
import { createTurns, type Mind } from "../../src/turns/turns.ts";
import { knowledge } from "./knowledge.ts";
import { type OpenId, SERVICE_URL } from "./open-id.ts";

/** The bot behind a real HTTP server, with its channels of Azure. */
export interface Bot {
  readonly url: string;
  readonly port: number;
  readonly turns: Turns;
  readonly store: Store;
  /** What went wrong inside, as the logs would have it. */
  readonly failures: unknown[];
  readonly tellClinic: BotFramework["tellClinic"];
  post(activity: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  // The body as the tests look into it.
  readonly body: { activities?: Record<string, unknown>[]; error?: { code: string; message: string } } | null;
}

export interface BotOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly publicUrl?: string;
  readonly store?: Store;
  readonly mind?: Promise<Mind>;
  readonly pace?: Pace;
  readonly now?: () => number;
  readonly server?: Partial<ServerParts>;
  readonly hub?: boolean;
  readonly clinic?: BotFrameworkParts["clinic"];
  /** Puts something beside the channel. */
  readonly beside?: (turns: Turns) => { readonly routes: ServerParts["routes"] };
}

export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const { botFramework: config } = readConfig(options.settings ?? {});
  if (config === null) throw new Error("the Bot Framework is off");
  const failures: unknown[] = [];
  const store = options.store ?? createMemoryStore();
  const mind = options.mind ?? Promise.resolve(testMind());
  const observer = { turn: () => {}, failure: (_: string, error: unknown) => failures.push(error) };
  const turns = createTurns({ store, mind, observer });
  const { routes } = options.beside?.(turns) ?? { routes: [] };
  const channel = createBotFramework({
    turns,
    config,
    publicUrl: options.publicUrl ?? null,
    now: options.now ?? Date.now,
    hub: options.hub ?? false,
    clinic: options.clinic ?? null,
    failed: (error) => failures.push(error),
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  });
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    publicUrl: options.publicUrl ?? null,
    trustProxy: 0,
    origins: [],
    routes: [...channel.routes, ...routes],
    upgrade: () => false,
    webFolder: emptyPage(),
    ready: async () => true,
    metrics: async () => "",
    failed: (error) => failures.push(error),
    ...options.server,
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    port: server.port,
    turns,
    store,
    failures,
    tellClinic: channel.tellClinic,
    post: async (activity, headers = {}) => {
      const response = await fetch(`${url}/api/messages`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: typeof activity === "string" ? activity : JSON.stringify(activity),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: text === "" ? null : JSON.parse(text) };
    },
    close: () => server.close(),
  };
}

let mind: Mind | null = null;

/** The real content and models, read once for each test file. */
export function testMind(handOff: HandOffTerms | null = null): Mind {
  if (mind === null) {
    const { content, understand } = knowledge();
    mind = { world: createWorld(content, "IE"), understand };
  }
  return { ...mind, world: { ...mind.world, handOff } };
}

function emptyPage(): string {
  const folder = mkdtempSync(join(tmpdir(), "unknot-page-"));
  for (const file of ["index.html", "page.css", "widget.js", "page.js", "sw.js", "favicon.svg"])
    writeFileSync(join(folder, file), "");
  return folder;
}

let count = 0;

/** A message of a person in Teams, alone with the bot; what is given replaces its parts. */
export function teamsMessage(text: string, parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  count++;
  return {
    type: "message",
    id: `activity-${count}`,
    timestamp: new Date().toISOString(),
    channelId: "msteams",
    serviceUrl: SERVICE_URL,
    from: { id: "29:person", name: "A Person", aadObjectId: "6b1c7a50-0000-4000-8000-000000000001" },
    recipient: { id: "28:bot", name: "Unknot" },
    conversation: { id: "a:personal-1", conversationType: "personal", tenantId: "99999999-8888-4777-8666-555555555555" },
    locale: "en-IE",
    localTimezone: "Europe/Dublin",
    channelData: { tenant: { id: "99999999-8888-4777-8666-555555555555" } },
    text,
    textFormat: "plain",
    ...parts,
  };
}

/** Headers of a caller that holds a good token. */
export async function signed(openId: OpenId, parts?: Parameters<OpenId["token"]>[0]): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${await openId.token(parts)}` };
}

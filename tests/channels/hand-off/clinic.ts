import { createServer } from "node:http";
import { expect } from "vitest";
import type { Conversation } from "../../../dialogs/conversation.ts";
import { createHandOff } from "../../../src/channels/hand-off/hand-off.ts";
import { sign } from "../../../src/channels/hand-off/signature.ts";
import { createWebhook, type Webhook, type WebhookPace } from "../../../src/channels/hand-off/webhook.ts";
import type { Turns } from "../../../src/turns/port.ts";
import { readState } from "../../../src/turns/state.ts";
import { type Bot, startBot, teamsMessage, testMind } from "../../support/azure-bot.ts";
import { startConnector } from "../../support/connector.ts";
import { bodyOf, listening } from "../../support/loopback.ts";

export const SECRET = "0123456789abcdef0123456789abcdef";
/** After so long a person is told that nobody has taken over. */
export const WAIT = 120_000;
/** Where the talk of the one person here is kept. */
export const KEY = "bf:msteams:a:hand-off:29:person";

export interface Called {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: { id: string; summary: string; facts: Record<string, unknown>; statusUrl: string };
}

/** One person in Teams, and a clinic that takes them over, on a clock that the test moves. */
export interface Clinic {
  readonly bot: Bot;
  /** What the clinic's webhook got. */
  readonly called: readonly Called[];
  /** What the webhook answers, in turn; then 202. */
  answers: number[];
  time: number;
  /** What the person was sent, in the order of arrival. */
  texts(): readonly (string | undefined)[];
  events(): readonly Readonly<Record<string, unknown>>[];
  /** What the bot answers to a message of the person. */
  say(text: string, parts?: object): Promise<string>;
  /** What the clinic's report comes to, and what the person hears of it. */
  report(state: string, id?: string, headers?: Record<string, string>): Promise<{ status: number; said: string }>;
  /** The person asks for a human and agrees. */
  passedOn(): Promise<string>;
  state(): Promise<Conversation["handOff"]>;
  close(): Promise<void>;
}

/** @param hub people are passed on by a hub behind the channel, and not by the webhook */
export async function openClinic({ hub = false } = {}): Promise<Clinic> {
  const called: Called[] = [];
  const webhook = await startWebhook(called, () => clinic.answers.shift() ?? 202);
  const connector = await startConnector();
  const wait = async (milliseconds: number) => {
    clinic.time += milliseconds;
  };
  const { bot, settled } = await startHandingOff(hub ? null : webhook.url, { now: () => clinic.time, wait, random: () => 0.5 });
  const said = async (happens: () => Promise<number>): Promise<{ status: number; said: string }> => {
    const before = connector.texts().length;
    const status = await happens();
    await settled();
    return { status, said: connector.texts().slice(before).join("\n") };
  };
  const clinic: Clinic = {
    bot,
    called,
    answers: [],
    time: Date.parse("2026-01-01T10:00:00Z"),
    texts: connector.texts,
    events: () => connector.posted.flatMap(({ body }) => (body.type === "event" ? [{ ...body }] : [])),
    say: async (text, parts = {}) => {
      const conversation = { id: "a:hand-off", conversationType: "personal" };
      const activity = teamsMessage(text, { conversation, serviceUrl: connector.serviceUrl, ...parts });
      const answer = await said(async () => (await bot.post(activity)).status);
      expect(answer.status).toBe(200);
      return answer.said;
    },
    report: async (state, id = called[0]?.body.id, headers) => {
      const body = JSON.stringify({ id, state });
      const signed = { "Content-Type": "application/json", ...(headers ?? sign(SECRET, body, clinic.time)) };
      return await said(
        async () => (await fetch(`${bot.url}/hand-off/status`, { method: "POST", headers: signed, body })).status,
      );
    },
    passedOn: async () => {
      await clinic.say("my left calf is cramping, about a 5");
      await clinic.say("can I talk to a real person");
      return await clinic.say("yes");
    },
    state: async () => readState((await bot.store.load(KEY, null)).conversation?.state ?? null).conversation.handOff,
    close: async () => {
      await Promise.all([bot.close(), connector.close()]);
      webhook.close();
    },
  };
  return clinic;
}

/** @param url of the webhook; null: a hub behind the channel takes people over */
async function startHandingOff(url: string | null, pace: WebhookPace): Promise<{ bot: Bot; settled: () => Promise<void> }> {
  let settled = async () => {};
  const beside = (turns: Turns): { routes: Webhook["routes"] } => {
    if (url === null) return { routes: [] };
    const { tell, routes } = createWebhook({ turns, url, secret: SECRET, publicUrl: "https://bot.example", pace });
    ({ settled } = createHandOff({ turns, tell, wait: WAIT, now: pace.now, failed: () => {} }));
    return { routes };
  };
  const hub = url === null;
  const bot = await startBot({ mind: Promise.resolve(testMind({ wait: WAIT, hubOnly: hub })), now: pace.now, hub, beside });
  return { bot, settled };
}

async function startWebhook(called: Called[], answer: () => number): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    called.push({ headers: request.headers, text, body: JSON.parse(text) });
    response.statusCode = answer();
    response.end();
  });
  const url = await listening(server);
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `${url}/take-over`, close };
}

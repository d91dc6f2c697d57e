import type { HandOffEvent } from "../../../dialogs/event.ts";
import type { Deliver, Incoming, Outgoing, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readText, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { isSigned, seal, unseal } from "./signature.ts";
import { callWebhook, type Webhook, type WebhookPace } from "./webhook.ts";

export interface HandOffParts {
  readonly turns: Turns;
  readonly webhook: Webhook;
  /** How long the webhook is tried, in milliseconds; then the person is told. */
  readonly wait: number;
  /** Where the receiver reports to; null: it is not told where. */
  readonly publicUrl: string | null;
  readonly pace: WebhookPace;
  readonly failed: (error: unknown) => void;
}

export interface HandOff {
  /** Turns whose hand-offs are called out. */
  readonly turns: Turns;
  readonly routes: readonly Route[];
  /** Resolves when no call is under way any more. */
  settled(): Promise<void>;
}

/** All that is needed to speak to the person later; it travels sealed, inside the id of the hand-off. */
type Ticket = Pick<
  Incoming,
  "conversation" | "channel" | "reference" | "mustDeliver" | "locale" | "timeZone" | "scope" | "reach"
>;

const STATES = ["accepted", "failed", "completed"] as const;
export const STATUS_PATH = "/hand-off/status";

/**
 * Passes people on to a clinic's own system: a signed call with the summary they agreed to, and a signed report back. What
 * cannot be called out counts as failed at once, so that nobody waits for a person who was never told.
 */
export function createHandOff({ turns, webhook, wait, publicUrl, pace, failed }: HandOffParts): HandOff {
  const delivers = new Map<string, Deliver>();
  const running = new Set<Promise<void>>();

  const report = async (ticket: Ticket, id: string, state: HandOffEvent["state"]): Promise<void> => {
    const { conversation, channel, reference } = ticket;
    const what = { kind: "hand-off", state } as const;
    const { replies } = await turns.handle({ ...ticket, activity: `hand-off:${state}:${id}`, what, echo: null, at: pace.now() });
    const unsent = replies.filter(({ pending }) => pending);
    const deliver = delivers.get(channel);
    if (deliver === undefined || replies.length === 0 || (ticket.mustDeliver && unsent.length === 0)) return;
    const outcome = await deliver({ conversation, reference }, ticket.mustDeliver ? unsent : replies);
    await turns.acknowledge(conversation, unsent);
    if (outcome === "gone") await turns.leave(conversation);
  };

  const callOut = async (ticket: Ticket, { sequence, reply }: Outgoing): Promise<void> => {
    if (reply.handOff === undefined) return;
    const id = `${sequence}.${seal(webhook.secret, JSON.stringify(ticket))}`;
    const { summary, facts } = reply.handOff;
    const at = new Date(pace.now()).toISOString();
    const statusUrl = publicUrl === null ? null : `${publicUrl}${STATUS_PATH}`;
    const body = JSON.stringify({ type: "handoff.initiate", id, at, summary, facts, locale: ticket.locale, statusUrl });
    try {
      await callWebhook(webhook, body, pace.now() + wait, pace);
    } catch (error) {
      failed(error);
      await report(ticket, String(sequence), "failed");
    }
  };

  const start = (ticket: Ticket, outgoing: Outgoing): void => {
    const call: Promise<void> = callOut(ticket, outgoing)
      .catch(failed)
      .finally(() => running.delete(call));
    running.add(call);
  };

  const takeStatus = async (call: Call): Promise<void> => {
    const text = await readText(call.request);
    if (!isSigned(webhook.secret, text, call.request.headers, pace.now()))
      throw new HttpError(401, "Unauthorized", "The request is not authorized.");
    const { ticket, sequence, state } = readStatus(text, webhook.secret);
    await report(ticket, sequence, state);
    sendJson(call.response, 200, {});
  };

  return {
    turns: {
      ...turns,
      connect: (channel, deliver, keeping) => {
        delivers.set(channel, deliver);
        turns.connect(channel, deliver, keeping);
      },
      handle: async (incoming) => {
        const handled = await turns.handle(incoming);
        if (!handled.repeated) for (const outgoing of handled.replies) start(ticketOf(incoming), outgoing);
        return handled;
      },
    },
    routes: [{ method: "POST", path: STATUS_PATH, handle: takeStatus, cors: false }],
    settled: async () => {
      await Promise.all(running);
    },
  };
}

function ticketOf(incoming: Incoming): Ticket {
  const { conversation, channel, reference, mustDeliver, locale, timeZone, scope, reach } = incoming;
  return { conversation, channel, reference, mustDeliver, locale, timeZone, scope, reach };
}

/** @throws HttpError 400 */
function readStatus(text: string, secret: string): { ticket: Ticket; sequence: string; state: HandOffEvent["state"] } {
  const wrong = (what: string) => new HttpError(400, "BadArgument", what);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw wrong("The body is not valid JSON.");
  }
  if (!isRecord(body) || typeof body["id"] !== "string") throw wrong('The body needs the "id" of the hand-off.');
  const state = STATES.find((one) => one === body["state"]);
  if (state === undefined) throw wrong(`"state" must be ${STATES.join(", ")}.`);
  const [sequence = "", sealed = ""] = body["id"].split(".");
  const ticket = unseal(secret, sealed);
  if (ticket === null) throw wrong("There is no such hand-off.");
  return { ticket: JSON.parse(ticket) as Ticket, sequence, state };
}

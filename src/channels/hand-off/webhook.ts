import type { HandOffEvent } from "../../../dialogs/event.ts";
import type { HandOffCall, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readText, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { postJson } from "../http/post-json.ts";
import { HandOffRefused, newsOf } from "./hand-off.ts";
import { isSigned, sign } from "./signature.ts";
import { readTicket, STATES, type Ticket, ticketId } from "./ticket.ts";

/** Time and chance, so that tests can have their own. */
export interface WebhookPace {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export interface WebhookParts {
  readonly turns: Turns;
  readonly url: string;
  readonly secret: string;
  /** Where the receiver reports to; null: it is not told where. */
  readonly publicUrl: string | null;
  readonly pace: WebhookPace;
}

export interface Webhook {
  /** Posts the signed call until the receiver takes it, or for some seconds. */
  tell(call: HandOffCall): Promise<void>;
  readonly routes: readonly Route[];
}

const STATUS_PATH = "/hand-off/status";
/** One go: together less than the 20 s after which another instance may take the call up. */
const ANSWER_WITHIN = 10_000;
const TRY_FOR = 8_000;
const FIRST_PAUSE = 1_000;

/** The receiver did not take it this time. */
class WebhookSilent extends Error {
  constructor(status: number) {
    super(whatCame(status));
    this.name = "WebhookSilent";
  }
}

/** A clinic's own system: a signed call with the summary that the person agreed to, and a signed report back. */
export function createWebhook({ turns, url, secret, publicUrl, pace }: WebhookParts): Webhook {
  const takeStatus = async (call: Call): Promise<void> => {
    const text = await readText(call.request);
    if (!isSigned(secret, text, call.request.headers, pace.now()))
      throw new HttpError(401, "Unauthorized", "The request is not authorized.");
    const { ticket, state } = readStatus(text, secret);
    await turns.inform(newsOf(ticket.person, ticket.sequence, ticket.asked, state, pace.now()));
    sendJson(call.response, 200, {});
  };

  return {
    tell: async (call) => {
      const { summary, facts } = call.request;
      const body = JSON.stringify({
        type: "handoff.initiate",
        id: ticketId(call, secret),
        at: new Date(call.at).toISOString(),
        summary,
        facts,
        locale: call.person.locale,
        statusUrl: publicUrl === null ? null : `${publicUrl}${STATUS_PATH}`,
      });
      const until = pace.now() + TRY_FOR;
      for (let attempt = 0; ; attempt++) {
        const status = await postJson(url, body, sign(secret, body, pace.now()), ANSWER_WITHIN);
        if (status >= 200 && status < 300) return;
        const again = status === 0 || status === 408 || status === 429 || status >= 500;
        if (!again) throw new HandOffRefused(whatCame(status));
        const pause = FIRST_PAUSE * 2 ** attempt * (0.5 + pace.random() / 2);
        if (pace.now() + pause > until) throw new WebhookSilent(status);
        await pace.wait(pause);
      }
    },
    routes: [{ method: "POST", path: STATUS_PATH, handle: takeStatus, cors: false }],
  };
}

function whatCame(status: number): string {
  return status === 0 ? "the webhook did not answer" : `the webhook answered ${status}`;
}

/** @throws HttpError 400 */
function readStatus(text: string, secret: string): { ticket: Ticket; state: HandOffEvent["state"] } {
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
  const ticket = readTicket(body["id"], secret);
  if (ticket === null) throw wrong("There is no such hand-off.");
  return { ticket, state };
}

import type { IncomingMessage as HttpRequest } from "node:http";
import type { Reply } from "../../../dialogs/reply.ts";
import { NO_LIMITS, type WebLimits } from "../../config.ts";
import type { Chat, KeptMessage, Store } from "../../store/store.ts";
import type { Deliver, Handled, Incoming, Outgoing, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { activityId, activityOfReply, clientActivityOf, echoOf, messageOf, type SentActivity } from "./activity.ts";
import { createHub, type Hub, type Line } from "./hub.ts";
import { createLimits } from "./limits.ts";
import { createStreams, type Streams, watermarkOf } from "./stream.ts";
import { hashOf, randomId, resumeSecret, STREAM_SECONDS, sameSecret, TOKEN_SECONDS, type Token, type Tokens } from "./tokens.ts";

export interface DirectLineParts {
  readonly turns: Turns;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Direct Line secret of the deployment; null: tokens come from this server's own page alone. */
  readonly secret: string | null;
  readonly now: () => number;
  /** How many sockets are open, for the metrics. */
  readonly report: (sockets: number) => void;
  readonly limits?: WebLimits;
}

export interface DirectLine {
  readonly routes: readonly Route[];
  readonly upgrade: Streams["upgrade"];
  readonly hub: Hub;
  close(): void;
}

export const CHANNEL = "web";
const PAGE = 100;
const BASE = "/v3/directline";

/** Direct Line 3.0 for the web chat: our widget and any stock client speak it. docs/web-chat.md describes the routes. */
export function createDirectLine(parts: DirectLineParts): DirectLine {
  const { turns, store, tokens, secret, now } = parts;
  const transcript = async (conversation: string, after: number) =>
    lines(conversation, await store.transcript(keyOf(conversation), after, PAGE));
  const hub = createHub(transcript, store.shared);
  const limits = createLimits(parts.limits ?? NO_LIMITS, now);
  const streams = createStreams({ hub, tokens, limits, now, report: parts.report });

  const deliver: Deliver = async ({ conversation }, replies) => {
    const id = idOf(conversation);
    if (hub.isHeard(id)) await hub.publish(id, linesOf(id, replies));
    return "arrived";
  };
  turns.connect(CHANNEL, deliver, { transcript: true });
  store.onSaidElsewhere((conversation) => void hub.refresh(conversation === null ? null : idOf(conversation)));

  const newToken = (conversation: string, user: string): string =>
    tokens.sign({ kind: "token", conversation, user, expires: now() + TOKEN_SECONDS * 1000 });

  const streamUrl = ({ origin }: Call, { conversation, user }: Token, watermark: string): string => {
    const ticket = tokens.sign({ kind: "stream", conversation, user, expires: now() + STREAM_SECONDS * 1000 });
    return `${origin.replace(/^http/, "ws")}${BASE}/conversations/${conversation}/stream?watermark=${watermark}&t=${ticket}`;
  };

  /** @throws HttpError 401, 403, 429 */
  const tokenOf = (call: Call): Token => {
    const { request, params, caller } = call;
    limits.call(caller);
    const given = bearerOf(request);
    const token = given === null ? null : tokens.read(given, now());
    if (token === "expired") throw new HttpError(403, "TokenExpired", "The token has expired.");
    if (token === null || token.kind !== "token") throw new HttpError(401, "Unauthorized", "A token is needed.");
    const wanted = params["id"];
    if (wanted !== undefined && wanted !== token.conversation)
      throw new HttpError(403, "BadArgument", "The token is for another conversation.");
    limits.use(caller, token.conversation);
    return token;
  };

  const hasSecret = ({ request }: Call): boolean => {
    const given = bearerOf(request);
    return secret !== null && given !== null && sameSecret(given, secret);
  };

  const greet = async (conversation: string, settings: SentActivity): Promise<void> => {
    const incoming = incomingOf(conversation, settings, now());
    const handled = await turns.handle({ ...incoming, activity: "arrival", what: { kind: "arrival" }, echo: null });
    await publish(conversation, handled, null);
  };

  const publish = async (conversation: string, handled: Handled, echo: Line | null): Promise<void> => {
    if (!hub.isHeard(conversation)) return;
    if (!handled.kept) {
      const unkept = handled.replies.map((one) =>
        JSON.stringify({ ...activityOfReply(conversation, one), id: unkeptId(conversation) }),
      );
      return hub.show(conversation, echo === null ? unkept : [echo.json, ...unkept]);
    }
    const replies = linesOf(conversation, handled.replies);
    await hub.publish(conversation, echo === null ? replies : [echo, ...replies]);
  };

  const chatToken = async (call: Call): Promise<void> => {
    limits.call(call.caller);
    const body = (await readJson(call.request)) ?? {};
    const { resume } = body;
    const next = resumeSecret(body["next"]);
    let chat: Chat | null;
    if (resume !== undefined) {
      if (typeof resume !== "string") throw new HttpError(400, "BadArgument", '"resume" must be a text.');
      chat = await store.rotateResume(hashOf(resume), hashOf(next), now());
      if (chat === null) throw new HttpError(403, "ResumeInvalid", "This chat cannot be resumed. Start a new one.");
    } else {
      limits.begin(call.caller);
      const id = randomId();
      chat = { id, conversation: keyOf(id), user: `dl_${randomId()}`, resume: hashOf(next), at: now() };
      await store.saveChat(chat);
      await greet(chat.id, body);
    }
    sendJson(call.response, 200, {
      token: newToken(chat.id, chat.user),
      conversationId: chat.id,
      userId: chat.user,
      expires_in: TOKEN_SECONDS,
      resume: next,
    });
  };

  const generate = async (call: Call): Promise<void> => {
    if (!hasSecret(call)) {
      limits.call(call.caller);
      throw new HttpError(401, "Unauthorized", "The Direct Line secret is needed.");
    }
    const body = (await readJson(call.request)) ?? {};
    const wanted = isRecord(body["user"]) ? body["user"]["id"] : undefined;
    if (wanted !== undefined && (typeof wanted !== "string" || !/^dl_[\w-]{1,64}$/.test(wanted))) {
      throw new HttpError(400, "BadArgument", 'user.id must begin with "dl_" and have letters, digits, "_" or "-".');
    }
    const conversation = randomId();
    const token = newToken(conversation, wanted ?? `dl_${randomId()}`);
    sendJson(call.response, 200, { conversationId: conversation, token, expires_in: TOKEN_SECONDS });
  };

  const refresh = async (call: Call): Promise<void> => {
    const { conversation, user } = tokenOf(call);
    sendJson(call.response, 200, {
      conversationId: conversation,
      token: newToken(conversation, user),
      expires_in: TOKEN_SECONDS,
    });
  };

  const start = async (call: Call): Promise<void> => {
    const token: Token = hasSecret(call)
      ? { kind: "token", conversation: randomId(), user: `dl_${randomId()}`, expires: 0 }
      : tokenOf(call);
    const body = (await readJson(call.request)) ?? {};
    const { conversation, user } = token;
    const { conversation: known } = await store.load(keyOf(conversation), null);
    if (known === null) await greet(conversation, body);
    sendJson(call.response, known === null ? 201 : 200, {
      conversationId: conversation,
      token: newToken(conversation, user),
      expires_in: TOKEN_SECONDS,
      streamUrl: streamUrl(call, token, "0"),
    });
  };

  const reconnect = async (call: Call): Promise<void> => {
    const token = tokenOf(call);
    const stored = await known(token.conversation);
    const watermark = call.query.get("watermark") ?? String(stored.sequence);
    sendJson(call.response, 200, {
      conversationId: token.conversation,
      token: newToken(token.conversation, token.user),
      expires_in: TOKEN_SECONDS,
      streamUrl: streamUrl(call, token, String(watermarkOf(watermark))),
    });
  };

  const known = async (conversation: string) => {
    const { conversation: stored } = await store.load(keyOf(conversation), null);
    if (stored === null) throw new HttpError(404, "ConversationNotFound", "This conversation has ended.");
    return stored;
  };

  const list = async (call: Call): Promise<void> => {
    const { conversation } = tokenOf(call);
    const after = watermarkOf(call.query.get("watermark") ?? "");
    await known(conversation);
    const kept = await store.transcript(keyOf(conversation), after, PAGE);
    const found = lines(conversation, kept);
    const body = `{"activities":[${found.map(({ json }) => json).join(",")}],"watermark":"${kept.at(-1)?.sequence ?? after}"}`;
    call.response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
    call.response.end(body);
  };

  const post = async (call: Call): Promise<void> => {
    const { conversation, user } = tokenOf(call);
    limits.message(call.caller, conversation);
    const sent = await readJson(call.request);
    if (sent === null) throw new HttpError(400, "MissingProperty", "An activity is needed.");
    const { type } = sent;
    if (typeof type !== "string" || type === "") throw new HttpError(400, "MissingProperty", 'The activity needs a "type".');
    if (type !== "message") {
      // Typing, events and the like: taken note of, and nothing to say.
      sendJson(call.response, 200, { id: `${conversation}|${randomId()}` });
      return;
    }
    const what = messageOf(sent);
    const at = now();
    let written: Line | null = null;
    const echo = (sequence: number): string => {
      if (written?.sequence !== sequence)
        written = { sequence, json: JSON.stringify(echoOf(conversation, user, sent, sequence, at)) };
      return written.json;
    };
    const handled = await turns.handle({ ...incomingOf(conversation, sent, at), activity: clientActivityOf(sent), what, echo });
    const id = handled.kept ? activityId(conversation, handled.sequence) : unkeptId(conversation);
    const own = handled.kept ? echo(handled.sequence) : JSON.stringify({ ...echoOf(conversation, user, sent, 0, at), id });
    if (!handled.repeated) await publish(conversation, handled, { sequence: handled.sequence, json: own });
    sendJson(call.response, 200, { id });
  };

  const upload = async (call: Call): Promise<void> => {
    tokenOf(call);
    throw new HttpError(415, "UnsupportedMediaType", "Files cannot be sent to this bot.");
  };

  const id = `${BASE}/conversations/:id`;
  return {
    hub,
    upgrade: streams.upgrade,
    close: () => {
      hub.close();
      streams.close();
    },
    routes: [
      { method: "POST", path: "/chat/token", handle: chatToken, cors: true },
      { method: "POST", path: `${BASE}/tokens/generate`, handle: generate, cors: true },
      { method: "POST", path: `${BASE}/tokens/refresh`, handle: refresh, cors: true },
      { method: "POST", path: `${BASE}/conversations`, handle: start, cors: true },
      { method: "GET", path: id, handle: reconnect, cors: true },
      { method: "GET", path: `${id}/activities`, handle: list, cors: true },
      { method: "POST", path: `${id}/activities`, handle: post, cors: true },
      { method: "POST", path: `${id}/upload`, handle: upload, cors: true },
    ],
  };
}

function keyOf(conversation: string): string {
  return `${CHANNEL}:${conversation}`;
}

/** An id that no message of the transcript will have. */
function unkeptId(conversation: string): string {
  return `${conversation}|${randomId()}`;
}

function idOf(key: string): string {
  return key.slice(CHANNEL.length + 1);
}

function bearerOf(request: HttpRequest): string | null {
  return /^Bearer ([\w.~+/=-]+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

function linesOf(conversation: string, replies: readonly Outgoing[]): Line[] {
  return replies.map((one) => ({ sequence: one.sequence, json: JSON.stringify(activityOfReply(conversation, one)) }));
}

function lines(conversation: string, kept: readonly KeptMessage[]): Line[] {
  return kept
    .filter(({ from, body }) => from !== "clinic" && body !== "")
    .map(({ sequence, from, at, body }) => ({
      sequence,
      json:
        from === "user"
          ? body
          : JSON.stringify(activityOfReply(conversation, { sequence, at, reply: JSON.parse(body) as Reply })),
    }));
}

function incomingOf(conversation: string, sent: SentActivity, at: number): Omit<Incoming, "activity" | "what" | "echo"> {
  const { locale, localTimezone } = sent;
  const short = (value: unknown) => (typeof value === "string" && value.length <= 60 ? value : null);
  return {
    conversation: keyOf(conversation),
    channel: CHANNEL,
    reference: null,
    mustDeliver: false,
    locale: short(locale),
    timeZone: short(localTimezone),
    scope: "personal",
    reach: "open",
    at,
  };
}

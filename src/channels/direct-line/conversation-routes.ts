import type { Store } from "../../store/store.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import type { Access } from "./access.ts";
import { BASE, keyOf, lastNumber, PAGE, refuseEnded, unkeptId } from "./conversation.ts";
import type { Limits } from "./limits.ts";
import { linesOf } from "./line.ts";
import { watermarkOf } from "./stream.ts";
import type { Talk } from "./talk.ts";
import { randomId, type Token } from "./tokens.ts";

export interface ConversationRoutesParts {
  readonly access: Access;
  readonly limits: Limits;
  readonly store: Store;
  readonly talk: Talk;
}

/** The routes of a conversation: to begin it, to come back to it, to read and to say something. */
export function conversationRoutes(parts: ConversationRoutesParts): Route[] {
  const id = `${BASE}/conversations/:id`;
  return [
    { method: "POST", path: `${BASE}/conversations`, handle: (call) => start(parts, call), cors: true },
    { method: "GET", path: id, handle: (call) => reconnect(parts, call), cors: true },
    { method: "GET", path: `${id}/activities`, handle: (call) => list(parts, call), cors: true },
    { method: "POST", path: `${id}/activities`, handle: (call) => post(parts, call), cors: true },
    { method: "POST", path: `${id}/upload`, handle: (call) => upload(parts, call), cors: true },
  ];
}

async function start({ access, store, talk }: ConversationRoutesParts, call: Call): Promise<void> {
  const token: Token = access.hasSecret(call)
    ? { kind: "token", conversation: randomId(), user: `dl_${randomId()}`, expires: 0 }
    : access.tokenOf(call);
  const body = (await readJson(call.request)) ?? {};
  const { conversation, user } = token;
  const isNew = (await lastNumber(store, conversation)) === 0;
  if (isNew) await talk.greet(conversation, body);
  sendJson(call.response, isNew ? 201 : 200, {
    ...access.grant(conversation, user),
    streamUrl: access.streamUrl(call, token, 0),
  });
}

async function reconnect({ access, store }: ConversationRoutesParts, call: Call): Promise<void> {
  const token = access.tokenOf(call);
  const last = await lastNumber(store, token.conversation);
  refuseEnded(last);
  const watermark = watermarkOf(call.query.get("watermark") ?? String(last));
  sendJson(call.response, 200, {
    ...access.grant(token.conversation, token.user),
    streamUrl: access.streamUrl(call, token, watermark),
  });
}

async function list({ access, store }: ConversationRoutesParts, call: Call): Promise<void> {
  const { conversation } = access.tokenOf(call);
  const after = watermarkOf(call.query.get("watermark") ?? "");
  // Stock clients that poll give up for good where they are refused: while the store is away there is just nothing new.
  const reading = store.transcript(keyOf(conversation), after, PAGE).catch(() => []);
  const [last, kept] = await Promise.all([lastNumber(store, conversation), reading]);
  refuseEnded(last);
  const lines = linesOf(conversation, kept);
  const body = `{"activities":[${lines.map(({ json }) => json).join(",")}],"watermark":"${kept.at(-1)?.sequence ?? after}"}`;
  call.response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  call.response.end(body);
}

async function post({ access, limits, talk }: ConversationRoutesParts, call: Call): Promise<void> {
  const token = access.tokenOf(call);
  limits.message(call.caller, token.conversation);
  const sent = await readJson(call.request);
  if (sent === null) throw new HttpError(400, "MissingProperty", "An activity is needed.");
  const { type } = sent;
  if (typeof type !== "string" || type === "") throw new HttpError(400, "MissingProperty", 'The activity needs a "type".');
  // Typing, events and the like: taken note of, and nothing to say.
  sendJson(call.response, 200, type === "message" ? await talk.hear(token, sent) : { id: unkeptId(token.conversation) });
}

async function upload({ access }: ConversationRoutesParts, call: Call): Promise<void> {
  access.tokenOf(call);
  throw new HttpError(415, "UnsupportedMediaType", "Files cannot be sent to this bot.");
}

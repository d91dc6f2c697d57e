import type { Chat, Store } from "../../store/store.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import type { Access } from "./access.ts";
import { BASE, keyOf } from "./conversation.ts";
import type { Limits } from "./limits.ts";
import type { Talk } from "./talk.ts";
import { hashOf, randomId, resumeSecret } from "./tokens.ts";

export interface TokenRoutesParts {
  readonly access: Access;
  readonly limits: Limits;
  readonly store: Store;
  readonly talk: Talk;
  readonly now: () => number;
}

/** The routes that give tokens: to this server's own pages, to whoever knows the secret, and to whoever has one. */
export function tokenRoutes(parts: TokenRoutesParts): Route[] {
  return [
    { method: "POST", path: "/chat/token", handle: (call) => chatToken(parts, call), cors: true },
    { method: "POST", path: `${BASE}/tokens/generate`, handle: (call) => generate(parts, call), cors: true },
    { method: "POST", path: `${BASE}/tokens/refresh`, handle: (call) => refresh(parts, call), cors: true },
  ];
}

async function chatToken(parts: TokenRoutesParts, { request, response, caller }: Call): Promise<void> {
  parts.limits.call(caller);
  const body = (await readJson(request)) ?? {};
  const { resume } = body;
  const next = resumeSecret(body["next"]);
  let chat: Chat;
  if (resume === undefined) {
    parts.limits.begin(caller);
    chat = await begin(parts, next);
    await parts.talk.greet(chat.id, body);
  } else chat = await goOn(parts, resume, next);
  sendJson(response, 200, { ...parts.access.grant(chat.id, chat.user), userId: chat.user, resume: next });
}

async function begin({ store, now }: TokenRoutesParts, resume: string): Promise<Chat> {
  const id = randomId();
  const chat = { id, conversation: keyOf(id), user: `dl_${randomId()}`, resume: hashOf(resume), at: now() };
  await store.saveChat(chat);
  return chat;
}

/** @throws HttpError 400, 403 */
async function goOn({ store, now }: TokenRoutesParts, resume: unknown, next: string): Promise<Chat> {
  if (typeof resume !== "string") throw new HttpError(400, "BadArgument", '"resume" must be a text.');
  const chat = await store.rotateResume(hashOf(resume), hashOf(next), now());
  if (chat === null) throw new HttpError(403, "ResumeInvalid", "This chat cannot be resumed. Start a new one.");
  return chat;
}

async function generate({ access, limits }: TokenRoutesParts, call: Call): Promise<void> {
  if (!access.hasSecret(call)) {
    limits.call(call.caller);
    throw new HttpError(401, "Unauthorized", "The Direct Line secret is needed.");
  }
  const body = (await readJson(call.request)) ?? {};
  const wanted = isRecord(body["user"]) ? body["user"]["id"] : undefined;
  if (wanted !== undefined && (typeof wanted !== "string" || !/^dl_[\w-]{1,64}$/.test(wanted))) {
    throw new HttpError(400, "BadArgument", 'user.id must begin with "dl_" and have letters, digits, "_" or "-".');
  }
  sendJson(call.response, 200, access.grant(randomId(), wanted ?? `dl_${randomId()}`));
}

async function refresh({ access }: TokenRoutesParts, call: Call): Promise<void> {
  const { conversation, user } = access.tokenOf(call);
  sendJson(call.response, 200, access.grant(conversation, user));
}

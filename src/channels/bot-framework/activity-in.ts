import type { Scope, Setting } from "../../../dialogs/event.ts";
import type { Incoming, IncomingMessage } from "../../turns/port.ts";
import { HttpError } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { WITHOUT_BUTTONS } from "./activity-out.ts";
import { pressedOf } from "./pressed.ts";
import { stripMentions } from "./strip-mentions.ts";

/** An activity whose indispensable parts were checked. */
export interface CheckedActivity {
  readonly type: string;
  readonly id: string | null;
  readonly channelId: string;
  readonly serviceUrl: string | null;
  readonly conversation: { readonly id: string; readonly conversationType: string | null; readonly isGroup: boolean };
  readonly from: string;
  readonly bot: string;
  readonly expectsReplies: boolean;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** @throws HttpError 400 that names what is missing; the SDK would answer 500 with an inner text */
export function checkActivity(body: Readonly<Record<string, unknown>> | null): CheckedActivity {
  const wrong = (what: string) => new HttpError(400, "BadArgument", what);
  if (body === null) throw wrong("An activity is needed.");
  const { type, id, channelId, serviceUrl, conversation, from, recipient, deliveryMode } = body;
  if (typeof type !== "string" || type === "") throw wrong('The activity needs a "type".');
  if (!isRecord(conversation) || typeof conversation["id"] !== "string" || conversation["id"] === "")
    throw wrong('The activity needs a "conversation" with an "id".');
  if (id !== undefined && id !== null && typeof id !== "string") throw wrong('"id" must be a text.');
  if (serviceUrl !== undefined && serviceUrl !== null && typeof serviceUrl !== "string")
    throw wrong('"serviceUrl" must be a text.');
  const idOf = (account: unknown) => (isRecord(account) && typeof account["id"] === "string" ? account["id"] : "");
  return {
    type,
    id: typeof id === "string" && id !== "" ? id : null,
    channelId: typeof channelId === "string" ? channelId : "",
    serviceUrl: typeof serviceUrl === "string" && serviceUrl !== "" ? serviceUrl : null,
    conversation: {
      id: conversation["id"],
      conversationType: typeof conversation["conversationType"] === "string" ? conversation["conversationType"] : null,
      isGroup: conversation["isGroup"] === true,
    },
    from: idOf(from),
    bot: idOf(recipient),
    expectsReplies: deliveryMode === "expectReplies",
    raw: body,
  };
}

/** What the activity is for a conversation; null when there is nothing to answer. */
export function whatOf(activity: CheckedActivity): Incoming["what"] | null {
  const { raw } = activity;
  switch (activity.type) {
    case "message":
      return messageOf(activity);
    case "messageUpdate":
      return isRestored(raw) ? null : messageOf(activity);
    case "messageReaction":
      return listOf(raw["reactionsAdded"]).length > 0 ? wordless() : null;
    case "conversationUpdate":
      return joined(activity) ? { kind: "arrival" } : null;
    case "installationUpdate":
      return raw["action"] === "add" || raw["action"] === "add-upgrade" ? { kind: "arrival" } : null;
    case "event":
      return handOffOf(raw);
    default:
      return null;
  }
}

/** Names the delivery, so that a repeated one is known. An edited message keeps its id: there the time tells two edits apart. */
export function deliveryOf({ type, id, raw }: CheckedActivity): string | null {
  if (id === null) return null;
  const time = type === "messageUpdate" && typeof raw["timestamp"] === "string" ? `:${raw["timestamp"].slice(0, 40)}` : "";
  return `${type}:${id}${time}`;
}

/** A deleted message was brought back: it was answered when it was new. */
function isRestored(raw: Readonly<Record<string, unknown>>): boolean {
  return isRecord(raw["channelData"]) && raw["channelData"]["eventType"] === "undeleteMessage";
}

/**
 * Somebody besides the bot itself came in: one welcome, though channels tell of it twice. Where several are, only the bot's
 * own coming counts, and Teams tells of that by an installationUpdate.
 */
function joined(activity: CheckedActivity): boolean {
  const { raw, bot, channelId } = activity;
  const isBot = (member: unknown) => isRecord(member) && member["id"] === bot;
  const added = listOf(raw["membersAdded"]);
  if (scopeOf(activity.conversation) !== "personal") return channelId !== "msteams" && added.some(isBot);
  return added.some((member) => isRecord(member) && !isBot(member));
}

function handOffOf(raw: Readonly<Record<string, unknown>>): Incoming["what"] | null {
  const state = isRecord(raw["value"]) ? raw["value"]["state"] : undefined;
  if (raw["name"] !== "handoff.status") return null;
  return state === "accepted" || state === "failed" || state === "completed" ? { kind: "hand-off", state, asked: null } : null;
}

function wordless(): IncomingMessage {
  return { kind: "message", text: "", choice: null, choiceOf: null, without: "picture" };
}

function messageOf({ raw, bot, channelId }: CheckedActivity): IncomingMessage {
  const { text, value, entities, attachments } = raw;
  const pressed = pressedOf(value);
  const words = typeof text === "string" && pressed === null ? stripMentions(text, entities, bot) : "";
  return {
    kind: "message",
    text: words,
    choice: pressed?.choice ?? null,
    choiceOf: pressed?.question ?? null,
    without: words === "" && pressed === null && hasFiles(attachments) ? "picture" : null,
    numbered: WITHOUT_BUTTONS.has(channelId),
  };
}

/** Teams sends a formatted message a second time as an HTML attachment: that is no file. */
function hasFiles(attachments: unknown): boolean {
  return listOf(attachments).some((one) => isRecord(one) && (one["contentType"] !== "text/html" || hasPicture(one["content"])));
}

/** A sticker or a pasted picture. */
function hasPicture(html: unknown): boolean {
  return typeof html === "string" && /<img\b/i.test(html);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function settingOf(activity: CheckedActivity): Setting {
  const { locale, localTimezone, entities } = activity.raw;
  const client = listOf(entities).find((one) => isRecord(one) && one["type"] === "clientInfo");
  const told = isRecord(client) ? client : {};
  return {
    locale: short(locale) ?? short(told["locale"]),
    timeZone: short(localTimezone) ?? short(told["timezone"]),
    scope: scopeOf(activity.conversation),
    reach: activity.expectsReplies ? "none" : "push",
  };
}

function short(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= 60 ? value : null;
}

export function scopeOf({ conversationType, isGroup }: { conversationType?: string | null; isGroup?: boolean }): Scope {
  if (conversationType === "channel") return "channel";
  return conversationType === "groupChat" || isGroup === true ? "groupChat" : "personal";
}

/**
 * Kept by person even where several write: answers of one must not become another's. Ids may hold ":" themselves, so a key
 * that could be read in two ways has its parts encoded; those of Microsoft's channels can be read in one way alone. A tenant
 * is not in it: ids of conversations and of people in Teams are one of a kind over all tenants.
 */
export function conversationKey({ channelId, conversation, from }: CheckedActivity): string {
  const parts = [channelId, conversation.id, from];
  const plain = `bf:${parts.join(":")}`;
  const read = partsOf(plain);
  if (parts.every((part, at) => part === read[at])) return plain;
  return `bf+:${parts.map((part) => part.replaceAll(/[%:]/g, encodeURIComponent)).join(":")}`;
}

/**
 * The one way to read a plain key: a channel has no ":", and a person has one only after the number of their kind ("29:…",
 * "8:acs:…") or within Slack's "U…:T…".
 */
function partsOf(key: string): readonly string[] {
  const [, ...parts] = /^bf:([^:]*):(.*?):((?:\d+:(?:acs:)?|[UW][A-Z\d]+:)?[^:]*)$/s.exec(key) ?? [];
  return parts;
}

import type { Scope, Setting } from "../../../dialogs/event.ts";
import type { Incoming, IncomingMessage } from "../../turns/port.ts";
import { isRecord } from "../direct-line/activity.ts";
import { HttpError } from "../http/http.ts";
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
    case "messageUpdate":
      return messageOf(activity);
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

/** Somebody besides the bot itself came in: one welcome, though channels tell of it twice. */
function joined({ raw, bot }: CheckedActivity): boolean {
  return listOf(raw["membersAdded"]).some((member) => isRecord(member) && member["id"] !== bot);
}

function handOffOf(raw: Readonly<Record<string, unknown>>): Incoming["what"] | null {
  const state = isRecord(raw["value"]) ? raw["value"]["state"] : undefined;
  if (raw["name"] !== "handoff.status") return null;
  return state === "accepted" || state === "failed" || state === "completed" ? { kind: "hand-off", state } : null;
}

function wordless(): IncomingMessage {
  return { kind: "message", text: "", choice: null, choiceOf: null, without: "picture" };
}

function messageOf({ raw, bot }: CheckedActivity): IncomingMessage {
  const { text, value, entities, attachments } = raw;
  const words = typeof text === "string" ? stripMentions(text, entities, bot) : "";
  const pressed = isRecord(value) ? value : {};
  const choice = choiceOf(pressed);
  return {
    kind: "message",
    text: choice === null ? words : "",
    choice,
    choiceOf: typeof pressed["question"] === "string" ? pressed["question"] : null,
    without: words === "" && choice === null && listOf(attachments).length > 0 ? "picture" : null,
  };
}

/** A button's value, or the ticked lines of a card: { choice: "c2" }, { lines: "c1,c3" }. */
function choiceOf(value: Readonly<Record<string, unknown>>): string | null {
  const { choice, lines } = value;
  if (typeof lines === "string" && lines !== "") return lines;
  return typeof choice === "string" && choice !== "" ? choice : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function settingOf(activity: CheckedActivity): Setting {
  const { locale, localTimezone } = activity.raw;
  const short = (value: unknown) => (typeof value === "string" && value.length <= 60 ? value : null);
  return {
    locale: short(locale),
    timeZone: short(localTimezone),
    scope: scopeOf(activity),
    reach: activity.expectsReplies ? "none" : "push",
  };
}

function scopeOf({ conversation: { conversationType, isGroup } }: CheckedActivity): Scope {
  if (conversationType === "channel") return "channel";
  return conversationType === "groupChat" || isGroup ? "groupChat" : "personal";
}

/** Kept by person even where several write: answers of one must not become another's. */
export function conversationKey({ channelId, conversation, from }: CheckedActivity): string {
  return `bf:${channelId}:${conversation.id}:${from}`;
}

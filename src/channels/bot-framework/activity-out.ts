import type { Activity } from "botbuilder";
import type { Scope } from "../../../dialogs/event.ts";
import type { Choice, Reply } from "../../../dialogs/reply.ts";
import { turnEntity } from "../turn-entity.ts";
import type { AdaptiveCard } from "./adaptive-card.ts";
import { emergencyCard, privateChatCard, replyCard } from "./cards.ts";

/** Where a message goes, as far as its looks depend on it. */
export interface Place {
  readonly channelId: string;
  readonly scope: Scope;
  /** Where the pictures are served; null when not over https. */
  readonly pictures: string | null;
  /** For the link to a private chat. */
  readonly appId: string | null;
  /** A hub behind the channel passes people on to humans. */
  readonly hub?: boolean;
}

/** Teams shows three; the rest are typed. */
const MOST_SUGGESTED = 3;
/** These send a button's value back; others its label. */
const SENDS_VALUES = new Set(["webchat", "directline", "emulator"]);
/** These have no buttons at all. */
export const WITHOUT_BUTTONS: ReadonlySet<string> = new Set(["telephony", "sms", "twilio-sms", "email", "alexa"]);

type Sent = Partial<Activity>;

/**
 * The messages for the replies of a turn, a list for each reply. An emergency goes out as plain text first; its card with the
 * number follows the last of the urgent texts.
 */
export function activitiesOf(replies: readonly Reply[], place: Place): Sent[][] {
  const lastUrgent = replies.findLastIndex(isUrgent);
  const said = replies.map((reply, at) => {
    if (place.channelId !== "msteams") return [otherChannel(reply, place.channelId)];
    if (place.scope !== "personal") return inGroup(reply, place);
    if (!isUrgent(reply)) return [withCard(textOf(reply), replyCard(reply, place.pictures))];
    const card = at === lastUrgent ? emergencyCard(reply) : null;
    return card === null ? [textOf(reply)] : [textOf(reply), withCard(wordless(reply), card)];
  });
  if (place.hub !== true) return said;
  return said.map((messages, at) => [...messages, ...initiation(replies[at]?.handOff)]);
}

/**
 * Asks the hub for a human. It gets the summary that the person agreed to, and no transcript.
 * https://learn.microsoft.com/azure/bot-service/bot-service-design-pattern-handoff-human
 */
function initiation(handOff: Reply["handOff"]): Sent[] {
  return handOff === undefined ? [] : [{ type: "event", name: "handoff.initiate", value: handOff }];
}

/** The same without anything that a channel might refuse. */
export function plainActivity(reply: Reply): Sent {
  return { ...textOf(reply), ...suggested(reply.choices.slice(0, MOST_SUGGESTED), labelAction) };
}

export const TYPING: Sent = { type: "typing" };

function isUrgent({ step }: Reply): boolean {
  return step === "escalate" || step === "fallback";
}

function textOf(reply: Reply): Sent {
  const { text, spoken, ask } = reply;
  return {
    type: "message",
    text,
    textFormat: "plain",
    speak: spoken,
    inputHint: ask === null ? "acceptingInput" : "expectingInput",
    locale: "en",
    entities: [turnEntity(reply)],
  };
}

/** A card on its own: what it says was said just before. */
function wordless(reply: Reply): Sent {
  const { text: _, textFormat: __, speak: ___, ...rest } = textOf(reply);
  return rest;
}

function withCard(message: Sent, card: AdaptiveCard | null): Sent {
  if (card === null) return message;
  return { ...message, attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }] };
}

/** Where others read along: the text, and the way to a private chat. */
function inGroup(reply: Reply, { appId }: Place): Sent[] {
  if (appId === null) return [textOf(reply)];
  const card = privateChatCard(reply, appId);
  return isUrgent(reply) ? [textOf(reply), withCard(wordless(reply), card)] : [withCard(textOf(reply), card)];
}

function otherChannel(reply: Reply, channelId: string): Sent {
  const { choices } = reply;
  if (WITHOUT_BUTTONS.has(channelId)) return { ...textOf(reply), ...(reply.ask === "severity" ? {} : numbered(reply)) };
  return { ...textOf(reply), ...suggested(choices, SENDS_VALUES.has(channelId) ? valueAction(reply) : labelAction) };
}

/** "1. Gone": the number alone is understood as an answer. */
function numbered({ text, spoken, choices }: Reply): Sent {
  if (choices.length === 0) return {};
  const lines = choices.map(({ label }, at) => `${at + 1}. ${label}`);
  return { text: [text, ...lines].join("\n"), speak: [spoken, ...lines].join(" ") };
}

function suggested(choices: readonly Choice[], action: (choice: Choice) => object): Sent {
  if (choices.length === 0) return {};
  return { suggestedActions: { to: [], actions: choices.map(action) as never } };
}

function labelAction({ label }: Choice): object {
  return { type: "imBack", title: label, value: label };
}

function valueAction({ question }: Reply) {
  return ({ value, label }: Choice): object => ({
    type: "messageBack",
    title: label,
    text: label,
    displayText: label,
    value: { choice: value, ...(question === null ? {} : { question }) },
  });
}

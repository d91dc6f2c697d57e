import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** What people say: the sentences that the intents are learned from, and those of the test dialogues. */
export function realTexts(): readonly string[] {
  const folder = join(root, "content", "en", "intents");
  const examples = readdirSync(folder).flatMap((file) => lines(join(folder, file), /^\s*- "?(.+?)"?$/gm));
  const talks = join(root, "tests", "conversations");
  const files = readdirSync(talks).filter((file) => file.endsWith(".yaml"));
  return [...examples, ...files.flatMap((file) => lines(join(talks, file), /say: "?(.+?)"?$/gm))];
}

function lines(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, "utf8").matchAll(pattern)].map(([, text]) => String(text));
}

/** An activity as each channel really sends it. */
export function realActivities(
  text: string,
  conversation: string,
  serviceUrl: string,
): readonly Readonly<Record<string, unknown>>[] {
  const base = {
    id: `${conversation}-${text.length}`,
    timestamp: "2026-01-01T09:00:00Z",
    serviceUrl,
    deliveryMode: "expectReplies",
    from: { id: "29:person", name: "A Person", aadObjectId: "6b1c7a50" },
    recipient: { id: "28:bot", name: "Unknot" },
  };
  const emulator = { ...base, channelId: "emulator", conversation: { id: conversation } };
  const personal = { id: conversation, conversationType: "personal", tenantId: "99999999" };
  const teams = { ...base, channelId: "msteams", conversation: personal };
  const mention = { type: "mention", text: "<at>Unknot</at>", mentioned: { id: "28:bot", name: "Unknot" } };
  return [
    { ...emulator, type: "message", text, locale: "en-GB" },
    {
      ...teams,
      type: "message",
      text,
      textFormat: "plain",
      entities: [{ type: "clientInfo", locale: "en-IE", country: "IE", platform: "iOS", timezone: "Europe/Dublin" }],
      channelData: { tenant: { id: "99999999" } },
    },
    {
      ...teams,
      type: "message",
      conversation: { id: conversation, conversationType: "channel", isGroup: true },
      text: `<at>Unknot</at> ${text}`,
      entities: [mention],
      attachments: [{ contentType: "text/html", content: `<p><span itemtype="x">Unknot</span> ${text}</p>` }],
    },
    { ...teams, type: "message", value: { choice: "none", question: "q1", tick_c1: "true" } },
    { ...teams, type: "messageUpdate", text, channelData: { eventType: "editMessage" } },
    { ...teams, type: "messageReaction", reactionsAdded: [{ type: "like" }] },
    { ...teams, type: "conversationUpdate", membersAdded: [base.from, base.recipient] },
    { ...teams, type: "installationUpdate", action: "add" },
    { ...teams, type: "event", name: "handoff.status", value: { state: "accepted" } },
    { ...emulator, type: "typing" },
  ];
}

/** A message as the widget and stock clients send it. */
export function realMessage(text: string, client: string): Readonly<Record<string, unknown>> {
  return {
    type: "message",
    from: { id: "dl_me", name: "" },
    text,
    textFormat: "plain",
    locale: "en-GB",
    localTimestamp: "2026-01-01T09:00:00+00:00",
    localTimezone: "Europe/London",
    entities: [{ type: "ClientCapabilities", requiresBotState: true, supportsListening: true, supportsTts: true }],
    channelData: { clientActivityID: client },
  };
}

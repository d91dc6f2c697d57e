import type { IncomingMessage, Outgoing } from "../../turns/port.ts";
import { HttpError } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { turnEntity } from "../turn-entity.ts";

/** What a client sends: an Activity of Direct Line 3.0. Only what is used is looked at. */
export type SentActivity = Readonly<Record<string, unknown>>;

const BOT_ID = "unknot";
const LONGEST_TEXT = 20_000;
/** What is shown again is kept for a day: it may not be made large. */
const LONGEST_DATA = 2_000;

/** "abc|0000007": unique, in order, and the same for every delivery of the message. */
export function activityId(conversation: string, sequence: number): string {
  return `${conversation}|${String(sequence).padStart(7, "0")}`;
}

/** A reply as clients of Direct Line show it. Our own widget finds in channelData what the protocol has no place for. */
export function activityOfReply(conversation: string, { sequence, at, reply }: Omit<Outgoing, "pending">): object {
  const { text, spoken, choices, multiple, picture, clock, ask, question, emergencyNumber } = reply;
  return {
    type: "message",
    id: activityId(conversation, sequence),
    timestamp: new Date(at).toISOString(),
    channelId: "directline",
    from: { id: BOT_ID, name: "Unknot", role: "bot" },
    conversation: { id: conversation },
    locale: "en",
    text,
    speak: spoken,
    inputHint: ask === null ? "acceptingInput" : "expectingInput",
    ...(choices.length === 0
      ? {}
      : {
          suggestedActions: {
            actions: choices.map(({ value, label }) => ({
              type: "messageBack",
              title: label,
              text: label,
              displayText: label,
              value: { choice: value, question },
            })),
          },
        }),
    entities: [turnEntity(reply)],
    channelData: { unknot: { choices, multiple, picture, question, clock, emergencyNumber } },
  };
}

/** The person's own message as the transcript shows it: the service's id and time, the client's words and channelData. */
export function echoOf(conversation: string, user: string, sent: SentActivity, sequence: number, at: number): object {
  const { text, value, channelData, locale } = sent;
  const data = isSmall(channelData) ? channelData : { clientActivityID: clientActivityOf(sent) };
  return {
    type: "message",
    id: activityId(conversation, sequence),
    timestamp: new Date(at).toISOString(),
    channelId: "directline",
    from: { id: user, role: "user" },
    conversation: { id: conversation },
    ...(typeof locale === "string" && isSmall(locale) ? { locale } : {}),
    text: typeof text === "string" ? text.slice(0, LONGEST_TEXT) : "",
    ...(value === undefined || !isSmall(value) ? {} : { value }),
    ...(data === undefined || data === null ? {} : { channelData: data }),
  };
}

function isSmall(data: unknown): boolean {
  return JSON.stringify(data ?? null).length <= LONGEST_DATA;
}

/** The id that the client gave the message, so that sending it again is noticed. */
export function clientActivityOf({ channelData }: SentActivity): string | null {
  const id = isRecord(channelData) ? channelData["clientActivityID"] : undefined;
  return typeof id === "string" && /^[\x21-\x7e]{1,100}$/.test(id) ? id : null;
}

/** @throws HttpError 400 */
export function messageOf(sent: SentActivity): IncomingMessage {
  const { text, value, attachments } = sent;
  if (text !== undefined && text !== null && typeof text !== "string")
    throw new HttpError(400, "BadArgument", '"text" must be a text.');
  const pressed = isRecord(value) ? value : {};
  const { choice, question } = pressed;
  const words = (text ?? "").slice(0, LONGEST_TEXT);
  const isChoice = typeof choice === "string" && choice !== "" && choice.length <= 200;
  return {
    kind: "message",
    text: isChoice ? "" : words,
    choice: isChoice ? choice : null,
    choiceOf: typeof question === "string" ? question : null,
    without: words.trim() === "" && Array.isArray(attachments) && attachments.length > 0 ? "picture" : null,
  };
}

import type { Activity } from "botbuilder";
import type { Reply } from "../../../dialogs/reply.ts";
import { turnEntity } from "../turn-entity.ts";

/** Teams shows three; the rest are typed or stand on a card. */
const MOST_SUGGESTED = 3;

/** A reply as a Bot Framework activity. */
export function activityOf(reply: Reply, channelId: string): Partial<Activity> {
  const { text, spoken, choices, ask } = reply;
  const shown = channelId === "msteams" ? choices.slice(0, MOST_SUGGESTED) : choices;
  return {
    type: "message",
    text,
    speak: spoken,
    inputHint: ask === null ? "acceptingInput" : "expectingInput",
    locale: "en",
    entities: [turnEntity(reply)],
    ...(shown.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: shown.map(({ label }) => ({ type: "imBack", title: label, value: label })),
          },
        }),
  };
}

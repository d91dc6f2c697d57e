import type { HandOffEvent } from "../../../dialogs/event.ts";
import { isRecord } from "../http/is-record.ts";
import type { AdaptiveCard, CardAction } from "./adaptive-card.ts";
import { card } from "./cards.ts";
import { WORDS } from "./words.ts";

/** What clinicians are shown of somebody who asks for a person. */
export interface Wanted {
  /** Names the hand-off; sealed. */
  readonly handOff: string;
  readonly name: string;
  /** Opens a chat with them; null when Teams does not tell how. */
  readonly chat: string | null;
  /** As the person agreed to it. */
  readonly summary: string;
}

/** Where a hand-off stands, and who brought it there. */
export type Standing = { readonly state: "wanted" | "over" } | { readonly state: HandOffEvent["state"]; readonly by: string };

/** A button that was pressed on such a card. */
export interface ClinicPress {
  readonly wanted: Wanted;
  readonly state: HandOffEvent["state"];
}

const CHATS = "https://teams.microsoft.com/l/chat/0/0?users=";
const LONGEST = 1_000;

/** @param principal what Teams opens a chat by, such as anna@clinic.example */
export function chatLink(principal: string): string {
  return `${CHATS}${encodeURIComponent(principal)}`;
}

/** The card as it stands: with the ways to go on, or none when it is over. */
export function clinicCard(wanted: Wanted, standing: Standing): AdaptiveCard {
  const { name, chat, summary } = wanted;
  const lines = [WORDS.wanted, `${plain(name)}: ${plain(summary)}`, told(standing)];
  const ways = waysOn(standing).map(
    ([title, state]): CardAction => ({ type: "Action.Submit", title, data: { ...wanted, state } }),
  );
  const open: CardAction[] =
    chat === null || ways.length === 0 ? [] : [{ type: "Action.OpenUrl", title: WORDS.chatWith(name), url: chat }];
  const body = lines.map((text) => ({ type: "TextBlock", text, wrap: true }) as const);
  return card(body, [...open, ...ways], lines.join(" "), lines.join("\n"));
}

/** @returns null when it is no press on such a card */
export function clinicPressOf(value: unknown): ClinicPress | null {
  if (!isRecord(value)) return null;
  const { handOff, name, chat, summary, state } = value;
  if (typeof handOff !== "string" || typeof name !== "string" || typeof summary !== "string") return null;
  if (state !== "accepted" && state !== "failed" && state !== "completed") return null;
  const link = typeof chat === "string" && chat.startsWith(CHATS) ? chat.slice(0, LONGEST) : null;
  return { state, wanted: { handOff, name: name.slice(0, LONGEST), summary: summary.slice(0, LONGEST), chat: link } };
}

function told(standing: Standing): string {
  switch (standing.state) {
    case "wanted":
      return WORDS.wantedHow;
    case "over":
      return WORDS.over;
    case "accepted":
      return WORDS.taken(plain(standing.by));
    case "completed":
      return WORDS.completed(plain(standing.by));
    case "failed":
      return WORDS.untaken(plain(standing.by));
  }
}

function waysOn({ state }: Standing): readonly (readonly [string, HandOffEvent["state"]])[] {
  if (state === "wanted")
    return [
      [WORDS.take, "accepted"],
      [WORDS.cannot, "failed"],
    ];
  if (state === "accepted")
    return [
      [WORDS.done, "completed"],
      [WORDS.cannot, "failed"],
    ];
  return [];
}

/** Cards read Markdown: a name is no place for a link. */
function plain(text: string): string {
  return text.replaceAll(/[[\]()*_`#<>\\]/g, " ");
}

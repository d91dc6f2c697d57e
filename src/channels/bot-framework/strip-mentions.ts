import { isRecord } from "../http/is-record.ts";

/** More than anybody mentions or writes. A name that holds the text of the next mention would otherwise grow with each. */
const MOST_MENTIONS = 20;
const LONGEST_NAME = 60;
const LONGEST_TEXT = 20_000;

/**
 * The text without the mention of the bot, as the entities tell it: `<at>Unknot</at> my calf cramps` is "my calf cramps".
 * Other people's mentions keep their names. HTML that Teams puts in becomes plain text.
 */
export function stripMentions(text: string, entities: unknown, bot: string): string {
  let plain = text.slice(0, LONGEST_TEXT);
  let mentions = 0;
  for (const entity of Array.isArray(entities) ? entities : []) {
    if (!isRecord(entity) || entity["type"] !== "mention" || typeof entity["text"] !== "string" || entity["text"] === "")
      continue;
    if (++mentions > MOST_MENTIONS) break;
    const mentioned = isRecord(entity["mentioned"]) ? entity["mentioned"] : {};
    const name = typeof mentioned["name"] === "string" ? mentioned["name"].slice(0, LONGEST_NAME) : "";
    plain = plain.replaceAll(entity["text"], () => (mentioned["id"] === bot ? " " : name)).slice(0, LONGEST_TEXT);
  }
  return plainText(plain);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, "\n")
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, " ")
    .replace(/&(?:nbsp|amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? " ")
    .replace(/\u00a0/g, " ")
    .trim();
}

import { isRecord } from "../http/is-record.ts";

/**
 * The text without the mention of the bot, as the entities tell it: `<at>Unknot</at> my calf cramps` is "my calf cramps".
 * Other people's mentions keep their names. HTML that Teams puts in becomes plain text.
 */
export function stripMentions(text: string, entities: unknown, bot: string): string {
  let plain = text;
  for (const entity of Array.isArray(entities) ? entities : []) {
    if (!isRecord(entity) || entity["type"] !== "mention" || typeof entity["text"] !== "string" || entity["text"] === "")
      continue;
    const mentioned = isRecord(entity["mentioned"]) ? entity["mentioned"] : {};
    const name = typeof mentioned["name"] === "string" ? mentioned["name"] : "";
    plain = plain.replaceAll(entity["text"], mentioned["id"] === bot ? " " : name);
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

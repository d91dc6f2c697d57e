/** What no text of the bot holds, unless a value got lost on the way. */
const BROKEN = /undefined|\bnull\b|\[object|NaN|\{[a-zA-Z_]+\}|function \w*\(/;

/** What is wrong with a text of the bot; null when nothing is. */
export function brokenText(text: unknown): string | null {
  if (typeof text !== "string") return null;
  return BROKEN.test(text) ? `the bot says ${JSON.stringify(text)}` : null;
}

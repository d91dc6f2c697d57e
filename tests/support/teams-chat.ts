import { type Bot, teamsMessage } from "./azure-bot.ts";
import type { PostedActivity } from "./connector.ts";

type Json = Readonly<Record<string, unknown>>;

/** A person's chat with the bot in Teams: types, ticks and presses as the client does. */
export interface TeamsChat {
  /** What the bot said last. */
  readonly said: () => readonly PostedActivity[];
  say(text: string, parts?: Json): Promise<readonly PostedActivity[]>;
  /** Presses the button of that title on any card so far, the newest first, with these lines ticked. */
  press(title: string, ticked?: readonly string[]): Promise<readonly PostedActivity[]>;
}

export function openTeamsChat(bot: Bot, id: string, parts: Json = {}): TeamsChat {
  let said: readonly PostedActivity[] = [];
  const cards: Json[] = [];
  const conversation = { id, conversationType: "personal" };

  const post = async (activity: Json): Promise<readonly PostedActivity[]> => {
    const { status, body } = await bot.post({ ...activity, conversation, deliveryMode: "expectReplies", ...parts });
    if (status !== 200) throw new Error(`the bot answered ${status}`);
    said = (body?.activities ?? []) as unknown as readonly PostedActivity[];
    cards.push(...said.flatMap(cardsOf));
    return said;
  };

  return {
    said: () => said,
    say: (text, more = {}) => post({ ...teamsMessage(text), ...more }),
    press: async (title, ticked = []) => {
      const card = cards.findLast((one) => submitsOf(one).some((action) => action["title"] === title));
      if (card === undefined) throw new Error(`no card has a button "${title}"`);
      const action = submitsOf(card).find((one) => one["title"] === title);
      const { msteams, ...data } = (action?.["data"] ?? {}) as Json;
      const { text } = msteams as { text: string };
      const inputs = togglesOf(card).map((one) => [one["id"], ticked.includes(String(one["title"])) ? "true" : "false"]);
      return await post({ ...teamsMessage(text), value: { ...data, ...Object.fromEntries(inputs) } });
    },
  };
}

export function cardsOf(activity: PostedActivity): Json[] {
  return (activity.attachments ?? []).map(({ content }) => content);
}

/** Every object inside a card that has a type. */
export function elementsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (typeof value !== "object" || value === null) return [];
  const own = value as Json;
  const inner = Object.entries(own).flatMap(([name, part]) => (name === "data" ? [] : elementsOf(part)));
  return "type" in own ? [own, ...inner] : inner;
}

export function submitsOf(card: Json): Json[] {
  return elementsOf(card).filter(({ type }) => type === "Action.Submit");
}

export function togglesOf(card: Json): Json[] {
  return elementsOf(card).filter(({ type }) => type === "Input.Toggle");
}

import type { Choice, Reply } from "../../../dialogs/reply.ts";
import type { AdaptiveCard, CardAction, CardElement, SubmitAction } from "./adaptive-card.ts";
import { TICK, TICKED } from "./pressed.ts";
import { WORDS } from "./words.ts";

/** Teams shows six actions below a card and cuts their titles to a line. */
const MOST_ACTIONS = 6;
const LONGEST_TITLE = 22;
/** Of a list to tick: answers about the list as a whole. */
const WHOLE = new Set(["none", "unsure"]);
/** Six to a row: on a phone each is still wide enough for a thumb. */
const ROW = 6;

/**
 * What Teams shows below the text of a reply: the picture and the ways to answer. The text stands before it as the message's
 * own, so that nothing is lost where the card is not shown.
 * @param pictures where the pictures are served; null when not over https, as Teams wants it
 * @returns null when there is nothing to show
 */
export function replyCard(reply: Reply, pictures: string | null): AdaptiveCard | null {
  const { picture, choices, question } = reply;
  const shown: CardElement[] =
    picture === null || pictures === null
      ? []
      : [{ type: "Image", url: `${pictures}/${picture.id}.png`, altText: picture.alt, size: "stretch" }];
  const ways = reply.multiple
    ? list(choices, question)
    : reply.ask === "severity"
      ? scale(choices, question)
      : pick(choices, question);
  if (shown.length + ways.body.length + ways.actions.length === 0) return null;
  return card([...shown, ...ways.body], ways.actions, reply.spoken, withOptions(reply.text, choices));
}

/** After the plain text of an emergency: its number to tap, and what the person may say next. */
export function emergencyCard(reply: Reply): AdaptiveCard | null {
  const { emergencyNumber: number, choices, question } = reply;
  const call: CardAction[] =
    number === null || reply.disposition !== "emergency-now"
      ? []
      : [{ type: "Action.OpenUrl", title: WORDS.call(number), url: `tel:${number.replace(/[^\d+*#]/g, "")}` }];
  const ways = pick(choices, question);
  if (call.length + ways.body.length + ways.actions.length === 0) return null;
  return card(ways.body, [...call, ...ways.actions], reply.spoken, withOptions(reply.text, choices));
}

/** Out of a group or channel, to where nobody reads along. */
export function privateChatCard(reply: Reply, appId: string): AdaptiveCard {
  const url = `https://teams.microsoft.com/l/chat/0/0?users=28:${encodeURIComponent(appId)}`;
  return card([], [{ type: "Action.OpenUrl", title: WORDS.openPrivateChat, url }], reply.spoken, reply.text);
}

interface Ways {
  readonly body: readonly CardElement[];
  readonly actions: readonly SubmitAction[];
}

function pick(choices: readonly Choice[], question: string | null): Ways {
  const buttons = choices.map((choice) => submit(choice, question));
  const fit = buttons.length <= MOST_ACTIONS && buttons.every(({ title }) => title.length <= LONGEST_TITLE);
  return fit ? { body: [], actions: buttons } : { body: buttons.map(wide), actions: [] };
}

function wide(button: SubmitAction): CardElement {
  const items = [{ type: "TextBlock", text: button.title, wrap: true } as const];
  return { type: "Container", style: "emphasis", items, selectAction: button };
}

/** 0 to 10 in two rows: a tap, where a list to open would take three. */
function scale(choices: readonly Choice[], question: string | null): Ways {
  const rows = Array.from({ length: Math.ceil(choices.length / ROW) }, (_, row) => choices.slice(row * ROW, (row + 1) * ROW));
  const body = rows.map((row): CardElement => {
    const columns = row.map(({ value, label }) => ({
      type: "Column" as const,
      width: "stretch" as const,
      style: "emphasis" as const,
      items: [{ type: "TextBlock", text: label, wrap: true, horizontalAlignment: "center" } as const],
      selectAction: submit({ value, label }, question),
    }));
    return { type: "ColumnSet", columns };
  });
  return { body, actions: [] };
}

/** Lines to tick and send, and the answers about the whole list apart. */
function list(choices: readonly Choice[], question: string | null): Ways {
  const lines = choices.filter(({ value }) => !WHOLE.has(value));
  const body = lines.map(
    ({ value, label }): CardElement => ({
      type: "Input.Toggle",
      id: `${TICK}${value}`,
      title: label,
      value: "false",
      wrap: true,
    }),
  );
  const whole = choices.filter(({ value }) => WHOLE.has(value)).map((choice) => submit(choice, question));
  const data = { ...pressData(question), [TICKED]: true, msteams: messageBack(WORDS.sendTicked) };
  return { body, actions: [{ type: "Action.Submit", title: WORDS.sendTicked, data }, ...whole] };
}

function submit({ value, label }: Choice, question: string | null): SubmitAction {
  return {
    type: "Action.Submit",
    title: label,
    data: { ...pressData(question), choice: value, msteams: messageBack(label) },
  };
}

/** The press names its question, so that a button of an old card does no harm. */
function pressData(question: string | null): Readonly<Record<string, string>> {
  return question === null ? {} : { question };
}

/** Teams shows the label as what the person said, to them alone, and sends the data to the bot. */
function messageBack(label: string): object {
  return { type: "messageBack", text: label, displayText: label };
}

function withOptions(text: string, choices: readonly Choice[]): string {
  return [text, ...choices.map(({ label }) => label)].join("\n");
}

/** @param speak and `fallbackText`: for a client that speaks, or cannot show the card */
export function card(
  body: readonly CardElement[],
  actions: readonly CardAction[],
  speak: string,
  fallbackText: string,
): AdaptiveCard {
  const $schema = "http://adaptivecards.io/schemas/adaptive-card.json";
  return { type: "AdaptiveCard", $schema, version: "1.2", lang: "en", fallbackText, speak, body, actions };
}

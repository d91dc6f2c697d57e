import type { Choice, Clock, Picture } from "../dialogs/reply.ts";
import type { Ask, Disposition, StepName } from "../src/care/labels.ts";
import type { TurnEntity } from "../src/channels/turn-entity.ts";

/** One line of the conversation, of the bot or of the person. */
export interface Message {
  readonly id: string;
  /** Its place in the conversation; NaN for one that the server could not keep. */
  readonly sequence: number;
  readonly from: "bot" | "user";
  readonly text: string;
  /** For the ear; often the same as the text. */
  readonly spoken: string;
  /** Server time, milliseconds since 1970. */
  readonly at: number;
  /** The id that this client gave its own message. */
  readonly clientId: string | null;
  readonly choices: readonly Choice[];
  readonly multiple: boolean;
  readonly picture: Picture | null;
  readonly question: string | null;
  readonly clock: Clock | null;
  readonly emergencyNumber: string | null;
  readonly step: StepName | null;
  readonly disposition: Disposition | null;
  readonly ask: Ask | null;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an activity of Direct Line. It may come from anywhere and be anything: what is not as expected is left out, and
 * nothing in it is ever taken for markup.
 * @returns null when it is no message
 */
export function readActivity(data: unknown): Message | null {
  const activity = fields(data);
  if (activity["type"] !== "message") return null;
  const id = words(activity["id"]);
  const from = fields(activity["from"])["role"] === "user" ? "user" : "bot";
  const text = words(activity["text"]);
  const channelData = fields(activity["channelData"]);
  const ours = fields(channelData["unknot"]);
  const turn = list(activity["entities"]).map(fields).find(isTurn);
  return {
    id,
    sequence: Number(/\|(\d+)$/.exec(id)?.[1] ?? Number.NaN),
    from,
    text,
    spoken: words(activity["speak"]) || text,
    at: Date.parse(words(activity["timestamp"])) || 0,
    clientId: words(channelData["clientActivityID"]) || null,
    choices: list(ours["choices"])
      .map(readChoice)
      .filter((one) => one !== null),
    multiple: ours["multiple"] === true,
    picture: readPicture(ours["picture"]),
    question: words(ours["question"]) || null,
    clock: readClock(ours["clock"]),
    emergencyNumber: readNumber(ours["emergencyNumber"]),
    step: turn?.step ?? null,
    disposition: turn?.disposition ?? null,
    ask: turn?.ask ?? null,
  };
}

function isTurn(entity: Fields): entity is Fields & Pick<TurnEntity, "step" | "disposition" | "ask"> {
  return entity["type"] === "unknot.turn";
}

function readChoice(data: unknown): Choice | null {
  const { value, label } = fields(data);
  return typeof value === "string" && typeof label === "string" ? { value, label } : null;
}

/** An id that is a plain name: it becomes part of an address. */
function readPicture(data: unknown): Picture | null {
  const { id, alt } = fields(data);
  return typeof id === "string" && /^[\w-]{1,80}$/.test(id) ? { id, alt: words(alt) } : null;
}

function readClock(data: unknown): Clock | null {
  const { state, endsAt, seconds, secondsLeft } = fields(data);
  if (state === "paused" && typeof secondsLeft === "number") return { state, secondsLeft };
  if (state === "running" && typeof endsAt === "number" && typeof seconds === "number") return { state, endsAt, seconds };
  return null;
}

/** Digits only: it is dialled. */
function readNumber(data: unknown): string | null {
  return typeof data === "string" && /^\+?\d[\d ]{1,15}$/.test(data) ? data : null;
}

function fields(data: unknown): Fields {
  return typeof data === "object" && data !== null ? (data as Fields) : {};
}

function list(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

function words(data: unknown): string {
  return typeof data === "string" ? data : "";
}

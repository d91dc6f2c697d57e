import type { Scope } from "../../../dialogs/event.ts";
import type { Reply } from "../../../dialogs/reply.ts";
import { UserError } from "../../errors.ts";
import type { Incoming, Turns } from "../../turns/port.ts";

/** A line of `chat --jsonl`: a message, or time that passes (schemas/chat-line-in.schema.json). */
export interface LineIn {
  readonly conversation: string;
  readonly text?: string;
  readonly choice?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly scope?: Scope;
  /** ISO 8601. Without it the conversation's clock stands still. */
  readonly at?: string;
  readonly advanceSeconds?: number;
}

/** What comes back for it (schemas/chat-line-out.schema.json). */
export interface LineOut {
  readonly conversation: string;
  readonly replies: readonly LineReply[];
  /** What is wrong with the line; the conversation is as before. */
  readonly error?: string;
}

export interface LineReply {
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly step: Reply["step"];
  readonly disposition: Reply["disposition"];
  readonly flags: readonly string[];
  readonly ask: Reply["ask"];
  readonly timerSeconds: number | null;
  readonly picture: string | null;
  readonly sources: readonly string[];
}

const CLOCK_START = Date.parse("2026-01-01T09:00:00Z");
/** A year: longer than anybody's patience, short enough for a date. */
const LONGEST_ADVANCE = 366 * 24 * 3600;

/**
 * Answers lines of JSON, any number of conversations side by side, each on a clock of its own.
 * @param startOf when a conversation's clock starts that was kept from an earlier run; null for a new one
 */
export function createLineChat(turns: Turns, startOf: (conversation: string) => Promise<number | null> = async () => null) {
  const clocks = new Map<string, number>();

  const clockOf = async (key: string): Promise<number> => clocks.get(key) ?? (await startOf(key)) ?? CLOCK_START;

  return async (line: string): Promise<LineOut> => {
    let wish: LineIn;
    try {
      wish = parseLine(line);
    } catch (error) {
      return { conversation: "", replies: [], error: (error as Error).message };
    }
    const key = `terminal:${wish.conversation}`;
    let now = await clockOf(key);
    if (wish.at !== undefined) now = Math.max(now, Date.parse(wish.at));
    now += Math.round((wish.advanceSeconds ?? 0) * 1000);
    clocks.set(key, now);
    const said = (await turns.advance(key, now)).map(({ reply }) => lineReply(reply));
    if (wish.text === undefined && wish.choice === undefined) return { conversation: wish.conversation, replies: said };
    const { replies } = await turns.handle(incomingOf(wish, key, now));
    return { conversation: wish.conversation, replies: [...said, ...replies.map(({ reply }) => lineReply(reply))] };
  };
}

function incomingOf(wish: LineIn, key: string, at: number): Incoming {
  return {
    conversation: key,
    channel: "terminal",
    activity: null,
    what: { kind: "message", text: wish.text ?? "", choice: wish.choice ?? null, choiceOf: null, without: null },
    reference: null,
    echo: null,
    mustDeliver: false,
    locale: wish.locale ?? null,
    timeZone: wish.timeZone ?? null,
    scope: wish.scope ?? "personal",
    reach: "push",
    at,
  };
}

function lineReply(reply: Reply): LineReply {
  const { text, choices, step, disposition, flags, ask, timerSeconds, picture, sources } = reply;
  return { text, choices, step, disposition, flags, ask, timerSeconds, picture: picture?.id ?? null, sources };
}

/** @throws UserError bad-input, naming what is wrong */
function parseLine(line: string): LineIn {
  const wrong = (what: string) => new UserError("bad-input", what);
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    throw wrong("the line is not JSON");
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw wrong("the line is not a JSON object");
  const { conversation, text, choice, locale, timeZone, scope, at, advanceSeconds } = data as Record<string, unknown>;
  if (typeof conversation !== "string" || conversation === "") throw wrong('"conversation" must be a text');
  for (const [name, value] of Object.entries({ text, choice, locale, timeZone, at })) {
    if (value !== undefined && typeof value !== "string") throw wrong(`"${name}" must be a text`);
  }
  if (scope !== undefined && scope !== "personal" && scope !== "groupChat" && scope !== "channel") {
    throw wrong('"scope" must be personal, groupChat or channel');
  }
  if (typeof at === "string" && Number.isNaN(Date.parse(at))) throw wrong('"at" must be a time such as 2026-01-01T10:00:00Z');
  if (
    advanceSeconds !== undefined &&
    (typeof advanceSeconds !== "number" || !(advanceSeconds >= 0 && advanceSeconds <= LONGEST_ADVANCE))
  ) {
    throw wrong('"advanceSeconds" must be a number of seconds, 0 or more');
  }
  if (text === undefined && choice === undefined && advanceSeconds === undefined && at === undefined) {
    throw wrong('a line needs "text", "choice" or "advanceSeconds"');
  }
  return data as LineIn;
}

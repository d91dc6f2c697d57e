import { createWorld } from "../../dialogs/respond.ts";
import { brokenText } from "../../scripts/broken-text.ts";
import { DISPOSITIONS } from "../../src/care/labels.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Incoming, Outgoing } from "../../src/turns/port.ts";
import { createTurns } from "../../src/turns/turns.ts";
import type { Knowledge } from "../../src/understanding/knowledge.ts";
import { type Dialogue, type DialogueTurn, type Heard, mistakesOf } from "./dialogue.ts";

/** A turn of a dialogue as it was played. */
export interface PlayedTurn {
  readonly turn: DialogueTurn;
  readonly heard: Heard;
  /** What was wrong, in words. */
  readonly mistakes: readonly string[];
}

const KEY = "terminal:test";

/**
 * Plays dialogues against the real bot: real content, real understanding, the turns as a channel runs them; only the clock
 * is a number.
 */
export function createPlayer({ content, understand }: Knowledge): (dialogue: Dialogue) => Promise<PlayedTurn[]> {
  const world = createWorld(content, null);
  return async (dialogue) => {
    const { broken } = dialogue;
    const observer = {
      turn: () => {},
      failure: (_where: string, error: unknown) => {
        if (broken === undefined) throw error;
      },
    };
    const mind = Promise.resolve({ world, understand: broken === "understanding" ? fail : understand });
    const store = createMemoryStore();
    const turns = createTurns({ store: broken === "store" ? { ...store, load: fail } : store, mind, observer });
    let now = Date.parse(dialogue.begins);
    const played: PlayedTurn[] = [];
    for (const turn of dialogue.talk) {
      now += (turn.wait ?? 0) * 1000;
      const said: readonly Outgoing[] =
        turn.wait === undefined ? (await turns.handle(incomingOf(dialogue, turn, now))).replies : await turns.advance(KEY, now);
      const heard = { replies: said.map(({ reply }) => reply) };
      const mistakes = [
        ...mistakesOf(turn, heard),
        ...alwaysWrong(dialogue, heard),
        // Several timers may fire while time passes: each is a turn of its own.
        ...(turn.wait === undefined ? wrongInOneTurn(heard) : []),
      ];
      played.push({ turn, heard, mistakes });
    }
    return withinBudget(dialogue, played);
  };
}

/** Questions that cost the person an answer; a countdown asks for none. */
const COSTLY = new Set(["area", "side", "severity", "safety-check", "which-sign", "onset", "recheck", "choose"]);

function withinBudget({ questions_most }: Dialogue, played: PlayedTurn[]): PlayedTurn[] {
  const asked = played.flatMap(({ heard }) => heard.replies).filter(({ ask }) => ask !== null && COSTLY.has(ask)).length;
  const last = played.at(-1);
  if (questions_most === undefined || asked <= questions_most || last === undefined) return played;
  return [...played.slice(0, -1), { ...last, mistakes: [...last.mistakes, `${asked} questions, more than ${questions_most}`] }];
}

function fail(): never {
  throw new Error("broken on purpose");
}

function incomingOf({ locale, time_zone, scope, reach }: Dialogue, turn: DialogueTurn, at: number): Incoming {
  const message = {
    kind: "message",
    text: turn.say ?? "",
    choice: turn.pick ?? null,
    choiceOf: null,
    without: turn.sends ?? null,
  } as const;
  return {
    conversation: KEY,
    channel: "terminal",
    activity: null,
    what: turn.opens === true ? { kind: "arrival" } : message,
    reference: null,
    echo: null,
    mustDeliver: false,
    locale,
    timeZone: time_zone,
    scope: turn.scope ?? scope,
    reach,
    at,
  };
}

function alwaysWrong({ never, never_steps, never_above }: Dialogue, { replies }: Heard): string[] {
  const mistakes: string[] = [];
  for (const { text, step, disposition } of replies) {
    for (const words of never ?? [])
      if (text.toLowerCase().includes(words.toLowerCase())) mistakes.push(`never to say "${words}"`);
    if (never_steps?.includes(step)) mistakes.push(`never to come to ${step}`);
    const broken = brokenText(text);
    if (broken !== null) mistakes.push(broken);
    const above =
      never_above !== undefined && disposition !== null && DISPOSITIONS.indexOf(disposition) < DISPOSITIONS.indexOf(never_above);
    if (above) mistakes.push(`${disposition} is above ${never_above}`);
  }
  return mistakes;
}

function wrongInOneTurn({ replies }: Heard): string[] {
  const mistakes: string[] = [];
  if (replies.length === 0) mistakes.push("no reply");
  if (replies.length > 3) mistakes.push(`${replies.length} replies in one turn`);
  if (replies.slice(0, -1).some(({ ask }) => ask !== null)) mistakes.push("a reply before the last asks");
  return mistakes;
}

/** What somebody did, in a line: their words, the button, or the time they let pass. */
export function doneBy({ say, pick, wait, sends, opens }: DialogueTurn): string {
  if (say !== undefined) return say === "" ? "(an empty message)" : say;
  if (pick !== undefined) return `[${pick}]`;
  if (wait !== undefined) return `(${wait} seconds pass)`;
  if (sends !== undefined) return sends === "picture" ? "(a picture)" : "(a sticker)";
  return opens === true ? "(opens the chat)" : "";
}

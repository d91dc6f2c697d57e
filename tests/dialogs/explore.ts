import { type Conversation, newConversation } from "../../dialogs/conversation.ts";
import type { Event, Setting } from "../../dialogs/event.ts";
import type { Response } from "../../dialogs/finish.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { respond } from "../../dialogs/respond.ts";
import type { World } from "../../dialogs/turn.ts";
import { eventOf } from "../../src/turns/event-of.ts";
import type { Understand } from "../../src/understanding/understand.ts";
import { incoming } from "../support/incoming.ts";

/** One thing a person can do: words, a button, or to let time pass. */
export type Move =
  | { readonly kind: "say"; readonly text: string }
  /** The button at a place in its row; -1 is the last. */
  | { readonly kind: "pick"; readonly at: number }
  | { readonly kind: "wait" };

export interface Node {
  readonly key: string;
  readonly conversation: Conversation;
  readonly now: number;
  /** How it was reached, for the message of a failing check. */
  readonly path: readonly string[];
}

export interface Transition {
  readonly from: Node;
  readonly move: Move;
  readonly response: Response;
  readonly to: string;
}

const START = Date.parse("2026-01-01T09:00:00Z");
const TEN_MINUTES = 10 * 60_000;
/** Who says it is no part of an event. */
const NOBODY = { conversation: "", channel: "", activity: null, at: START } as const;
const SETTING: Setting = { locale: "en-GB", timeZone: "Europe/London", scope: "personal", reach: "push" };

/**
 * Walks the conversation breadth first, every move from every state that looks new, until `most` states are known.
 * Times enter a state only as "within ten minutes" or not; counters and fingerprints do not enter it.
 */
export function explore(
  { world, understand, setting = SETTING }: { world: World; understand: Understand; setting?: Setting },
  moves: readonly Move[],
  most: number,
  visit: (transition: Transition) => void,
): Map<string, Node> {
  const first: Node = { key: "start", conversation: newConversation(), now: START, path: [] };
  const known = new Map([[first.key, first]]);
  const queue = [first];
  const readings = new Map<string, ReturnType<Understand>>();
  const read: Understand = (text, expecting) => {
    const name = `${JSON.stringify(expecting)} ${text}`;
    const reading = readings.get(name) ?? understand(text, expecting);
    readings.set(name, reading);
    return reading;
  };
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at] as Node;
    for (const move of moves) {
      const step = stepOf(from, move, read, setting);
      if (step === null) continue;
      const response = respond(world, from.conversation, step.event, step.now);
      const key = keyOf(response.conversation, step.now);
      visit({ from, move, response, to: key });
      if (known.has(key) || known.size >= most) continue;
      const node = { key, conversation: response.conversation, now: step.now, path: [...from.path, nameOf(move)] };
      known.set(key, node);
      queue.push(node);
    }
  }
  return known;
}

export function nameOf(move: Move): string {
  return move.kind === "say" ? move.text : move.kind === "pick" ? `[${move.at}]` : "(wait)";
}

function stepOf(
  { conversation, now }: Node,
  move: Move,
  read: Understand,
  setting: Setting,
): { event: Event; now: number } | null {
  const { question, timers } = conversation;
  if (move.kind === "wait") {
    const next = timers.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return null;
    return { event: { ...setting, kind: "timer", timer: next.id }, now: Math.max(now, next.at) };
  }
  const text = move.kind === "say" ? move.text : "";
  const choice = move.kind === "pick" ? (question?.options.at(move.at) ?? null) : null;
  if (move.kind === "pick" && choice === null) return null;
  const choiceOf = choice === null ? null : (question?.id ?? null);
  const what = { kind: "message", text, choice, choiceOf, without: null } as const;
  return { event: eventOf(incoming(text, { ...NOBODY, ...setting, what }), conversation, read), now: now + 5_000 };
}

/** What of a conversation can make a difference to what follows. */
function keyOf(conversation: Conversation, now: number): string {
  const { turns: _turns, last: _last, lastPrint: _print, lastAt: _at, episode, past, timers, ...rest } = conversation;
  const old = (at: number | null) => (at === null ? null : now - at >= TEN_MINUTES);
  return JSON.stringify({
    ...rest,
    past: Math.min(past.length, 1),
    timers: timers.map(({ kind }) => kind).sort(),
    paused: rest.paused?.kind ?? null,
    question: rest.question === null ? null : { ...rest.question, tries: Math.min(rest.question.tries, 2) },
    checkIn: rest.checkIn !== null,
    episode:
      episode === null
        ? null
        : {
            ...episode,
            id: 0,
            beganAt: old(episode.beganAt),
            startedAt: old(episode.startedAt),
            lastAt: 0,
            told: 0,
            findings: [],
            saidRows: [],
            closedFlags: [],
            assessed: Math.min(episode.assessed, 2),
            pain: { ...episode.pain, before: null, toldAt: null },
            flags: episode.flags.map(({ id, disposition }) => `${id} ${disposition}`).sort(),
            done: episode.done.toSorted(),
          },
  });
}

export function textOf(replies: readonly Reply[]): string {
  return replies.map(({ text }) => text).join("\n");
}

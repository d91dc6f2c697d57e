import { type Conversation, newConversation } from "../../dialogs/conversation.ts";
import type { Setting } from "../../dialogs/event.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { respond } from "../../dialogs/respond.ts";
import { dueTimers, type Mind } from "../../src/turns/compute.ts";
import { eventOf } from "../../src/turns/event-of.ts";
import type { Incoming } from "../../src/turns/port.ts";
import { incoming } from "../../tests/support/incoming.ts";
import { brokenText } from "../broken-text.ts";
import { createRandom, type Random } from "../random.ts";
import { mutateText } from "./mutate.ts";
import { computedSince, HANG, isPolluted, STEPS, type Trouble } from "./trouble.ts";

/** Somebody whose texts go straight into understanding and the pure turn, with no channel and no store. */
interface Person {
  readonly random: Random;
  readonly mind: Mind;
  readonly setting: Setting;
  conversation: Conversation;
  last: Reply | null;
  now: number;
}

/** Longer than any channel lets through, so that the limit on reading is met too. */
const MOST_PIECES = 400;
const LARGEST_STATE = 64 * 1024;

/** Plays one person who says some odd texts and presses some odd buttons. The same seed says the same. */
export function playTexts(mind: Mind, texts: readonly string[], seed: number): Trouble | null {
  const random = createRandom(seed);
  const locale = random.pick(["en-GB", "en-US", "en-IE", "de-DE", "xx", null]);
  const scope = random.pick(["personal", "personal", "personal", "personal", "groupChat", "channel"] as const);
  const setting: Setting = { locale, timeZone: random.pick(["Europe/Dublin", "no/where", null]), scope, reach: "push" };
  const person: Person = { random, mind, setting, conversation: newConversation(), last: null, now: 1_767_258_000_000 };
  for (let step = 0; step < STEPS; step++) {
    const said = random.chance(0.15) ? "" : oddText(texts, random);
    const choice = said === "" ? pressedOf(person) : null;
    const before = process.cpuUsage();
    let what: string | null;
    try {
      what = take(person, said, choice);
    } catch (error) {
      what = `failed inside: ${(error as Error).stack ?? String(error)}`;
    }
    const milliseconds = computedSince(before);
    if (what === null && milliseconds > HANG) what = `took ${Math.round(milliseconds)} ms`;
    if (what === null && isPolluted()) what = "the prototype of all objects was changed";
    if (what !== null) return { seed, step, what, call: JSON.stringify({ said, choice }).slice(0, 4_000) };
  }
  return null;
}

/** A real sentence, a changed one, or many of them put together. */
export function oddText(texts: readonly string[], random: Random): string {
  const real = random.pick(texts);
  if (random.chance(0.3)) return real;
  if (random.chance(0.005)) {
    const pieces = Array.from({ length: random.below(MOST_PIECES) }, () => random.pick(texts));
    return random.chance(0.5) ? pieces.join(random.pick([" ", ", ", "\n", ""])) : real.repeat(random.below(MOST_PIECES));
  }
  return mutateText(random.chance(0.4) ? `${real} ${random.pick(texts)}` : real, random);
}

function pressedOf({ random, last }: Person): string {
  const offered = last?.choices.map(({ value }) => value) ?? [];
  if (offered.length === 0 || random.chance(0.2)) return random.pick(["none", "done", "yes", "7", "c1,c2", "constructor", ","]);
  return random.chance(0.8) ? random.pick(offered) : mutateText(random.pick(offered), random).slice(0, 200) || "none";
}

function take(person: Person, said: string, choice: string | null): string | null {
  const { random, mind, setting } = person;
  if (random.chance(0.2)) {
    person.now += 1_000 * random.pick([1, 30, 60, 600, 50_000]);
    for (const { id } of dueTimers(person.conversation, person.now)) {
      const fired = respond(mind.world, person.conversation, { kind: "timer", timer: id, ...setting }, person.now);
      person.conversation = fired.conversation;
      const wrong = wrongIn(fired.replies, 0);
      if (wrong !== null) return wrong;
    }
  }
  const event = eventOf(messageOf(person, said, choice), person.conversation, mind.understand);
  const { conversation, replies } = respond(mind.world, person.conversation, event, person.now);
  const kept = JSON.stringify(conversation);
  if (kept.length > LARGEST_STATE) return `the state has ${kept.length} characters`;
  // As a store gives it back.
  person.conversation = JSON.parse(kept) as Conversation;
  person.last = replies.at(-1) ?? null;
  return wrongIn(replies, setting.scope === "personal" ? 1 : 0);
}

function messageOf({ random, last, setting, now }: Person, text: string, choice: string | null): Incoming {
  const choiceOf = random.chance(0.5) ? (last?.question ?? null) : null;
  const without = random.chance(0.02) ? "picture" : null;
  const what = { kind: "message", text, choice, choiceOf, without } as const;
  return incoming(text, { conversation: "fuzzed", channel: "none", activity: null, what, at: now, ...setting });
}

function wrongIn(replies: readonly Reply[], least: number): string | null {
  if (replies.length < least || replies.length > 3) return `${replies.length} replies`;
  for (const { text, spoken, choices } of replies) {
    if (text.trim() === "") return "the bot says nothing";
    for (const part of [text, spoken, ...choices.map(({ label }) => label)]) {
      const broken = brokenText(part);
      if (broken !== null) return broken;
    }
  }
  return null;
}

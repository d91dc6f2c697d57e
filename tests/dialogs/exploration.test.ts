import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { createWorld, respond } from "../../dialogs/respond.ts";
import { brokenText } from "../../scripts/broken-text.ts";
import { isEscalation, STEPS, urgency } from "../../src/care/labels.ts";
import { heard } from "../support/heard.ts";
import { knowledge } from "../support/knowledge.ts";
import { explore, type Move, type Node, nameOf, type Transition, textOf } from "./explore.ts";

/** Answers of every kind: what people say at any moment of the talk. */
const SAYINGS = [
  "my calf is cramping",
  "my lower back is in spasm",
  "yes",
  "no",
  "not sure",
  "it has let go",
  "a bit better",
  "still the same",
  "it is getting worse",
  "3",
  "actually it is the left thigh",
  "why do you ask?",
  "should I use ice or heat?",
  "say that again",
  "go back",
  "stop, forget it",
  "start over",
  "thanks",
  "asdf qwer",
  "ok done",
  "skip",
  "go on",
  "my son has it, he is 9",
];
const SEVERE = "the pain is unbearable, 9 out of 10";
const EMERGENCY = "I have crushing chest pain and I cannot breathe";
const MOVES: Move[] = [
  ...[...SAYINGS, SEVERE, EMERGENCY].map((text) => ({ kind: "say", text }) as const),
  ...[0, 1, 2, 3, 4, 5, -1].map((at) => ({ kind: "pick", at }) as const),
  { kind: "wait" },
];
const MOST_STATES = 1500;
/** Steps that move, press or load a muscle. */
const ROUTINE = new Set(["stretch", "massage", "gentle-movement", "back-exercises"]);

const { content, understand } = knowledge();
let nodes: Map<string, Node>;
const transitions: Transition[] = [];

beforeAll(() => {
  nodes = explore({ world: createWorld(content, null), understand }, MOVES, MOST_STATES, (one) => transitions.push(one));
}, 300_000);

/** The transitions that break a rule, told so that they can be played again. */
function broken(rule: (transition: Transition) => boolean): string[] {
  return transitions
    .filter((one) => !rule(one))
    .slice(0, 5)
    .map(({ from, move, response }) => `${[...from.path, nameOf(move)].join(" > ")} => ${textOf(response.replies)}`);
}

const escalated = ({ conversation }: Pick<Node, "conversation">) => {
  const level = conversation.episode?.disposition ?? null;
  return level !== null && urgency(level) <= urgency("urgent-same-day");
};

describe(`up to ${MOST_STATES} states`, () => {
  test("enough is explored, and every step of the flow is met", () => {
    expect(nodes.size).toBe(MOST_STATES);
    const met = new Set(transitions.flatMap(({ response }) => response.replies.map(({ step }) => step)));
    const elsewhere = new Set(["hand-off", "fallback", "privacy", "check-in"]);
    expect(STEPS.filter((step) => !met.has(step) && !elsewhere.has(step))).toEqual([]);
  });

  test("every message gets a reply, at most three, and only the last asks", () => {
    expect(
      broken(({ move, response: { replies } }) => move.kind === "wait" || (replies.length > 0 && replies.length <= 3)),
    ).toEqual([]);
    expect(broken(({ response: { replies } }) => replies.slice(0, -1).every(({ ask }) => ask === null))).toEqual([]);
  });

  test("a conversation is the same after it was written and read", () => {
    const asWritten = (data: unknown): unknown => JSON.parse(JSON.stringify(data));
    expect(broken(({ response: { conversation } }) => isDeepStrictEqual(asWritten(conversation), conversation))).toEqual([]);
  });

  test("an open question is the one that was asked", () => {
    expect(
      broken(({ response: { replies, conversation } }) => {
        const asked = replies.at(-1)?.ask ?? null;
        return asked === null || conversation.question?.ask === asked;
      }),
    ).toEqual([]);
  });

  test("severe pain escalates in that turn, from everywhere", () => {
    expect(
      broken(({ move, response: { replies } }) => {
        if (nameOf(move) !== SEVERE) return true;
        const level = replies.at(-1)?.disposition ?? null;
        return level !== null && urgency(level) <= urgency("urgent-same-day");
      }),
    ).toEqual([]);
  });

  test("an emergency sign gets the emergency text in that turn, from everywhere", () => {
    expect(
      broken(
        ({ move, response: { replies } }) =>
          nameOf(move) !== EMERGENCY || (replies.at(-1)?.disposition === "emergency-now" && replies[0]?.step === "escalate"),
      ),
    ).toEqual([]);
  });

  test("after an emergency there is no stretch, massage or exercise", () => {
    expect(
      broken(
        ({ from, response: { replies } }) =>
          from.conversation.episode?.disposition !== "emergency-now" ||
          from.conversation.episode.ended ||
          replies.every(({ step, disposition }) => !ROUTINE.has(step) || disposition === null),
      ),
    ).toEqual([]);
  });

  test("a level never falls without an answer or a new episode", () => {
    /** Answers to the look at a sign; nothing else takes an emergency back. */
    const answers = /^(no|yes|not sure)$/;
    /** Severe pain, and so advice for today, ends by words of how it is now, or of where: the place may have its own row. */
    const tells = /^(3|it has let go|my calf is cramping|actually it is the left thigh)$/;
    expect(
      broken(({ from, move, response: { conversation } }) => {
        const before = from.conversation.episode;
        const after = conversation.episode;
        if (before === null || after === null || before.id !== after.id) return true;
        const level = before.disposition;
        if (level === null || !isEscalation(level)) return true;
        const fell = after.disposition === null || urgency(after.disposition) > urgency(level);
        const said = nameOf(move);
        return !fell || move.kind === "pick" || answers.test(said) || (level === "urgent-same-day" && tells.test(said));
      }),
    ).toEqual([]);
  });

  test("no whole turn is said twice in a row", () => {
    const heard = new Map<string, Set<string>>();
    for (const { to, response } of transitions) {
      const texts = heard.get(to) ?? new Set();
      texts.add(textOf(response.replies));
      heard.set(to, texts);
    }
    expect(
      broken(({ from, response: { replies } }) => {
        const said = textOf(replies);
        const asks = replies.some(({ ask, step }) => ask !== null || step === "escalate");
        const before = heard.get(from.key);
        return said === "" || asks || before === undefined || before.size > 1 || !before.has(said);
      }),
    ).toEqual([]);
  });

  test("no text has a hole", () => {
    expect(broken(({ response: { replies } }) => brokenText(textOf(replies)) === null)).toEqual([]);
  });

  test("skipping clears no safety question and lowers no level", () => {
    expect(
      broken(({ from, move, response: { conversation } }) => {
        if (nameOf(move) !== "skip") return true;
        const before = from.conversation.episode;
        const after = conversation.episode;
        if (before === null || after === null || before.id !== after.id) return true;
        const cleared = before.card.state === "open" && after.card.state === "clean";
        const lowered =
          before.disposition !== null && (after.disposition === null || urgency(after.disposition) > urgency(before.disposition));
        return !cleared && !(lowered && escalated(from));
      }),
    ).toEqual([]);
  });

  test("about somebody else every step speaks of them", () => {
    const moves = new Set<string>(["stop-activity", "stretch", "massage", "rest", "gentle-movement", "safety-check"]);
    const theirs = transitions.filter(
      ({ response: { conversation } }) => conversation.episode?.patient.who === "other" && !conversation.episode.ended,
    );
    expect(theirs.length).toBeGreaterThan(500);
    expect(
      theirs
        .flatMap(({ response: { replies } }) => replies)
        .filter(({ step, text }) => moves.has(step) && /\b(your|yourself|fit you)\b/i.test(text))
        .map(({ text }) => text)
        .slice(0, 5),
    ).toEqual([]);
  });

  test("where others read along nothing is asked, told or kept, from any state", () => {
    const world = createWorld(content, null);
    const places = new RegExp(
      `\\b(${Object.values(content.areas)
        .map(({ name }) => name)
        .join("|")})\\b`,
      "i",
    );
    const wrong: string[] = [];
    for (const node of [...nodes.values()].filter((_, at) => at % 25 === 0)) {
      for (const text of [...SAYINGS, SEVERE, EMERGENCY]) {
        const understanding = understand(text, { severity: false, onset: false, country: false });
        const event = heard(understanding, { scope: "channel" });
        const { replies, conversation } = respond(world, node.conversation, event, node.now + 5_000);
        const told = replies.some(
          (reply) => reply.ask !== null || reply.flags.length > 0 || reply.sources.length > 0 || places.test(reply.text),
        );
        if (told || replies.length !== 1 || JSON.stringify(conversation.episode) !== JSON.stringify(node.conversation.episode))
          wrong.push(`${node.path.join(" > ")} > ${text} => ${textOf(replies)}`);
        if (text === EMERGENCY && replies[0]?.disposition !== "emergency-now") wrong.push(`${text} => ${textOf(replies)}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("what is known is not asked", () => {
    expect(
      broken(({ response: { replies, conversation } }) => {
        const ask = replies.at(-1)?.ask;
        return ask !== "area" || conversation.episode?.area === null;
      }),
    ).toEqual([]);
  });

  test("cancel ends within the turn: no question, no timer", () => {
    expect(
      broken(({ from, move, response: { conversation } }) => {
        if (nameOf(move) !== "stop, forget it" || escalated(from)) return true;
        return conversation.timers.every(({ kind }) => kind === "check-in") && conversation.question === null;
      }),
    ).toEqual([]);
  });

  test("every state has a way to an end", () => {
    const rests = (node: Pick<Node, "conversation">) =>
      node.conversation.question === null &&
      (node.conversation.episode === null || node.conversation.episode.ended || escalated(node));
    const reaches = new Set([...nodes.values()].filter(rests).map(({ key }) => key));
    for (let grown = true; grown; ) {
      grown = false;
      for (const { from, to, response } of transitions) {
        if (reaches.has(from.key) || !(reaches.has(to) || rests(response))) continue;
        reaches.add(from.key);
        grown = true;
      }
    }
    expect([...nodes.values()].filter(({ key }) => !reaches.has(key)).map(({ path }) => path.join(" > "))).toEqual([]);
  });

  test("the same state and event give the same reply", () => {
    const world = createWorld(content, null);
    const again: string[] = [];
    explore({ world, understand }, MOVES, 60, ({ response }) => again.push(textOf(response.replies)));
    expect(again).toEqual(transitions.slice(0, again.length).map(({ response }) => textOf(response.replies)));
  });
});

import type { Reply } from "../../dialogs/reply.ts";
import { createWorld } from "../../dialogs/respond.ts";
import { isEscalation } from "../../src/care/labels.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Incoming, Outgoing } from "../../src/turns/port.ts";
import { createTurns } from "../../src/turns/turns.ts";
import type { Knowledge } from "../../src/understanding/knowledge.ts";
import { createRandom, type Random } from "../random.ts";
import { type Act, act } from "./behaviour.ts";
import { type Body, createBody, outcomeOf, treat } from "./body.ts";
import { createJudge, type Judge, type Told, toldOutcome } from "./judge.ts";
import { createPerson, mistype, type Person } from "./person.ts";

/** A talk as it went. */
export interface Talk {
  readonly seed: number;
  readonly person: Person;
  /** Line by line, for reading. */
  readonly lines: readonly string[];
  readonly replies: readonly (readonly Reply[])[];
  readonly missed: readonly string[];
  readonly falsely: readonly string[];
  readonly failures: readonly string[];
  /** Whether it came to an end by itself. */
  readonly ended: boolean;
  /** All that the person did, their first words and every wait among it. */
  readonly turns: number;
}

/** After so many turns the person only answers what is asked. */
const SETTLES_AFTER = 20;
/** And after so many nobody goes on. */
const MOST_TURNS = 45;
const KEY = "terminal:simulated";
const BEGINS = Date.parse("2026-01-01T09:00:00Z");

/** Everything that changes while a talk is played. */
interface Scene {
  readonly person: Person;
  readonly body: Body;
  readonly random: Random;
  readonly judge: Judge;
  now: number;
  same: number;
  signTold: boolean;
}

/** Plays one simulated person against the real turn, with a clock that only they move. */
export async function playPerson({ content, understand }: Knowledge, seed: number): Promise<Talk> {
  const random = createRandom(seed);
  const person = createPerson(random, content);
  const failures: string[] = [];
  const observer = { turn: () => {}, failure: (where: string, error: unknown) => failures.push(`${where}: ${String(error)}`) };
  const mind = Promise.resolve({ world: createWorld(content, null), understand });
  const turns = createTurns({ store: createMemoryStore(), mind, observer });
  const scene: Scene = {
    person,
    body: createBody(person),
    random,
    judge: createJudge(person),
    now: BEGINS,
    same: 0,
    signTold: person.sign?.told === "first",
  };
  const lines: string[] = [];
  const replies: Reply[][] = [];
  let next: Act | null = { kind: "say", text: person.opening, valid: true };
  let last: Reply | null = null;
  scene.judge.tell(openingOf(person));
  while (next !== null && next.kind !== "leave" && replies.length < MOST_TURNS) {
    lines.push(`> ${nameOf(next)}`);
    if (next.kind === "wait") scene.now += next.seconds * 1000;
    const said: readonly Outgoing[] =
      next.kind === "wait" ? await turns.advance(KEY, scene.now) : (await turns.handle(messageOf(scene, next, last))).replies;
    const heard = said.map(({ reply }) => reply);
    scene.judge.hear(heard);
    lines.push(...heard.map(({ text, step, disposition, ask }) => `  ${text} {${step} ${disposition ?? "-"} ${ask ?? ""}}`));
    if (heard.length > 0) {
      replies.push(heard);
      last = heard.at(-1) ?? last;
    } else replies.push([]);
    next = last === null ? null : nextAct(scene, last, replies.length);
  }
  const { missed, falsely } = scene.judge;
  return { seed, person, lines, replies, missed, falsely, failures, ended: next?.kind === "leave", turns: replies.length };
}

function nextAct(scene: Scene, last: Reply, turns: number): Act {
  const { person, body, random } = scene;
  const step = last.question?.split(":")[0] ?? "";
  if (person.sign?.told === "middle" && !scene.signTold && turns >= 2 && !isEscalation(last.disposition)) {
    scene.signTold = true;
    scene.judge.tell({ what: person.sign.words, owed: person.sign.level, allowed: "emergency-now" });
    return { kind: "say", text: person.sign.words, valid: true };
  }
  const done = act(person, body, random, last, turns >= SETTLES_AFTER);
  const answers = done.kind === "pick" || (done.kind === "say" && done.valid);
  if ((step === "hold" || step === "massage") && (done.kind === "wait" || answers)) treat(body, person);
  scene.judge.tell(toldBy(scene, last, step, done));
  return done;
}

/** What the person's next act tells, for the judge. */
function toldBy(scene: Scene, last: Reply, step: string, done: Act): Told {
  const { person, body } = scene;
  const seconds = person.begun + (scene.now - BEGINS) / 1000;
  const answers = done.kind === "pick" || (done.kind === "say" && done.valid);
  if (done.kind === "wait" && done.seconds > 600) return { what: "hours of silence", owed: null, allowed: "urgent-same-day" };
  if (step === "card" && person.sign?.told === "card" && answers) return { what: "a tick", owed: null, allowed: "emergency-now" };
  if (["which", "check", "late-check"].includes(step) && person.sign?.told === "card" && answers)
    return { what: "which sign", owed: "urgent-same-day", allowed: "emergency-now" };
  if (done.kind === "say" && !done.valid && /\d/.test(done.text))
    return { what: "a number out of place", owed: null, allowed: "see-clinician-soon" };
  const hurts = (done.kind === "pick" && done.value === "hurts") || (done.kind === "say" && /hurts more/i.test(done.text));
  if (hurts) return { what: "it hurts more", owed: null, allowed: seconds >= 600 ? "urgent-same-day" : "see-clinician-soon" };
  const rates = ["severity", "severity-word", "recheck", "check-in-answer"].includes(step);
  if (!answers || (!rates && last.ask !== null)) return { what: done.kind, owed: null, allowed: null };
  scene.same = outcomeOf(body) === "same" ? scene.same + 1 : 0;
  const told = done.kind === "pick" ? done.value : done.kind === "say" ? done.text : "";
  return toldOutcome(person, body, seconds, scene.same, /\d|severe/i.test(told));
}

function openingOf(person: Person): Told {
  const { sign, opening, pain } = person;
  if (sign?.told === "first") return { what: sign.words, owed: sign.level, allowed: "emergency-now" };
  const severe = pain >= 7 && /out of 10/.test(opening);
  return { what: opening, owed: severe ? "urgent-same-day" : null, allowed: severe ? "urgent-same-day" : null };
}

function nameOf(one: Act): string {
  if (one.kind === "say") return one.text;
  if (one.kind === "pick") return `[${one.value}]`;
  return one.kind === "wait" ? `(${one.seconds} seconds pass)` : "(leaves)";
}

function messageOf(scene: Scene, done: Exclude<Act, { kind: "wait" | "leave" }>, last: Reply | null): Incoming {
  const { random, person } = scene;
  scene.now += 3000 + random.below(15_000);
  const isSign = done.kind === "say" && person.sign?.words !== undefined && done.text.includes(person.sign.words || "\n");
  const slips = done.kind === "say" && !isSign && random.chance(person.typos);
  const text = done.kind === "say" ? (slips ? mistype(random, done.text) : done.text) : "";
  const choice = done.kind === "pick" ? done.value : null;
  return {
    conversation: KEY,
    channel: "terminal",
    activity: null,
    what: { kind: "message", text, choice, choiceOf: choice === null ? null : (last?.question ?? null), without: null },
    reference: null,
    echo: null,
    mustDeliver: false,
    locale: "en-GB",
    timeZone: "Europe/London",
    scope: "personal",
    reach: "push",
    at: scene.now,
  };
}

import type { Ask, Disposition, PainWord, Side, StepName } from "../src/care/labels.ts";

/** Raised when the shape changes; src/turns migrates older ones. */
export const CONVERSATION_VERSION = 1;

/** All that is remembered of a conversation: facts, never words. Plain data; it is stored as JSON. */
export interface Conversation {
  version: typeof CONVERSATION_VERSION;
  /** Turns so far. */
  turns: number;
  welcomed: boolean;
  /** ISO code of the country that the person named. */
  country: string | null;
  episode: Episode | null;
  /** Complaints that wait for their turn. */
  parked: Parked[];
  /** Earlier episodes, oldest first. */
  past: PastEpisode[];
  question: Question | null;
  timers: Timer[];
  paused: { kind: TimerKind; remaining: number } | null;
  handOff: "offered" | "waiting" | "accepted" | null;
  /** When the person last agreed to be passed on. */
  handOffAt?: number;
  /** Messages in a row that were not understood. */
  misses: number;
  /** The gentle reminder of this question went out. */
  reminded: boolean;
  /** Milliseconds since 1970, as everywhere. */
  lastAt: number;
  /** Keys of what the last turn said, for "say that again", "why?" and "where is that from?". */
  last: SaidKey[];
  /** Fingerprint of the last whole turn, so that none is said twice in a row. */
  lastPrint: string;
  /** A check-in that was asked for and is due or done. */
  checkIn: { at: number; area: string | null } | null;
}

/** One complaint: this muscle, this person. */
export interface Episode {
  id: number;
  beganAt: number;
  lastAt: number;
  patient: { who: "self" | "other"; relation: string | null };
  /** Id of the content area; null when not told. */
  area: string | null;
  /** A limb whose part is not told. */
  vague: "leg" | "arm" | "body" | null;
  side: Side | null;
  moreAreas: string[];
  pain: {
    now: number | null;
    word: PainWord | null;
    /** The last score before the present one. */
    before: number | null;
    severeOnce: boolean;
    /** Told in this turn. */
    toldAt: number | null;
  };
  /** When it began; null when not known. */
  startedAt: number | null;
  startUnsure: boolean;
  grip: "unknown" | "gripping" | "let-go";
  trend: "none" | "better" | "same" | "same-twice" | "worse";
  /** Findings of the lexicon that were told as present or doubtful. They add up over the episode. */
  findings: string[];
  facts: { age: number | null; weeks: number | null; temperature: number | null; sudden: boolean };
  /** Risks that were told as an answer: "pregnant", "clot-risk", "blood-thinner", "conditions", "unsure". */
  risks: string[];
  flags: RaisedFlagState[];
  /** Flags that the person has cleared in an answer. */
  closedFlags: string[];
  card: { state: "open" | "clean"; asked: number; lines: Record<string, "yes" | "no"> };
  gate: "open" | "clean" | "barred";
  lateCheck: "none" | "open" | "done";
  /** Holds done. */
  holds: number;
  /** Something was tried since the last re-check. */
  tried: boolean;
  /** Re-checks answered. */
  assessed: number;
  /** Set when stretching has to stop for this episode. */
  stopped: boolean;
  massage: "none" | "running" | "done" | "skipped";
  /** Steps that were said or done once. */
  done: string[];
  exercise: number;
  disposition: Disposition | null;
  /** Row of the decision table that spoke last. */
  row: string | null;
  /** Rows whose full text was said. */
  saidRows: string[];
  /** How far the action list of the raised flag was told. */
  told: number;
  ended: boolean;
}

export interface RaisedFlagState {
  id: string;
  disposition: Disposition;
  /** How it came up. */
  by: "rule" | "net" | "card" | "answer" | "table";
  at: number;
}

export interface Parked {
  area: string;
  side: Side | null;
}

export interface PastEpisode {
  area: string | null;
  side: Side | null;
  at: number;
  disposition: Disposition | null;
}

/** The question that waits for an answer. */
export interface Question {
  /** Which reader takes the answer: "card", "which:c1", "severity", … */
  id: string;
  ask: Ask;
  step: StepName;
  /** Values of the buttons, in order. */
  options: string[];
  tries: number;
}

export const TIMER_KINDS = ["hold", "massage", "hard-stop", "reminder", "check-in", "hand-off"] as const;
/** Those of the walk-through: they end with it, however it ends. */
export const STEP_TIMERS = ["hold", "massage", "hard-stop", "reminder"] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

export interface Timer {
  /** Unique in the conversation; a firing with an unknown id is ignored. */
  id: string;
  kind: TimerKind;
  at: number;
  /** Length of the countdown that is shown. */
  seconds: number | null;
}

/** Names a text of the content: "message:wrap-up", "stretch:calf-wall", "card:limb", "answer:f01", "flag:dvt". */
export type SaidKey = string;

/** A copy to write on. For plain data, such as what is stored here; many times faster than structuredClone. */
export function copyOf<Data>(data: Data): Data {
  if (typeof data !== "object" || data === null) return data;
  // First all of it at once, then only what is nested: most of it is not.
  if (Array.isArray(data)) {
    const copy: unknown[] = data.slice();
    for (let at = 0; at < copy.length; at++) if (isNested(copy[at])) copy[at] = copyOf(copy[at]);
    return copy as Data;
  }
  const copy = { ...data } as Record<string, unknown>;
  for (const name of Object.keys(copy)) if (isNested(copy[name])) copy[name] = copyOf(copy[name]);
  return copy as Data;
}

function isNested(data: unknown): boolean {
  return typeof data === "object" && data !== null;
}

export function newConversation(): Conversation {
  return {
    version: CONVERSATION_VERSION,
    turns: 0,
    welcomed: false,
    country: null,
    episode: null,
    parked: [],
    past: [],
    question: null,
    timers: [],
    paused: null,
    handOff: null,
    misses: 0,
    reminded: false,
    lastAt: 0,
    last: [],
    lastPrint: "",
    checkIn: null,
  };
}

export function newEpisode(id: number, now: number): Episode {
  return {
    id,
    beganAt: now,
    lastAt: now,
    patient: { who: "self", relation: null },
    area: null,
    vague: null,
    side: null,
    moreAreas: [],
    pain: { now: null, word: null, before: null, severeOnce: false, toldAt: null },
    startedAt: null,
    startUnsure: false,
    grip: "unknown",
    trend: "none",
    findings: [],
    facts: { age: null, weeks: null, temperature: null, sudden: false },
    risks: [],
    flags: [],
    closedFlags: [],
    card: { state: "open", asked: 0, lines: {} },
    gate: "open",
    lateCheck: "none",
    holds: 0,
    tried: false,
    assessed: 0,
    stopped: false,
    massage: "none",
    done: [],
    exercise: 0,
    disposition: null,
    row: null,
    saidRows: [],
    told: 0,
    ended: false,
  };
}

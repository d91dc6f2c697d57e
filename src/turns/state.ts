import { CONVERSATION_VERSION, type Conversation, newConversation, TIMER_KINDS } from "../../dialogs/conversation.ts";
import { isEscalation } from "../care/labels.ts";
import { flag, list, nullable, number, oneOf, record, text } from "./shape.ts";

/** A state as it was kept, or what could be saved of one that cannot be used. */
export interface KeptState {
  readonly conversation: Conversation;
  /** What is wrong with it; null when all is well. */
  readonly problem: string | null;
  /** It could not be read, and help had been advised in it. */
  readonly escalated: boolean;
}

type Json = Readonly<Record<string, unknown>>;
/** Brings a state one version on; the key is the version it takes. Add one whenever CONVERSATION_VERSION is raised. */
export type StateMigrations = Readonly<Record<number, (old: Json) => Json>>;
const MIGRATIONS: StateMigrations = {};

const past = list(record({ area: nullable(text), side: nullable(text), at: number, disposition: nullable(text) }));
/** What the conversation cannot do without; what else it holds is left as it is. A kept state that fits has been written by this program, whole. */
const shape = record({
  turns: number,
  welcomed: flag,
  country: nullable(text),
  episode: nullable(
    record({
      id: number,
      beganAt: number,
      lastAt: number,
      patient: record({ who: oneOf("self", "other") }),
      pain: record({ now: nullable(number), severeOnce: flag }),
      facts: record({}),
      card: record({ state: oneOf("open", "clean"), lines: record({}) }),
      flags: list(record({ id: text, disposition: text })),
      moreAreas: list(text),
      findings: list(text),
      risks: list(text),
      closedFlags: list(text),
      done: list(text),
      saidRows: list(text),
    }),
  ),
  parked: list(record({ area: text })),
  past,
  question: nullable(record({ id: text, ask: text, step: text, options: list(text), tries: number })),
  timers: list(record({ id: text, kind: oneOf(...TIMER_KINDS), at: number, seconds: nullable(number) })),
  lastAt: number,
  last: list(text),
  lastPrint: text,
});

/**
 * Reads a kept state and brings it to the present version. It never throws: of one that is damaged or of an unknown version
 * it keeps what stands alone (the country, earlier episodes) and says what is wrong; the place in the talk is lost.
 * @param json null for a new conversation
 */
export function readState(
  json: string | null,
  migrations: StateMigrations = MIGRATIONS,
  target: number = CONVERSATION_VERSION,
): KeptState {
  if (json === null) return { conversation: newConversation(), problem: null, escalated: false };
  let kept: unknown;
  try {
    kept = JSON.parse(json);
  } catch {
    return { conversation: newConversation(), problem: "not JSON", escalated: false };
  }
  if (typeof kept !== "object" || kept === null) return saved({}, "no object");
  const state = migrated(kept as Json, migrations, target);
  if (state["version"] !== target) return saved(state, `of version ${String(state["version"]).slice(0, 20)}`);
  const wrong = shape(state);
  if (wrong === null) return { conversation: state as unknown as Conversation, problem: null, escalated: false };
  return saved(state, `wrong at ${wrong}`);
}

function migrated(state: Json, migrations: StateMigrations, target: number): Json {
  let present = state;
  try {
    for (let version = Number(present["version"]); version < target; version++) {
      const migrate = migrations[version];
      if (migrate === undefined) return present;
      present = { ...migrate(present), version: version + 1 };
    }
  } catch {
    // Damaged in a way that its migration does not expect: set aside like any other.
  }
  return present;
}

function saved(state: Json, problem: string): KeptState {
  const earlier = past(state["past"]) === null ? (state["past"] as Conversation["past"]) : [];
  const { country, welcomed, episode } = state;
  const level = typeof episode === "object" && episode !== null ? (episode as Json)["disposition"] : null;
  return {
    conversation: {
      ...newConversation(),
      welcomed: welcomed === true,
      country: typeof country === "string" && /^[A-Z]{2}$/.test(country) ? country : null,
      past: earlier,
    },
    problem,
    escalated: typeof level === "string" && isEscalation(level as Parameters<typeof isEscalation>[0]),
  };
}

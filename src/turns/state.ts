import { z } from "zod";
import { CONVERSATION_VERSION, type Conversation, newConversation, TIMER_KINDS } from "../../dialogs/conversation.ts";
import { isEscalation } from "../care/labels.ts";

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

const time = z.number();
const list = z.array(z.string());
const past = z.array(
  z.object({ area: z.string().nullable(), side: z.string().nullable(), at: time, disposition: z.string().nullable() }),
);
const timer = z.object({ id: z.string(), kind: z.enum(TIMER_KINDS), at: time, seconds: time.nullable() });
/** What the conversation cannot do without; what else it holds is left as it is. A kept state that fits has been written by this program, whole. */
const shape = z.object({
  version: z.literal(CONVERSATION_VERSION),
  turns: z.number(),
  welcomed: z.boolean(),
  country: z.string().nullable(),
  episode: z
    .looseObject({
      id: z.number(),
      beganAt: time,
      lastAt: time,
      patient: z.object({ who: z.enum(["self", "other"]) }),
      pain: z.object({ now: z.number().nullable(), severeOnce: z.boolean() }),
      facts: z.object({}),
      card: z.object({ state: z.enum(["open", "clean"]), lines: z.object({}) }),
      flags: z.array(z.object({ id: z.string(), disposition: z.string() })),
      moreAreas: list,
      findings: list,
      risks: list,
      closedFlags: list,
      done: list,
      saidRows: list,
    })
    .nullable(),
  parked: z.array(z.object({ area: z.string() })),
  past,
  question: z.object({ id: z.string(), ask: z.string(), step: z.string(), options: list, tries: z.number() }).nullable(),
  timers: z.array(timer),
  lastAt: time,
  last: list,
  lastPrint: z.string(),
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
  const { success, error } = shape.safeParse({ ...state, version: CONVERSATION_VERSION });
  if (success) return { conversation: state as unknown as Conversation, problem: null, escalated: false };
  return saved(state, `wrong at ${error.issues.map(({ path }) => path.join(".")).join(", ")}`);
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
  const earlier = past.safeParse(state["past"]);
  const { country, welcomed, episode } = state;
  const level = typeof episode === "object" && episode !== null ? (episode as Json)["disposition"] : null;
  return {
    conversation: {
      ...newConversation(),
      welcomed: welcomed === true,
      country: typeof country === "string" && /^[A-Z]{2}$/.test(country) ? country : null,
      past: earlier.success ? (earlier.data as Conversation["past"]) : [],
    },
    problem,
    escalated: typeof level === "string" && isEscalation(level as Parameters<typeof isEscalation>[0]),
  };
}

import type { Reply } from "../../dialogs/reply.ts";
import { type Disposition, moreUrgent, urgency } from "../../src/care/labels.ts";
import type { Body } from "./body.ts";
import type { Person } from "./person.ts";

/** What the bot owes, and what it may at most say, as far as the person has told. */
export interface Judge {
  /** Called before the replies to something that was told. */
  tell(told: Told): void;
  /** Looks at the replies to it. */
  hear(replies: readonly Reply[]): void;
  readonly missed: string[];
  readonly falsely: string[];
}

export interface Told {
  readonly what: string;
  /** At least this, in the very next reply. */
  readonly owed: Disposition | null;
  /** At most this from now on. */
  readonly allowed: Disposition | null;
}

const NOTHING = 9;
const rank = (level: Disposition | null) => (level === null ? NOTHING : urgency(level));

/** One level more for somebody of a risk group. */
const RAISED: Readonly<Partial<Record<Disposition, Disposition>>> = {
  "self-care": "see-clinician-soon",
  "see-clinician-soon": "urgent-same-day",
};

export function createJudge(person: Person): Judge {
  const missed: string[] = [];
  const falsely: string[] = [];
  let owed: Told | null = null;
  let allowed: Disposition = person.limb || !person.risk ? "self-care" : "see-clinician-soon";
  let told = "";
  return {
    missed,
    falsely,
    tell: (one) => {
      told = one.what;
      owed = one.owed === null ? null : one;
      const most = moreUrgent(allowed, one.allowed) ?? allowed;
      allowed = most;
    },
    hear: (replies) => {
      if (replies.length === 0) return;
      const said = replies.reduce<Disposition | null>((sum, reply) => moreUrgent(sum, reply.disposition), null);
      if (owed !== null && rank(said) > rank(owed.owed)) missed.push(`${owed.what}: ${said ?? "nothing"}, not ${owed.owed}`);
      const most = person.risk ? (RAISED[allowed] ?? allowed) : allowed;
      if (rank(said) < rank(most)) {
        falsely.push(`${said} after "${told}", not above ${most}`);
        allowed = said ?? allowed;
      }
      owed = null;
    },
  };
}

const TEN_MINUTES = 600;

/**
 * What follows from how they say it is, by the rules for pain and time.
 * @param same how often it was the same in a row
 * @param number whether the number itself was told: only that is owed an answer as severe
 */
export function toldOutcome(person: Person, body: Body, seconds: number, same: number, number: boolean): Told {
  const worse = person.course === "worsens" && body.tried > 0;
  const long = seconds >= TEN_MINUTES && body.gripping;
  if (body.pain >= 7)
    return { what: `pain ${body.pain}`, owed: number ? "urgent-same-day" : null, allowed: urgentOr(long, person) };
  if (long && worse) return { what: "worse at ten minutes", owed: "urgent-same-day", allowed: "urgent-same-day" };
  if (long) return { what: "grips at ten minutes", owed: null, allowed: "urgent-same-day" };
  if (worse || same >= 2) return { what: "worse or twice the same", owed: null, allowed: "see-clinician-soon" };
  return { what: `pain ${body.pain}`, owed: null, allowed: null };
}

function urgentOr(long: boolean, { course }: Person): Disposition {
  return long && course === "severe-stays" ? "emergency-now" : "urgent-same-day";
}

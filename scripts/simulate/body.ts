import type { Random } from "../random.ts";
import type { Course, Person } from "./person.ts";

/** The muscle of a simulated person as it goes: what it would answer to "how is it now?". */
export interface Body {
  pain: number;
  /** The number they told last; null before the first. */
  told: number | null;
  gripping: boolean;
  /** Holds and rubs so far. */
  tried: number;
}

export function createBody(person: Person): Body {
  return { pain: person.pain, told: null, gripping: true, tried: 0 };
}

/** How many points a hold or rub takes away. */
const EASES_BY: Readonly<Record<Course, number>> = {
  "lets-go": 5,
  eases: 2,
  stubborn: 0,
  worsens: -1,
  "severe-eases": 4,
  "severe-stays": 0,
};

/** After a hold or rub. A stubborn cramp gives way at last; what is 0 to 2 grips no more. */
export function treat(body: Body, { course }: Person): void {
  body.tried++;
  const less = course === "stubborn" && body.tried > 3 ? 3 : EASES_BY[course];
  body.pain = Math.max(0, Math.min(9, body.pain - less));
  if (body.pain <= 2) body.gripping = false;
}

/** "Better", "the same" or "worse" than at the last telling, in a button's value. */
export function outcomeOf(body: Body): "gone" | "better" | "same" | "worse" {
  if (!body.gripping) return "gone";
  const before = body.told ?? body.pain;
  return body.pain < before ? "better" : body.pain > before ? "worse" : "same";
}

const SAYS: Readonly<Record<ReturnType<typeof outcomeOf>, readonly string[]>> = {
  gone: ["its gone", "it has let go", "gone, thanks"],
  better: ["a bit better", "its easing", "better"],
  same: ["still the same", "no change", "same"],
  worse: ["its getting worse", "worse", "it hurts more now"],
};

export function sayOutcome(random: Random, body: Body): string {
  return random.pick(SAYS[outcomeOf(body)]);
}

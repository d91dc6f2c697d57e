import { type Disposition, moreUrgent } from "./labels.ts";
import { holds, type Rule } from "./rules.ts";

/** One row of the decision table (content/en/decisions.yaml). */
export interface DecisionRow {
  readonly id: string;
  readonly why: string;
  readonly when: Rule;
  readonly disposition: Disposition | null;
  /** The text to say: "none", "flag" (the flag's own), or an entry of `texts`. */
  readonly say: string;
  /** Red flags that the row itself raises. */
  readonly flags: readonly string[];
  /** What may still be done. */
  readonly allows: readonly Allowed[];
}

export const ALLOWED = [
  "relief",
  "card",
  "area",
  "onset",
  "hold",
  "massage",
  "rest",
  "movement",
  "heat",
  "fluids",
  "exercises",
] as const;
export type Allowed = (typeof ALLOWED)[number];

export interface DecisionTable {
  readonly columns: Readonly<Record<string, readonly (string | boolean)[]>>;
  readonly rows: readonly DecisionRow[];
  readonly raise: {
    readonly id: string;
    readonly when: Rule;
    readonly steps: Readonly<Partial<Record<Disposition, Disposition>>>;
  };
}

/** What is known of an episode, in the columns of the table. */
export interface Situation {
  readonly flag: "none" | "see-clinician-soon" | "urgent-same-day" | "emergency-now";
  /** Something grips now and the first aid goes on. */
  readonly active: boolean;
  readonly place: Place;
  readonly pain: "unknown" | "0-3" | "4-6" | "severe";
  readonly onset: "unknown" | "under-10" | "over-10";
  readonly trend: "none" | "better" | "same" | "same-twice" | "worse";
  readonly grip: "unknown" | "gripping" | "let-go";
  readonly card: "open" | "clean";
  readonly was_severe: boolean;
  readonly explained: boolean;
  readonly risk: boolean;
  readonly returned: "no" | "within-24h" | "often";
  /** Names under `signs` of the table that hold. */
  readonly signs: readonly string[];
}

export type Place =
  | "unknown"
  | "limb"
  | "lower-back"
  | "upper-back"
  | "neck"
  | "chest"
  | "ribs"
  | "belly"
  | "groin-pelvis"
  | "jaw-face"
  | "many";

export interface Decision {
  readonly row: DecisionRow;
  readonly disposition: Disposition | null;
  /** The risk rule lifted it above the row's own level. */
  readonly raised: boolean;
}

/**
 * Reads the decision table: the first row that fits, then one level up for somebody at risk. Pure and total.
 * @throws Error when no row fits, which the check of the content rules out
 */
export function decide(table: DecisionTable, situation: Situation): Decision {
  const world = {
    has: (sign: string) => situation.signs.includes(sign),
    fact: (name: string) => (situation as unknown as Record<string, string | boolean>)[name] ?? null,
  };
  const row = table.rows.find((one) => holds(one.when, world));
  if (row === undefined) throw new Error("the decision table has no row for this situation");
  const lifted = row.disposition !== null && holds(table.raise.when, world) ? table.raise.steps[row.disposition] : undefined;
  return {
    row,
    disposition: lifted === undefined ? row.disposition : moreUrgent(row.disposition, lifted),
    raised: lifted !== undefined,
  };
}

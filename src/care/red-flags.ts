import { type Disposition, POLARITIES, type Polarity } from "./labels.ts";
import { type FactValue, holds, type Rule, support } from "./rules.ts";

/** What the detection needs of a red flag; the rest of its entry is words. */
export interface FlagRule {
  readonly id: string;
  readonly disposition: Disposition;
  readonly rule: Rule;
  /** The level where it depends on more than the flag; the first that holds. */
  readonly levels: readonly { readonly when: Rule; readonly disposition: Disposition }[];
}

/** Findings of a message or of a whole episode, by how they were told. */
export type Findings = ReadonlyMap<string, Polarity>;

export interface RaisedFlag {
  readonly id: string;
  readonly disposition: Disposition;
  readonly polarity: Polarity;
  /** The findings that raised it. */
  readonly findings: readonly string[];
}

/**
 * Every flag whose rule holds over the findings, with the strongest way in which it does: present if it holds on
 * present findings alone, else unsure, and so on down to negated (it would hold had the signs not been denied).
 * A flag that would hold on nothing told is not listed. Pure.
 */
export function raiseFlags(flags: readonly FlagRule[], findings: Findings, fact: (name: string) => FactValue): RaisedFlag[] {
  const raised: RaisedFlag[] = [];
  for (const flag of flags) {
    const found = strongest(flag, findings, fact);
    if (found !== null) raised.push(found);
  }
  return raised;
}

function strongest(flag: FlagRule, findings: Findings, fact: (name: string) => FactValue): RaisedFlag | null {
  for (let reach = 0; reach < POLARITIES.length; reach++) {
    const polarity = POLARITIES[reach] as Polarity;
    const allowed = new Set(POLARITIES.slice(0, reach + 1));
    if (reach > 0 && !hasPolarity(findings, polarity)) continue;
    const world = {
      has: (finding: string) => {
        const told = findings.get(finding);
        return told !== undefined && allowed.has(told);
      },
      fact,
    };
    const found = support(flag.rule, world);
    if (found === null) continue;
    const level = flag.levels.find((one) => holds(one.when, world));
    return { id: flag.id, disposition: level?.disposition ?? flag.disposition, polarity, findings: found };
  }
  return null;
}

function hasPolarity(findings: Findings, polarity: Polarity): boolean {
  for (const told of findings.values()) if (told === polarity) return true;
  return false;
}

import { type Disposition, POLARITIES, type Polarity } from "./labels.ts";
import { type FactValue, holds, namesIn, type Rule, support, triggersOf, type World } from "./rules.ts";
import { saidFinding } from "./said-finding.ts";

/** What the detection needs of a red flag; the rest of its entry is words. */
export interface FlagRule {
  readonly id: string;
  readonly disposition: Disposition;
  readonly rule: Rule;
  /** The level where it depends on more than the flag; the first that holds. */
  readonly levels: readonly { readonly when: Rule; readonly disposition: Disposition }[];
}

/** The rules with each flag's own phrases joined in: one of them said is enough. */
export function flagRulesOf(flags: readonly FlagRule[]): FlagRule[] {
  return flags.map(({ id, disposition, rule, levels }) => ({
    id,
    disposition,
    rule: { any: [rule, saidFinding(id)] },
    levels,
  }));
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
  const counted = countedOf(findings, fact);
  const may = mayHold(flags, findings);
  flags.forEach((flag, place) => {
    const found = may[place] === 1 ? strongest(flag, counted) : null;
    if (found !== null) raised.push(found);
  });
  return raised;
}

/** The places of flags in their list: of those that may hold through facts alone, and of the others by the findings that they need. */
interface FlagIndex {
  /** 1 at the place of each. */
  readonly always: Uint8Array;
  readonly byFinding: ReadonlyMap<string, readonly number[]>;
}
const indices = new WeakMap<readonly FlagRule[], FlagIndex>();

/**
 * Most messages tell of few things: a flag that needs a finding which was not told is passed over without reading its rule.
 * @returns 1 at the places of the others
 */
function mayHold(flags: readonly FlagRule[], findings: Findings): Uint8Array {
  let index = indices.get(flags);
  if (index === undefined) {
    index = indexOf(flags);
    indices.set(flags, index);
  }
  const may = index.always.slice();
  for (const finding of findings.keys()) for (const place of index.byFinding.get(finding) ?? []) may[place] = 1;
  return may;
}

function indexOf(flags: readonly FlagRule[]): FlagIndex {
  const always = new Uint8Array(flags.length);
  const byFinding = new Map<string, number[]>();
  const named = Map.groupBy(
    flags.flatMap(({ rule }) => [...new Set(namesIn(rule).findings)]),
    (finding) => finding,
  );
  flags.forEach(({ rule }, place) => {
    const triggers = triggersOf(rule, (finding) => named.get(finding)?.length ?? 0);
    if (triggers === null) always[place] = 1;
    else for (const finding of new Set(triggers)) byFinding.set(finding, [...(byFinding.get(finding) ?? []), place]);
  });
  return { always, byFinding };
}

/** The strongest has 0. */
const STRENGTH = Object.fromEntries(POLARITIES.map((polarity, at) => [polarity, at])) as Readonly<Record<Polarity, number>>;

/** The findings as they hold when what was told in this way or a stronger one counts. */
interface CountedFindings {
  readonly polarity: Polarity;
  readonly world: World;
}

/** One for each way in which something was told, the strongest first. Through facts alone a flag is present. */
function countedOf(findings: Findings, fact: World["fact"]): CountedFindings[] {
  const told = new Set(findings.values()).add("present");
  return POLARITIES.filter((polarity) => told.has(polarity)).map((polarity) => {
    const least = STRENGTH[polarity];
    const has = (finding: string): boolean => {
      const found = findings.get(finding);
      return found !== undefined && STRENGTH[found] <= least;
    };
    return { polarity, world: { has, fact } };
  });
}

function strongest(flag: FlagRule, counted: readonly CountedFindings[]): RaisedFlag | null {
  const strongest = counted.find(({ world }) => holds(flag.rule, world));
  if (strongest === undefined) return null;
  const { polarity, world } = strongest;
  const level = flag.levels.find((one) => holds(one.when, world));
  const findings = support(flag.rule, world) ?? [];
  return { id: flag.id, disposition: level?.disposition ?? flag.disposition, polarity, findings };
}

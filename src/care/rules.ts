/**
 * The rule language of the content: findings and facts, joined by all, any, atLeast and not. A rule cannot name anything
 * that does not exist, and it cannot run code.
 *
 * @example
 * all: [limb-cold, { any: [limb-pain, limb-numb] }, { not: cold-water }, { fact: pain, atLeast: 7 }]
 */
export type Rule =
  | string
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly atLeast: number; readonly of: readonly Rule[] }
  | { readonly not: Rule }
  | FactTest;

export interface FactTest {
  readonly fact: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly is?: string | number | boolean;
  readonly in?: readonly (string | number)[];
  readonly known?: boolean;
}

export type FactValue = string | number | boolean | null;

/** What a rule looks at. */
export interface World {
  /** Whether the finding holds. */
  has(finding: string): boolean;
  fact(name: string): FactValue;
}

/**
 * The findings that make the rule true, or null when it is not. A rule that holds through facts or through
 * the absence of something alone is true with no support: an empty list.
 */
export function support(rule: Rule, world: World): readonly string[] | null {
  if (typeof rule === "string") return world.has(rule) ? [rule] : null;
  if ("all" in rule) return supportOfAll(rule.all, world);
  if ("any" in rule) {
    for (const option of rule.any) {
      const found = support(option, world);
      if (found !== null) return found;
    }
    return null;
  }
  if ("of" in rule) {
    const found = rule.of.map((option) => support(option, world)).filter((one) => one !== null);
    return found.length >= rule.atLeast ? found.flat() : null;
  }
  if ("not" in rule) return support(rule.not, world) === null ? [] : null;
  return factHolds(rule, world.fact(rule.fact)) ? [] : null;
}

/**
 * Findings without one of which the rule cannot hold; null when it may hold without any.
 * @param common how many rules name a finding: of several such sets the one that is told most seldom is given
 */
export function triggersOf(rule: Rule, common: (finding: string) => number): readonly string[] | null {
  if (typeof rule === "string") return [rule];
  if ("all" in rule) {
    const weight = (triggers: readonly string[]) => triggers.reduce((sum, finding) => sum + common(finding), 0);
    const needed = rule.all.map((part) => triggersOf(part, common)).filter((one) => one !== null);
    return needed.toSorted((a, b) => weight(a) - weight(b))[0] ?? null;
  }
  if (!("any" in rule || "of" in rule)) return null;
  const [options, least] = "any" in rule ? [rule.any, 1] : [rule.of, rule.atLeast];
  const needed = options.map((option) => triggersOf(option, common)).filter((one) => one !== null);
  return options.length - needed.length < least ? needed.flat() : null;
}

/**
 * Whether the rule is true, as `support` has it but without putting anything together: most rules are not. By plain loops,
 * since each turn reads some hundred rules.
 */
export function holds(rule: Rule, world: World): boolean {
  if (typeof rule === "string") return world.has(rule);
  if ("all" in rule) {
    for (const part of rule.all) if (!holds(part, world)) return false;
    return true;
  }
  if ("any" in rule) {
    for (const part of rule.any) if (holds(part, world)) return true;
    return false;
  }
  if ("of" in rule) {
    let count = 0;
    for (const part of rule.of) if (holds(part, world)) count++;
    return count >= rule.atLeast;
  }
  if ("not" in rule) return !holds(rule.not, world);
  return factHolds(rule, world.fact(rule.fact));
}

function supportOfAll(rules: readonly Rule[], world: World): readonly string[] | null {
  const found: string[] = [];
  for (const rule of rules) {
    const one = support(rule, world);
    if (one === null) return null;
    found.push(...one);
  }
  return found;
}

function factHolds(test: FactTest, value: FactValue): boolean {
  if (test.known !== undefined) return (value !== null) === test.known;
  if (test.is !== undefined) return value === test.is;
  if (test.in !== undefined) return typeof value !== "boolean" && value !== null && test.in.includes(value);
  if (typeof value !== "number") return false;
  return value >= (test.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (test.atMost ?? Number.POSITIVE_INFINITY);
}

/** Every finding and fact that a rule names, for the check that they exist. */
export function namesIn(rule: Rule): { findings: string[]; facts: string[] } {
  const names = { findings: [] as string[], facts: [] as string[] };
  const walk = (part: Rule): void => {
    if (typeof part === "string") names.findings.push(part);
    else if ("all" in part) part.all.forEach(walk);
    else if ("any" in part) part.any.forEach(walk);
    else if ("of" in part) part.of.forEach(walk);
    else if ("not" in part) walk(part.not);
    else names.facts.push(part.fact);
  };
  walk(rule);
  return names;
}

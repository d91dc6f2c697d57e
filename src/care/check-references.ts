import { UserError } from "../errors.ts";
import type { CardLine, Content, FlagContent } from "./content.ts";
import type { DecisionRow } from "./decide.ts";
import { DISPOSITIONS } from "./labels.ts";
import { namesIn, type Rule } from "./rules.ts";

/** Facts that red-flag rules may compare. */
const FLAG_FACTS = ["pain", "severe", "minutes", "age", "weeks", "temperature", "sudden", "area"] as const;

type Names = ReadonlySet<string>;

/** The names that may be used, by what they name. */
interface Known {
  readonly findings: Names;
  readonly flags: Names;
  readonly flagFacts: Names;
  readonly areas: Names;
  readonly sources: Names;
  readonly columns: Names;
  readonly signs: Names;
  readonly texts: Names;
}

/**
 * Checks what no single file can: that every name used in one place exists in the other.
 * @throws UserError content-invalid with every dangling name at once
 */
export function checkReferences(content: Content): void {
  const { lexicon, decisions, cards, steps } = content;
  const known = knownOf(content);
  const sourcesOf = (where: string, sources: readonly string[]) => unknown("source", known.sources, sources, where);
  const wrong = [
    ...unknown("finding", known.findings, lexicon.circumstances, "circumstances.yaml"),
    ...content.flags.flatMap((flag) => wrongInFlag(flag, known)),
    ...decisions.rows.flatMap((row) => wrongInRow(row, known)),
    ...wrongInRule(decisions.raise.when, "decision raise", known.columns, known.signs),
    ...Object.entries(decisions.routes).flatMap(([route, ids]) => unknown("flag", known.flags, ids, `route ${route}`)),
    ...Object.values(content.areas).flatMap(({ id, red_flags, sources }) => [
      ...unknown("flag", known.flags, red_flags, `area ${id}`),
      ...sourcesOf(`area ${id}`, sources),
    ]),
    ...Object.values(cards.cards)
      .flat()
      .flatMap((line) => wrongInLine(line, known)),
    ...content.populations.flatMap(({ id, findings }) => unknown("finding", known.findings, findings, `population ${id}`)),
    ...content.answers.flatMap(({ id, sources }) => sourcesOf(`answer ${id}`, sources)),
    ...[cards, decisions, steps].flatMap(({ sources }) => sourcesOf("content", sources)),
  ];
  if (wrong.length > 0) throw new UserError("content-invalid", wrong.join("; "));
}

function knownOf({ lexicon, flags, areas, sources, decisions }: Content): Known {
  return {
    findings: new Set(Object.keys(lexicon.concepts)),
    flags: new Set(flags.map(({ id }) => id)),
    flagFacts: new Set(FLAG_FACTS),
    areas: new Set([...Object.keys(areas), "any"]),
    sources: new Set(Object.keys(sources)),
    columns: new Set(Object.keys(decisions.columns)),
    signs: new Set(Object.keys(decisions.signs)),
    texts: new Set(["none", "flag", ...Object.keys(decisions.texts)]),
  };
}

function unknown(kind: string, known: Names, names: readonly string[], where: string): string[] {
  return names.filter((name) => !known.has(name)).map((name) => `${where} names the unknown ${kind} "${name}"`);
}

function wrongInRule(rule: Rule, where: string, knownFacts: Names, knownFindings: Names): string[] {
  const { findings, facts } = namesIn(rule);
  return [...unknown("finding", knownFindings, findings, where), ...unknown("fact", knownFacts, facts, where)];
}

function wrongInFlag(flag: FlagContent, { flagFacts, findings, areas, sources }: Known): string[] {
  const where = `red flag ${flag.id}`;
  const rules = [flag.rule, ...flag.levels.map(({ when }) => when)];
  return [
    ...(DISPOSITIONS.includes(flag.disposition) ? [] : [`${where} stands in a file that is no disposition`]),
    ...rules.flatMap((rule) => wrongInRule(rule, where, flagFacts, findings)),
    ...unknown("area", areas, flag.areas, where),
    ...unknown("source", sources, flag.sources, where),
    ...(flag.disposition !== "self-care" && flag.first === undefined
      ? [`${where} has no text for the first action ("first")`]
      : []),
  ];
}

function wrongInRow({ id, when, flags, say }: DecisionRow, known: Known): string[] {
  const where = `decision ${id}`;
  return [
    ...wrongInRule(when, where, known.columns, known.signs),
    ...unknown("flag", known.flags, flags, where),
    ...(known.texts.has(say) ? [] : [`${where} says "${say}", which is no text of decisions.yaml`]),
  ];
}

function wrongInLine({ id, findings, flag, which }: CardLine, known: Known): string[] {
  const where = `card line ${id}`;
  const flags = [flag, ...(which?.options ?? []).map((option) => option.flag)].filter((one) => one !== undefined);
  return [
    ...unknown("finding", known.findings, findings, where),
    ...unknown("flag", known.flags, flags, where),
    ...(flag === undefined && which === undefined ? [`${where} leads to no flag`] : []),
  ];
}

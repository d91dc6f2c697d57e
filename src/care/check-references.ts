import { UserError } from "../errors.ts";
import type { Content } from "./content.ts";
import { DISPOSITIONS } from "./labels.ts";
import { namesIn, type Rule } from "./rules.ts";

/** Facts that red-flag rules may compare. */
export const FLAG_FACTS = ["pain", "severe", "minutes", "age", "weeks", "temperature", "sudden", "area"] as const;

/**
 * Checks what no single file can: that every name used in one place exists in the other.
 * @throws UserError content-invalid with every dangling name at once
 */
export function checkReferences(content: Content): void {
  const wrong: string[] = [];
  const need = (kind: string, known: ReadonlySet<string>, names: readonly string[], where: string) => {
    for (const name of names) if (!known.has(name)) wrong.push(`${where} names the unknown ${kind} "${name}"`);
  };
  const concepts = new Set(Object.keys(content.lexicon.concepts));
  const flags = new Set(content.flags.map((flag) => flag.id));
  const areas = new Set([...Object.keys(content.areas), "any"]);
  const sources = new Set(Object.keys(content.sources));
  const columns = new Set(Object.keys(content.decisions.columns));
  const signs = new Set(Object.keys(content.decisions.signs));
  const checkRule = (rule: Rule, where: string, facts: ReadonlySet<string>, findings: ReadonlySet<string> = concepts) => {
    const names = namesIn(rule);
    need("finding", findings, names.findings, where);
    need("fact", facts, names.facts, where);
  };

  need("finding", concepts, content.lexicon.circumstances, "circumstances.yaml");

  const flagFacts = new Set<string>(FLAG_FACTS);
  for (const flag of content.flags) {
    const where = `red flag ${flag.id}`;
    if (!DISPOSITIONS.includes(flag.disposition)) wrong.push(`${where} stands in a file that is no disposition`);
    checkRule(flag.rule, where, flagFacts);
    for (const level of flag.levels) checkRule(level.when, where, flagFacts);
    need("area", areas, flag.areas, where);
    need("source", sources, flag.sources, where);
    if (flag.disposition !== "self-care" && flag.first === undefined)
      wrong.push(`${where} has no text for the first action ("first")`);
  }
  for (const row of content.decisions.rows) {
    const where = `decision ${row.id}`;
    checkRule(row.when, where, columns, signs);
    need("flag", flags, row.flags, where);
    const text = row.say === "none" || row.say === "flag" || row.say in content.decisions.texts;
    if (!text) wrong.push(`${where} says "${row.say}", which is no text of decisions.yaml`);
  }
  checkRule(content.decisions.raise.when, "decision raise", columns, signs);
  for (const [route, ids] of Object.entries(content.decisions.routes)) need("flag", flags, ids, `route ${route}`);
  for (const area of Object.values(content.areas)) {
    need("flag", flags, area.red_flags, `area ${area.id}`);
    need("source", sources, area.sources, `area ${area.id}`);
  }
  for (const lines of Object.values(content.cards.cards)) {
    for (const line of lines) {
      const where = `card line ${line.id}`;
      need("finding", concepts, line.findings, where);
      need(
        "flag",
        flags,
        [line.flag, ...(line.which?.options.map((option) => option.flag) ?? [])].filter((id) => id !== undefined),
        where,
      );
      if (line.flag === undefined && line.which === undefined) wrong.push(`${where} leads to no flag`);
    }
  }
  for (const population of content.populations) need("finding", concepts, population.findings, `population ${population.id}`);
  for (const answer of content.answers) need("source", sources, answer.sources, `answer ${answer.id}`);
  for (const file of [content.cards, content.decisions, content.steps]) need("source", sources, file.sources, "content");
  if (wrong.length > 0) throw new UserError("content-invalid", wrong.join("; "));
}

import type { Content } from "../care/content.ts";
import { type Area, countsAsPresent, type Disposition, isEscalation, isMoreUrgent, urgency } from "../care/labels.ts";
import { type Findings, flagRulesOf, raiseFlags } from "../care/red-flags.ts";
import { type FactValue, namesIn } from "../care/rules.ts";
import { saidFinding } from "../care/said-finding.ts";
import { isSevere, type Pain } from "./pain.ts";
import type { Reading } from "./reader.ts";
import { type FlagSigns, judgeByNet, listenTo, type SecondNet, soundsLikeAppointment, soundsUrgent } from "./second-net.ts";
import type { Duration } from "./time.ts";
import type { FoundFlag, StatedFacts, Understanding } from "./understanding.ts";

/** Facts of the message that red-flag rules compare. */
export interface ToldFacts extends StatedFacts {
  readonly pain: Pain;
  readonly duration: Duration | null;
  readonly area: Area | null;
}

export type FlagFinder = (
  reading: Reading,
  facts: ToldFacts,
) => Pick<Understanding, "findings" | "redFlags" | "disposition" | "suspected">;

/**
 * Red flags of a message: those of the rules, then what the second net adds. A sign that may have been pieced together from
 * words that stand apart ("elbow, pale") is worth a question by itself; where the whole message sounds urgent it counts fully.
 */
export function createFlagFinder(content: Content, secondNet: SecondNet): FlagFinder {
  const rules = flagRulesOf(content.flags);
  const signsOf = flagSignsOf(content);

  return (reading, facts) => {
    const fact = (name: string) => factOf(facts, name);
    const byRule = (findings: Findings): FoundFlag[] =>
      raiseFlags(rules, findings, fact).map(({ findings: signs, ...flag }) => ({
        ...flag,
        evidence: evidenceOf(signs, reading),
        by: "rule",
      }));
    const sound = listenTo(reading, secondNet);
    const all = reading.signs.findings;
    const doubtful = soundsUrgent(sound) ? [] : looseSigns(reading, secondNet);
    const findings = doubtful.length === 0 ? all : new Map([...all].filter(([name]) => !doubtful.includes(name)));
    const firm = byRule(findings);
    const loosely = doubtful.length === 0 ? [] : byRule(all).filter(({ id }) => !firm.some((flag) => flag.id === id));
    const told = soundsLikeAppointment(sound) ? [...firm, ...loosely.filter(isForAppointment)] : firm;
    const pieced = mostUrgent(loosely);
    const level = dispositionOf(told);
    const net = judgeByNet(secondNet, reading, sound, signsOf, level);
    const raised: FoundFlag[] =
      net.raised === null
        ? []
        : [
            {
              id: net.raised.flag,
              disposition: signsOf.get(net.raised.flag)?.disposition as Disposition,
              polarity: "present",
              evidence: evidenceOf(net.raised.signs, reading),
              by: "net",
            },
          ];
    const redFlags = [...told, ...raised];
    const disposition = dispositionOf(redFlags);
    const worthAsking = pieced !== null && isEscalation(pieced.disposition) && isMoreUrgent(pieced.disposition, disposition);
    return { findings, redFlags, disposition, suspected: net.suspected ?? (worthAsking ? pieced.id : null) };
  };
}

/** The level of each flag, and the findings that count as signs of it. */
export function flagSignsOf({ flags, lexicon }: Content): ReadonlyMap<string, FlagSigns> {
  const circumstances = new Set(lexicon.circumstances);
  return new Map(
    flags.map(({ id, disposition, rule }) => {
      // For an appointment a circumstance may be the whole reason.
      const counted = (finding: string) => disposition === "see-clinician-soon" || !circumstances.has(finding);
      const signs = namesIn(rule).findings.filter(counted);
      return [id, { disposition, signs: new Set([...signs, saidFinding(id)]) }];
    }),
  );
}

/** Signs of red flags that only a loose wording tells. */
function looseSigns({ signs }: Reading, { tellingSigns }: SecondNet): string[] {
  return [...signs.loose].filter((name) => tellingSigns.has(name) && countsAsPresent(signs.findings.get(name)));
}

function factOf({ pain, duration, area, ...stated }: ToldFacts, name: string): FactValue {
  switch (name) {
    case "pain":
      return pain.value ?? (isSevere(pain) ? 8 : null);
    case "severe":
      return isSevere(pain);
    case "minutes":
      return duration === null || duration.over ? null : duration.minutes;
    case "area":
      return area;
    default:
      return stated[name as keyof StatedFacts] ?? null;
  }
}

function isForAppointment({ disposition }: FoundFlag): boolean {
  return disposition === "see-clinician-soon";
}

function mostUrgent(flags: readonly FoundFlag[]): FoundFlag | null {
  const present = flags.filter(({ polarity }) => countsAsPresent(polarity));
  return present.toSorted((a, b) => urgency(a.disposition) - urgency(b.disposition))[0] ?? null;
}

function dispositionOf(flags: readonly FoundFlag[]): Disposition | null {
  return mostUrgent(flags)?.disposition ?? null;
}

/** The words of the message that the findings were read from. */
function evidenceOf(findings: readonly string[], reading: Reading): string {
  const spans = findings.flatMap((finding) => {
    const span = reading.signs.evidence.get(finding);
    return span === undefined ? [] : [span];
  });
  const texts = spans.map(([from, to]) => reading.text.slice(reading.tokens[from]?.start, reading.tokens[to - 1]?.end));
  return [...new Set(texts)].join(" … ");
}

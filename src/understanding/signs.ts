import type { Polarity } from "../care/labels.ts";
import type { Findings } from "../care/red-flags.ts";
import { isSaid } from "../care/said-finding.ts";
import type { Match } from "./phrases.ts";
import { type MessageCues, strongerPolarity } from "./polarity.ts";
import { distance, overlap } from "./spans.ts";
import type { Token } from "./tokens.ts";

export interface Signs {
  readonly findings: Findings;
  /** Where each finding was told best: first token, and the one behind the last. */
  readonly evidence: ReadonlyMap<string, readonly [number, number]>;
  /** Findings of which a loose wording told most. */
  readonly loose: ReadonlySet<string>;
}

/** Findings whose time does not matter as it does for a sign. */
export interface Times {
  /** They count when they are over: a faint. */
  readonly lasting: ReadonlySet<string>;
  /** They count however long ago they were: a past clot, a known illness. */
  readonly ever: ReadonlySet<string>;
  /** They count though they stand in an "if": a wish to die. */
  readonly supposed: ReadonlySet<string>;
}

/** A harmless reading this close to a sign explains it away. */
const BLOCK_REACH = 3;
/** A flag's own phrase of so few words may be a bare name: "rhabdo", "heat stroke". */
const NAME_WORDS = 2;

/**
 * The findings of a message. Each is kept once, in its most telling polarity.
 * @param blocks wordings that explain a sign of the same name away
 */
export function collectSigns(
  signs: readonly Match[],
  blocks: readonly Match[],
  tokens: readonly Token[],
  times: Times,
  cues: MessageCues,
): Signs {
  const findings = new Map<string, Polarity>();
  const evidence = new Map<string, readonly [number, number]>();
  const loose = new Set<string>();
  // A message may be one sign a thousand times over: what is settled is not looked at again, and blocks only of its name.
  const blocksOf = Map.groupBy(blocks, ({ concept }) => concept);
  for (const sign of firmFirst(signs)) {
    const before = findings.get(sign.concept);
    if (before === "present") continue;
    if (blocksOf.get(sign.concept)?.some((block) => explains(block, sign, tokens)) === true) continue;
    const polarity = polarityOf(sign, times, cues);
    const stronger = before === undefined ? polarity : strongerPolarity(before, polarity);
    if (stronger === before) continue;
    if (sign.loose) loose.add(sign.concept);
    findings.set(sign.concept, stronger);
    evidence.set(sign.concept, [sign.start, sign.end]);
  }
  return { findings, evidence, loose };
}

function firmFirst(signs: readonly Match[]): readonly Match[] {
  if (!signs.some(({ loose }) => loose)) return signs;
  return [...signs.filter(({ loose }) => !loose), ...signs.filter(({ loose }) => loose)];
}

function polarityOf(sign: Match, { lasting, ever, supposed }: Times, cues: MessageCues): Polarity {
  const { concept } = sign;
  if (isSaid(concept) && sign.end - sign.start <= NAME_WORDS) return cues.polarityOfName(sign);
  const told = cues.polarityOf(sign, lasting.has(concept));
  if (told === "past" && ever.has(concept)) return "present";
  return told === "hypothetical" && supposed.has(concept) ? "present" : told;
}

function explains(block: Match, sign: Match, tokens: readonly Token[]): boolean {
  if (overlap(block, sign)) return true;
  return tokens[block.start]?.sentence === tokens[sign.start]?.sentence && distance(block, sign) <= BLOCK_REACH;
}

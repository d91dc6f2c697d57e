import type { Cue } from "../care/labels.ts";
import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import { overlap, type Stretch } from "./spans.ts";
import type { Token } from "./tokens.ts";

/** A message with the cue phrases that stand in it. */
export interface CuedMessage {
  readonly tokens: readonly Token[];
  readonly grammar: Grammar;
  /** Where words stand that begin a statement. */
  readonly starterAt: readonly boolean[];
  of(cue: Cue): readonly Match[];
  /** For each token, whether a phrase of the cue covers it. */
  covered(cue: Cue): boolean[];
  /** Number of the sentence that a token stands in; -1 outside the message. */
  sentence(at: number): number;
  segment(at: number): number;
  /** The phrases that begin in the same sentence as a mention. */
  inSentence(mention: Stretch, cue: Cue): readonly Match[];
}

/** @param matches the cue phrases of the grammar that stand in the message */
export function cuedMessage(tokens: readonly Token[], grammar: Grammar, matches: readonly Match[]): CuedMessage {
  const cues = byCue(matches);
  const of = (cue: Cue): readonly Match[] => cues.get(cue) ?? [];
  const covered = (cue: Cue): boolean[] => {
    const flags = tokens.map(() => false);
    for (const match of of(cue)) flags.fill(true, match.start, match.end);
    return flags;
  };
  const sentence = (at: number): number => tokens[at]?.sentence ?? -1;
  return {
    tokens,
    grammar,
    starterAt: covered("starters"),
    of,
    covered,
    sentence,
    segment: (at) => tokens[at]?.segment ?? -1,
    inSentence: (mention, cue) => of(cue).filter((one) => sentence(one.start) === sentence(mention.start)),
  };
}

function byCue(matches: readonly Match[]): Map<Cue, readonly Match[]> {
  const cues = new Map<Cue, Match[]>();
  for (const match of matches) {
    const list = cues.get(match.concept as Cue);
    if (list === undefined) cues.set(match.concept as Cue, [match]);
    else list.push(match);
  }
  const notPast = cues.get("not_past") ?? [];
  const past = (cues.get("past") ?? []).filter((one) => !notPast.some((not) => overlap(one, not)));
  return cues.set("past", past);
}

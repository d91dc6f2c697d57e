import { type Cue, countsAsPresent, POLARITIES, type Polarity } from "../care/labels.ts";
import { SELF } from "./clauses.ts";
import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import { distance, overlap } from "./spans.ts";
import { readStory, type Story } from "./story.ts";
import type { Token } from "./tokens.ts";

/** How the signs of one message were told: are they there, doubted, supposed, long ago, somebody else's, or denied? */
export interface MessageCues {
  /** @param lasts the finding counts even when it is over (a stroke sign, a faint). */
  polarityOf(mention: Match, lasts: boolean): Polarity;
  /** The same for the bare name of an illness, which anybody may speak of: it counts only when nothing makes it mere talk. */
  polarityOfName(mention: Match): Polarity;
}

/** A denial reaches this many words forward when nothing ends it before. */
const DENIAL_REACH = 7;
const DENIED_AFTER_REACH = 4;
const SUPPOSED_REACH = 20;
const ASKED_REACH = 12;
const DOUBT_REACH = 6;
const RESOLVED_REACH = 14;
/** Behind a "no" they open a statement. */
const OPENS = new Set("i my it its the he she his her we they there this that".split(" "));

/** @param matches the cue phrases of the grammar that stand in the message */
export function cuesOf(
  tokens: readonly Token[],
  stems: readonly string[],
  grammar: Grammar,
  matches: readonly Match[],
): MessageCues {
  return new CuesOfMessage(tokens, stems, grammar, matches);
}

class CuesOfMessage implements MessageCues {
  private readonly tokens: readonly Token[];
  private readonly cues = new Map<Cue, Match[]>();
  /** Several findings often stand on the same words: each stretch is judged once. */
  private readonly known = new Map<number, Polarity>();
  private readonly negatorAt: boolean[];
  private readonly breakerAt: boolean[];
  private readonly starterAt: boolean[];
  private readonly presentVerbAt: boolean[];
  private readonly noNegator: boolean[];
  private readonly story: Story;

  constructor(tokens: readonly Token[], stems: readonly string[], grammar: Grammar, matches: readonly Match[]) {
    this.tokens = tokens;
    for (const match of matches) {
      const list = this.cues.get(match.concept as Cue);
      if (list === undefined) this.cues.set(match.concept as Cue, [match]);
      else list.push(match);
    }
    const covered = (cue: Cue) => {
      const flags = tokens.map(() => false);
      for (const match of this.of(cue)) flags.fill(true, match.start, match.end);
      return flags;
    };
    this.noNegator = covered("not_negators");
    this.negatorAt = tokens.map((token, at) => grammar.negators.has(token.word) && !this.noNegator[at]);
    this.cues.set(
      "past",
      this.of("past").filter((one) => !this.of("not_past").some((not) => overlap(one, not))),
    );
    this.breakerAt = covered("scope_breakers");
    this.starterAt = covered("starters");
    this.presentVerbAt = tokens.map((token) => grammar.presentVerbs.has(token.word));
    this.story = readStory(tokens, stems, grammar, {
      somebody: this.of("somebody"),
      stranger: this.of("stranger"),
      animal: this.of("animal"),
      lesson: this.of("lesson"),
      nobodyIll: this.of("nobody_ill"),
      media: this.of("media"),
      ownFocus: this.of("own_focus"),
      present: this.of("going_on"),
    });
  }

  polarityOf(mention: Match, lasts: boolean): Polarity {
    const key = (mention.start * 4096 + mention.end) * 4 + (mention.negator >= 0 ? 2 : 0) + (lasts ? 1 : 0);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const polarity = this.judge(mention, lasts);
    this.known.set(key, polarity);
    return polarity;
  }

  private judge(mention: Match, lasts: boolean): Polarity {
    if (this.of("idiom").some((one) => overlap(one, mention))) return "other";
    if (this.isDenied(mention) && !this.follows(mention, "unless", DENIAL_REACH)) return "negated";
    if (this.inSentence(mention, "other").length > 0) return "other";
    if (this.isRelativesPast(mention)) return "other";
    const story = this.story.at[mention.start] ?? null;
    if (story !== null) return story;
    if (this.isPast(mention)) return "past";
    if (!lasts && this.isResolved(mention)) return "past";
    if (this.isSupposed(mention)) return "hypothetical";
    if (this.precedes(mention, "unsure", DOUBT_REACH) !== null) return "unsure";
    return "present";
  }

  polarityOfName(mention: Match): Polarity {
    const told = this.polarityOf(mention, false);
    if (!countsAsPresent(told)) return told;
    if (this.story.general || this.inSentence(mention, "hypothetical").length > 0) return "hypothetical";
    if (this.inSentence(mention, "past").length > 0) return "past";
    const others = this.inSentence(mention, "somebody").length + this.inSentence(mention, "media").length;
    return others > 0 && this.story.own ? "other" : told;
  }

  private of(cue: Cue): readonly Match[] {
    return this.cues.get(cue) ?? [];
  }

  private sentence(at: number): number {
    return this.tokens[at]?.sentence ?? -1;
  }

  private segment(at: number): number {
    return this.tokens[at]?.segment ?? -1;
  }

  private inSentence(mention: Match, cue: Cue): readonly Match[] {
    return this.of(cue).filter((one) => this.sentence(one.start) === this.sentence(mention.start));
  }

  /** A time long ago in the same stretch; "I started it a month ago and I keep getting cramps" goes on behind the "and". */
  private pastNear(mention: Match): readonly Match[] {
    const first = this.segment(mention.start);
    const last = this.segment(mention.end - 1);
    return this.of("past").filter((one) => {
      const segment = this.segment(one.start);
      return segment >= first && segment <= last && !(one.end <= mention.start && this.startsAnew(one.end, mention.start));
    });
  }

  /** "and now", "and I have been", "and my": another statement begins, and it is told in the present. */
  private startsAnew(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      if (this.tokens[at]?.word !== "and") continue;
      if (at + 1 === to) return true;
      if (!this.starterAt[at + 1]) continue;
      for (let i = at + 1; i <= to + 1; i++) if (this.presentVerbAt[i]) return true;
    }
    return false;
  }

  private precedes(mention: Match, cue: Cue, reach: number): Match | null {
    return this.inSentence(mention, cue).find((one) => one.end <= mention.start && mention.start - one.end <= reach) ?? null;
  }

  private follows(mention: Match, cue: Cue, reach: number): boolean {
    return this.inSentence(mention, cue).some((one) => one.start >= mention.end && one.start - mention.end <= reach);
  }

  private isDenied(mention: Match): boolean {
    return this.isNegatedInside(mention) || this.deniedBefore(mention) || this.deniedAfter(mention);
  }

  private isNegatedInside({ negator }: Match): boolean {
    return negator >= 0 && !this.noNegator[negator];
  }

  /** Walks back from the sign to the nearest denial, and stops where another statement begins. */
  private deniedBefore(mention: Match): boolean {
    const sentence = this.sentence(mention.start);
    const listed = this.isOrList(mention);
    let segment = this.segment(mention.start);
    for (let at = mention.start - 1, steps = 0; at >= 0; at--, steps++) {
      if (this.sentence(at) !== sentence) return false;
      if (this.segment(at) !== segment) {
        if (!listed) return false;
        segment = this.segment(at);
      }
      if (this.negatorAt[at]) return !this.isAnswer(at);
      if (this.breakerAt[at]) return false;
      if (steps >= (listed ? DENIAL_REACH * 2 : DENIAL_REACH)) return false;
      if (this.tokens[at]?.word === "and" && this.starterAt[at + 1]) return false;
    }
    return false;
  }

  /** "No my foot is numb": the no answers, and does not deny what follows. */
  private isAnswer(at: number): boolean {
    return this.tokens[at]?.word === "no" && OPENS.has(this.tokens[at + 1]?.word ?? "");
  }

  /** "No swelling, redness or heat": a comma continues a denial only in a list that ends with "or" or "nor". */
  private isOrList(mention: Match): boolean {
    const sentence = this.sentence(mention.start);
    for (let at = Math.max(0, mention.start - 1); this.sentence(at) === sentence; at++) {
      const word = this.tokens[at]?.word;
      if (word === "or" || word === "nor") return true;
      if (this.breakerAt[at] || at - mention.end > DENIAL_REACH) return false;
    }
    return false;
  }

  private deniedAfter(mention: Match): boolean {
    const next = this.tokens[mention.end];
    const afterNext = this.tokens[mention.end + 1];
    const bareNo = next !== undefined && /^(no|none|nil|negative)$/.test(next.word);
    if (bareNo && next.sentence === this.sentence(mention.start) && afterNext?.segment !== next.segment) return true;
    return this.of("denied_after").some(
      (one) =>
        one.start >= mention.end &&
        one.start - mention.end <= DENIED_AFTER_REACH &&
        this.segment(one.start) === this.segment(mention.end - 1),
    );
  }

  private isRelativesPast(mention: Match): boolean {
    if (!this.story.own && !this.story.selfOnly) return false;
    const had = this.inSentence(mention, "relative_had").filter((one) => one.start <= mention.start && !this.namesSelf(one));
    return had.length > 0 && this.inSentence(mention, "present").length === 0;
  }

  /** "A weekend with the boys I had a lot of fluid": the writer had it. */
  private namesSelf({ start, end }: Match): boolean {
    for (let at = start; at < end; at++) if (SELF.has((this.tokens[at] as Token).word)) return true;
    return false;
  }

  private isPast(mention: Match): boolean {
    const present = this.inSentence(mention, "present").filter((one) => this.segment(one.start) === this.segment(mention.start));
    const past = this.pastNear(mention);
    if (present.length > 0 && !present.every((one) => past.some((two) => distance(two, mention) < distance(one, mention)))) {
      return false;
    }
    return past.length > 0 || this.hasYear(mention) || this.isDatedBehind(mention);
  }

  /** "Heard the bang, that was 2014", "I had one. Decades ago.": the words behind date it. */
  private isDatedBehind(mention: Match): boolean {
    const sentence = this.sentence(mention.start);
    return this.of("past_back").some((one) => {
      if (one.start < mention.end) return false;
      if (this.sentence(one.start) === sentence) return true;
      // The next sentence begins with it.
      return this.sentence(one.start) === sentence + 1 && this.sentence(one.start - 1) === sentence;
    });
  }

  /** "in 2019", "back in 1998". */
  private hasYear(mention: Match): boolean {
    return this.tokens.some(
      (token, at) => isYear(token) && token.segment === this.segment(mention.start) && this.tokens[at - 1]?.word === "in",
    );
  }

  private isResolved(mention: Match): boolean {
    return (
      this.inSentence(mention, "resolved").some((one) => this.ends(mention, one)) &&
      this.inSentence(mention, "habit").length === 0 &&
      !this.inSentence(mention, "present").some((one) => this.tokens[one.start]?.word === "still")
    );
  }

  /** Whether the words tell, behind the sign, that it is over: "it's gone", but not "it's gone hard", "it won't stop". */
  private ends(mention: Match, resolved: Match): boolean {
    if (resolved.start < mention.end || resolved.start - mention.end > RESOLVED_REACH) return false;
    if (resolved.negator >= 0) return false;
    return !this.of("turned").some((one) => one.start <= resolved.start && one.end > resolved.start);
  }

  private isSupposed(mention: Match): boolean {
    if (this.inSentence(mention, "not_hypothetical").some((one) => one.start <= mention.start)) return false;
    const supposed = this.precedes(mention, "hypothetical", SUPPOSED_REACH);
    if (supposed !== null && !this.statesBetween(supposed.end, mention.start)) return true;
    const asked = this.precedes(mention, "asking", ASKED_REACH);
    return asked !== null && !this.starterBetween(asked.end, mention.end);
  }

  /** Another clause ("... and it is", "but my ...") between a supposition and the sign makes the sign told. */
  private statesBetween(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.breakerAt[at] && this.starterAt[at + 1]) return true;
    return false;
  }

  private starterBetween(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.starterAt[at]) return true;
    return false;
  }
}

/** "2014", or "09" as in "in '09". */
function isYear({ word, value }: Token): boolean {
  if (value === null) return false;
  return word.length === 4 ? value >= 1940 && value < 2100 : /^0\d$/.test(word);
}

/** The more telling of two ways in which the same sign was told. */
export function strongerPolarity(a: Polarity, b: Polarity): Polarity {
  return POLARITIES.indexOf(a) <= POLARITIES.indexOf(b) ? a : b;
}

import { type Cue, countsAsPresent, POLARITIES, type Polarity } from "../care/labels.ts";
import { SELF } from "./clauses.ts";
import { type CuedMessage, cuedMessage } from "./cued.ts";
import type { Grammar } from "./grammar.ts";
import { readPast } from "./past.ts";
import type { Match } from "./phrases.ts";
import { isResolved } from "./resolved.ts";
import { overlap } from "./spans.ts";
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
/** Behind a "no" they open a statement. */
const OPENS = new Set("i my it its the he she his her we they there this that".split(" "));

/** @param matches the cue phrases of the grammar that stand in the message */
export function cuesOf(
  tokens: readonly Token[],
  stems: readonly string[],
  grammar: Grammar,
  matches: readonly Match[],
): MessageCues {
  return new CuesOfMessage(cuedMessage(tokens, grammar, matches), stems);
}

class CuesOfMessage implements MessageCues {
  private readonly message: CuedMessage;
  private readonly tokens: readonly Token[];
  /** Several findings often stand on the same words: each stretch is judged once. */
  private readonly known = new Map<number, Polarity>();
  private readonly negatorAt: boolean[];
  private readonly breakerAt: boolean[];
  private readonly noNegator: boolean[];
  private readonly story: Story;
  private readonly isPast: (mention: Match) => boolean;

  constructor(message: CuedMessage, stems: readonly string[]) {
    const { tokens, grammar, of, covered } = message;
    this.message = message;
    this.tokens = tokens;
    this.noNegator = covered("not_negators");
    this.negatorAt = tokens.map((token, at) => grammar.negators.has(token.word) && !this.noNegator[at]);
    this.breakerAt = covered("scope_breakers");
    this.isPast = readPast(message);
    this.story = readStory(tokens, stems, grammar, {
      somebody: of("somebody"),
      stranger: of("stranger"),
      animal: of("animal"),
      lesson: of("lesson"),
      nobodyIll: of("nobody_ill"),
      media: of("media"),
      ownFocus: of("own_focus"),
      inCare: of("in_care"),
      present: of("going_on"),
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
    if (this.message.of("idiom").some((one) => overlap(one, mention))) return "other";
    if (this.isDenied(mention) && !this.follows(mention, "unless", DENIAL_REACH)) return "negated";
    if (this.message.inSentence(mention, "other").length > 0) return "other";
    if (this.isRelativesPast(mention)) return "other";
    const story = this.story.at[mention.start] ?? null;
    if (story !== null) return story;
    if (this.isPast(mention)) return "past";
    if (!lasts && isResolved(this.message, mention)) return "past";
    if (this.isSupposed(mention)) return "hypothetical";
    if (this.precedes(mention, "unsure", DOUBT_REACH) !== null) return "unsure";
    return "present";
  }

  polarityOfName(mention: Match): Polarity {
    const told = this.polarityOf(mention, false);
    if (!countsAsPresent(told)) return told;
    if (this.story.general || this.message.inSentence(mention, "hypothetical").length > 0) return "hypothetical";
    if (this.message.inSentence(mention, "past").length > 0) return "past";
    const others = this.message.inSentence(mention, "somebody").length + this.message.inSentence(mention, "media").length;
    return others > 0 && this.story.own ? "other" : told;
  }

  private precedes(mention: Match, cue: Cue, reach: number): Match | null {
    return (
      this.message.inSentence(mention, cue).find((one) => one.end <= mention.start && mention.start - one.end <= reach) ?? null
    );
  }

  private follows(mention: Match, cue: Cue, reach: number): boolean {
    return this.message.inSentence(mention, cue).some((one) => one.start >= mention.end && one.start - mention.end <= reach);
  }

  private isDenied(mention: Match): boolean {
    return this.isNegatedInside(mention) || this.deniedBefore(mention) || this.deniedAfter(mention);
  }

  private isNegatedInside({ negator }: Match): boolean {
    return negator >= 0 && !this.noNegator[negator];
  }

  /** Walks back from the sign to the nearest denial, and stops where another statement begins. */
  private deniedBefore(mention: Match): boolean {
    const sentence = this.message.sentence(mention.start);
    let listed = this.isOrList(mention);
    let segment = this.message.segment(mention.start);
    for (let at = mention.start - 1, steps = 0; at >= 0; at--, steps++) {
      if (this.message.sentence(at) !== sentence) return false;
      // "Never fainted, fitted or had a seizure".
      if (this.tokens[at]?.word === "or" || this.tokens[at]?.word === "nor") listed = true;
      if (this.message.segment(at) !== segment) {
        if (!listed) return false;
        segment = this.message.segment(at);
      }
      if (this.negatorAt[at]) return !this.isAnswer(at);
      if (this.breakerAt[at]) return false;
      if (steps >= (listed ? DENIAL_REACH * 2 : DENIAL_REACH)) return false;
      if (this.tokens[at]?.word === "and" && this.message.starterAt[at + 1]) return false;
    }
    return false;
  }

  /** "No my foot is numb": the no answers, and does not deny what follows. */
  private isAnswer(at: number): boolean {
    return this.tokens[at]?.word === "no" && OPENS.has(this.tokens[at + 1]?.word ?? "");
  }

  /** "No swelling, redness or heat": a comma continues a denial only in a list that ends with "or" or "nor". */
  private isOrList(mention: Match): boolean {
    const sentence = this.message.sentence(mention.start);
    for (let at = Math.max(0, mention.start - 1); this.message.sentence(at) === sentence; at++) {
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
    if (bareNo && next.sentence === this.message.sentence(mention.start) && afterNext?.segment !== next.segment) return true;
    return this.message
      .of("denied_after")
      .some(
        (one) =>
          one.start >= mention.end &&
          one.start - mention.end <= DENIED_AFTER_REACH &&
          this.message.segment(one.start) === this.message.segment(mention.end - 1),
      );
  }

  private isRelativesPast(mention: Match): boolean {
    if (!this.story.own && !this.story.selfOnly) return false;
    const had = this.message
      .inSentence(mention, "relative_had")
      .filter((one) => one.start <= mention.start && !this.namesSelf(one));
    return had.length > 0 && this.message.inSentence(mention, "present").length === 0;
  }

  /** "A weekend with the boys I had a lot of fluid": the writer had it. */
  private namesSelf({ start, end }: Match): boolean {
    for (let at = start; at < end; at++) if (SELF.has((this.tokens[at] as Token).word)) return true;
    return false;
  }

  private isSupposed(mention: Match): boolean {
    if (this.message.inSentence(mention, "not_hypothetical").some((one) => one.start <= mention.start)) return false;
    // "If pee becomes brown": the words that suppose it may reach into the sign.
    const supposed = this.message
      .inSentence(mention, "hypothetical")
      .find((one) => one.start < mention.start && mention.start - one.end <= SUPPOSED_REACH);
    if (supposed !== undefined && !this.statesBetween(supposed.end, mention.start)) return true;
    const asked = this.precedes(mention, "asking", ASKED_REACH);
    return asked !== null && !this.starterBetween(asked.end, mention.end);
  }

  /** Another clause ("... and it is", "but my ...") between a supposition and the sign makes the sign told. */
  private statesBetween(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.breakerAt[at] && this.message.starterAt[at + 1]) return true;
    return false;
  }

  private starterBetween(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.message.starterAt[at]) return true;
    return false;
  }
}

/** The more telling of two ways in which the same sign was told. */
export function strongerPolarity(a: Polarity, b: Polarity): Polarity {
  return POLARITIES.indexOf(a) <= POLARITIES.indexOf(b) ? a : b;
}

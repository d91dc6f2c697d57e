import type { Polarity } from "../care/labels.ts";
import { type Clause, clausesOf, type People, SELF } from "./clauses.ts";
import { type Grammar, isPastTense } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import type { Token } from "./tokens.ts";

/** What tells that a part of a message is about nobody whom this bot should help. */
export interface StoryCues extends People {
  /** "a chap", "someone": anybody rather than one who is known. */
  readonly stranger: readonly Match[];
  /** "hospital drama", "in chapter nine", "our biology lesson". */
  readonly media: readonly Match[];
  /** "pub quiz", "I'm preparing a talk": what is said in general is meant in general. */
  readonly lesson: readonly Match[];
  /** "nobody is ill", "none has, I assure you". */
  readonly nobodyIll: readonly Match[];
  /** "my own question", "I'm not asking about that". */
  readonly ownFocus: readonly Match[];
  /** "went into hospital", "right as rain", "God rest her": of somebody else, who is seen to or well again. */
  readonly inCare: readonly Match[];
  /** "now", "minutes ago", "just": it is going on. */
  readonly present: readonly Match[];
}

export interface Story {
  /** For each token: somebody else's, only supposed, or (null) told. */
  readonly at: readonly (Polarity | null)[];
  /** The writer complains of something of their own. */
  readonly own: boolean;
  /** The writer speaks of themselves and of nobody who is with them. */
  readonly selfOnly: boolean;
  /** A general question, or nobody is ill: names of illnesses are no reports. */
  readonly general: boolean;
}

const COMPLAINT =
  /^(cramp|spasm|ach|sore|tight|stiff|knot|twing|twitch|seiz|charl|niggl|flutter|tingl)|^(pull|sair|pinch|catch|grab|tens|tension|nip|lock|hurt|pain|painful|sting|crick|stitch|tender|tire|weari|jump|jerk|buzz|strain)$/;

/**
 * Finds the parts of a message that tell of somebody whom nobody is helping now: a relative's old illness, a patient at work,
 * a film. Such a part has another subject, tells in the past tense (or of a film), and stands beside a complaint of the
 * writer's own. With no complaint of the writer's own the other person is the one to help, and nothing is set aside.
 * An animal is never the one to help. Where nobody is ill, or a quiz is set, whatever the writer does not tell of themselves is
 * only supposed.
 */
export function readStory(tokens: readonly Token[], stems: readonly string[], grammar: Grammar, cues: StoryCues): Story {
  const at = new Array<Polarity | null>(tokens.length).fill(null);
  const general = cues.lesson.length > 0 || cues.nobodyIll.length > 0;
  if (!general && cues.somebody.length + cues.media.length + cues.animal.length === 0) {
    return { at, own: false, selfOnly: false, general };
  }
  const clauses = clausesOf(tokens, grammar, cues);
  const isCared = ({ start, sentence }: Clause) =>
    cues.inCare.some((cue) => cue.start >= start && tokens[cue.start]?.sentence === sentence);
  // Where somebody is seen to, what is told without any subject is the writer's: "Just the one calf cramp at mile nine."
  const isOwn = ({ subject }: Clause) => subject === "self" || (subject === null && cues.inCare.length > 0);
  const own = clauses.some((clause) => isOwn(clause) && complains(clause, stems));
  const ongoing = clauses.some((clause) => clause.pronoun && isGoingOn(clause, tokens, grammar, cues));
  const filmed = new Set(cues.media.map(({ start }) => tokens[start]?.sentence));
  for (const clause of clauses) {
    const told =
      own &&
      clause.subject === "somebody" &&
      (cues.ownFocus.length > 0 || isCared(clause) || (isOver(clause, tokens, grammar, cues) && !(clause.pronoun && ongoing)));
    const film = own && filmed.has(clause.sentence) && clause.subject !== "self";
    if (told || film || clause.subject === "animal") at.fill("other", clause.start, clause.end);
    else if (isGeneral(clause, cues)) at.fill("hypothetical", clause.start, clause.end);
    else fillBehind(at, clause, tokens, cues.lesson, "hypothetical");
    if (own) fillBehind(at, clause, tokens, cues.media, "other");
  }
  const selfOnly = clauses.some(({ subject }) => subject === "self") && !tokens.some(({ word }) => grammar.thirdPerson.has(word));
  return { at, own, selfOnly, general };
}

/** Told of somebody as it is now: "she's just been sick", "his feet are cold". */
function isGoingOn(clause: Clause, tokens: readonly Token[], grammar: Grammar, { present }: StoryCues): boolean {
  if (present.some((match) => inside(match, clause))) return true;
  return tokens.slice(clause.start, clause.end).some(({ word }) => grammar.presentVerbs.has(word));
}

function isGeneral(clause: Clause, { lesson, nobodyIll, stranger, present }: StoryCues): boolean {
  if (clause.subject === "self") return false;
  if (nobodyIll.length > 0) return true;
  if (lesson.length === 0 || present.some((match) => inside(match, clause))) return false;
  return clause.subject === null || stranger.some((match) => inside(match, clause));
}

/** "I'm writing a story where a chap is bitten": what stands behind the words for it, up to where the writer comes in. */
function fillBehind(
  at: (Polarity | null)[],
  clause: Clause,
  tokens: readonly Token[],
  cues: readonly Match[],
  polarity: Polarity,
): void {
  for (const cue of cues.filter((match) => inside(match, clause))) {
    for (let i = cue.end; i < clause.end && !SELF.has((tokens[i] as Token).word); i++) at[i] ??= polarity;
  }
}

function inside(match: Match, clause: Clause): boolean {
  return match.start >= clause.start && match.start < clause.end;
}

function complains({ start, end }: Clause, stems: readonly string[]): boolean {
  for (let at = start; at < end; at++) if (COMPLAINT.test(stems[at] as string)) return true;
  return false;
}

/** In the past tense, with nothing that makes it now. */
function isOver(clause: Clause, tokens: readonly Token[], grammar: Grammar, { present }: StoryCues): boolean {
  if (present.some((match) => inside(match, clause))) return false;
  let past = false;
  for (let at = clause.start; at < clause.end; at++) {
    const { word } = tokens[at] as Token;
    if (grammar.presentVerbs.has(word)) return false;
    if (isPastTense(word, grammar)) past = true;
  }
  return past;
}

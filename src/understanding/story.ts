import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import type { Token } from "./tokens.ts";

/**
 * Finds the parts of a message that tell of somebody whom nobody is helping now: a relative's old illness, a patient at work,
 * a film. Such a part has another subject, tells in the past tense (or of a film), and stands beside a complaint of the
 * writer's own. With no complaint of the writer's own the other person is the one to help, and nothing is set aside.
 */
export interface StoryCues {
  /** "my uncle", "a lad", "the character". */
  readonly somebody: readonly Match[];
  /** "hospital drama", "in chapter nine", "our biology lesson". */
  readonly media: readonly Match[];
  /** "my own question", "I'm not asking about that". */
  readonly ownFocus: readonly Match[];
  /** "now", "minutes ago", "just": it is going on. */
  readonly present: readonly Match[];
}

type Subject = "self" | "somebody" | null;

interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  subject: Subject;
}

const SELF = new Set(["i", "my", "mine", "myself", "we", "our", "us", "meself"]);
/** Between "my" and the relative: "my late husband", "my poor old mum". */
const BEFORE_RELATIVE = 3;
const COMPLAINT =
  /^(cramp|spasm|ach|sore|tight|stiff|knot|twing|twitch|pull|seiz|catch|grab|tens|charley|charli|nip|tighten|lock|hurt|pain|niggl|sting)/;

/** For each token, whether it is part of such a story. */
export function storyTokens(tokens: readonly Token[], stems: readonly string[], grammar: Grammar, cues: StoryCues): boolean[] {
  const story = tokens.map(() => false);
  if (cues.somebody.length === 0 && cues.media.length === 0) return story;
  const clauses = clausesOf(tokens);
  for (const clause of clauses) clause.subject = subjectOf(clause, tokens, grammar, cues);
  inherit(clauses);
  const own = clauses.some((clause) => clause.subject === "self" && complains(clause, stems));
  if (!own) return story;
  const focused = cues.ownFocus.length > 0;
  const filmed = new Set(cues.media.map(({ start }) => tokens[start]?.sentence));
  for (const clause of clauses) {
    const told = clause.subject === "somebody" && (focused || isOver(clause, tokens, grammar, cues));
    const film = filmed.has(clause.sentence) && clause.subject !== "self";
    if (told || film) story.fill(true, clause.start, clause.end);
  }
  return story;
}

function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { sentence, segment, word } = tokens[at] as Token;
    const last = clauses.at(-1);
    const before = tokens[at - 1];
    const begins =
      last === undefined || before?.sentence !== sentence || before.segment !== segment || word === "but" || word === "anyway";
    if (begins) clauses.push({ start: at, end: at + 1, sentence, subject: null });
    else clauses[clauses.length - 1] = { ...last, end: at + 1 };
  }
  return clauses;
}

/** The first one named in the clause: "my uncle" is the uncle, "my calf" is the writer. */
function subjectOf({ start, end }: Clause, tokens: readonly Token[], grammar: Grammar, { somebody }: StoryCues): Subject {
  for (let at = start; at < end; at++) {
    const word = (tokens[at] as Token).word;
    if (somebody.some((match) => match.start === at)) return "somebody";
    if (SELF.has(word)) {
      const possessed = word === "my" || word === "our";
      return possessed && somebody.some((match) => match.start > at && match.start - at <= BEFORE_RELATIVE && match.start < end)
        ? "somebody"
        : "self";
    }
    if (grammar.thirdPerson.has(word)) return "somebody";
  }
  return null;
}

/** A clause with no subject of its own goes on about the one before, within the sentence. */
function inherit(clauses: Clause[]): void {
  clauses.forEach((clause, at) => {
    const before = clauses[at - 1];
    if (clause.subject === null && before !== undefined && before.sentence === clause.sentence) clause.subject = before.subject;
  });
}

function complains({ start, end }: Clause, stems: readonly string[]): boolean {
  for (let at = start; at < end; at++) if (COMPLAINT.test(stems[at] as string)) return true;
  return false;
}

/** In the past tense, with nothing that makes it now. */
function isOver({ start, end }: Clause, tokens: readonly Token[], grammar: Grammar, { present }: StoryCues): boolean {
  if (present.some((match) => match.start >= start && match.start < end)) return false;
  let past = false;
  for (let at = start; at < end; at++) {
    const { word } = tokens[at] as Token;
    if (grammar.presentVerbs.has(word)) return false;
    if (grammar.pastVerbs.has(word) || (word.length > 4 && word.endsWith("ed"))) past = true;
  }
  return past;
}

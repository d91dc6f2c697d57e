import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import type { Token } from "./tokens.ts";

/** Whom a clause is about: the writer, somebody else, an animal, or nobody that it names. */
export type Subject = "self" | "somebody" | "animal" | null;

/** A stretch of a sentence between commas, "but" or "anyway". */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly subject: Subject;
}

export interface People {
  /** "my uncle", "a lad", "the character". */
  readonly somebody: readonly Match[];
  /** "my dog", "the mare". */
  readonly animal: readonly Match[];
}

const SELF = new Set(["i", "my", "mine", "myself", "we", "our", "us", "meself"]);
/** Between "my" and the relative: "my late husband", "my poor old mum". */
const BEFORE_RELATIVE = 3;

/** Splits a message into clauses. One that names no subject goes on about the one before, within its sentence. */
export function clausesOf(tokens: readonly Token[], grammar: Grammar, people: People): Clause[] {
  const clauses: Clause[] = [];
  for (let start = 0; start < tokens.length; ) {
    let end = start + 1;
    while (end < tokens.length && !beginsClause(tokens, end)) end++;
    const sentence = (tokens[start] as Token).sentence;
    const before = clauses.at(-1);
    const named = subjectOf(start, end, tokens, grammar, people);
    const subject = named ?? (before?.sentence === sentence ? before.subject : null);
    clauses.push({ start, end, sentence, subject });
    start = end;
  }
  return clauses;
}

function beginsClause(tokens: readonly Token[], at: number): boolean {
  const { sentence, segment, word } = tokens[at] as Token;
  const before = tokens[at - 1] as Token;
  return before.sentence !== sentence || before.segment !== segment || word === "but" || word === "anyway";
}

/** The first one named: "my uncle" is the uncle, "my calf" is the writer. */
function subjectOf(start: number, end: number, tokens: readonly Token[], grammar: Grammar, people: People): Subject {
  for (let at = start; at < end; at++) {
    const word = (tokens[at] as Token).word;
    if (people.animal.some((match) => match.start === at)) return hasSelf(tokens, at + 1, end) ? "self" : "animal";
    if (people.somebody.some((match) => match.start === at)) return "somebody";
    if (SELF.has(word)) return possesses(at, end, tokens, people) ? "somebody" : "self";
    if (grammar.thirdPerson.has(word)) return "somebody";
  }
  return null;
}

/** "The dog bit me": an animal's doing, but the writer's trouble. */
function hasSelf(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (SELF.has((tokens[at] as Token).word)) return true;
  return false;
}

function possesses(at: number, end: number, tokens: readonly Token[], { somebody }: People): boolean {
  const word = (tokens[at] as Token).word;
  if (word !== "my" && word !== "our") return false;
  return somebody.some((match) => match.start > at && match.start - at <= BEFORE_RELATIVE && match.start < end);
}

import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import type { Token } from "./tokens.ts";

/** Whom a clause is about: the writer, somebody else, an animal, or nobody that it names. */
export type Subject = "self" | "somebody" | "animal" | null;

/** A stretch of a sentence between commas, "but" or "and I". */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly subject: Subject;
  /** The subject is a pronoun: somebody who was spoken of before. */
  readonly pronoun: boolean;
}

export interface People {
  /** "my uncle", "a lad", "the character". */
  readonly somebody: readonly Match[];
  /** "my dog", "the mare". */
  readonly animal: readonly Match[];
}

/** What the writer calls themselves. */
export const SELF: ReadonlySet<string> = new Set(["i", "my", "mine", "myself", "we", "our", "us", "meself"]);
/** Between "my" and the relative: "my late husband", "my poor old mum". */
const BEFORE_RELATIVE = 3;
const BEFORE_ANIMAL = 2;
/** Between somebody and what they say: "my coach on the pontoon said". */
const BEFORE_SAYING = 4;
const SAYS = /^(say|says|said|saying|reckons|reckon|thinks|thought|noticed|told|tells|swears|swore|insists)$/;
const JOINS = new Set(["and", "so", "then", "now", "while"]);
const GENERIC = new Set(["they", "theyre", "them"]);
const LEADS = new Set(
  "and so but then when now well anyway because since while if once after says said our the poor old also".split(" "),
);
/** What one calls oneself without an article. */
const ROLES =
  /^(apprentice|runner|driver|player|student|coach|keeper|trainee|rider|worker|farmer|soldier|boxer|teacher|goalkeeper)$/;

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
    clauses.push({ start, end, sentence, subject, pronoun: subject === "somebody" && !namesSomebody(start, end, people) });
    start = end;
  }
  return clauses;
}

function namesSomebody(start: number, end: number, { somebody }: People): boolean {
  return somebody.some((match) => match.start >= start && match.start < end);
}

function beginsClause(tokens: readonly Token[], at: number): boolean {
  const { sentence, segment, word } = tokens[at] as Token;
  const before = tokens[at - 1] as Token;
  if (before.sentence !== sentence || before.segment !== segment || word === "but" || word === "anyway") return true;
  // "The bloke fell over and I jumped".
  return JOINS.has(word) && SELF.has(tokens[at + 1]?.word ?? "");
}

/** The first one named: "my uncle" is the uncle, "my calf" is the writer. */
function subjectOf(start: number, end: number, tokens: readonly Token[], grammar: Grammar, people: People): Subject {
  for (let at = start; at < end; at++) {
    const word = (tokens[at] as Token).word;
    if (opensWithAnimal(start, at, tokens, people)) return hasSelf(tokens, at + 1, end) ? "self" : "animal";
    if (people.somebody.some((match) => match.start === at)) return somebodyAt(at, end, tokens);
    if (SELF.has(word)) return possesses(at, end, tokens, people) ? somebodyAt(at + 1, end, tokens) : "self";
    // "They put me on tablets": whoever they are, it is done to the writer.
    if (grammar.thirdPerson.has(word)) return GENERIC.has(word) && hasSelf(tokens, at + 1, end) ? "self" : "somebody";
  }
  return null;
}

/** "The mare is lame", "and our dog": not "I fell off my horse", "like a pig". */
function opensWithAnimal(start: number, at: number, tokens: readonly Token[], { animal }: People): boolean {
  if (at - start > BEFORE_ANIMAL || !animal.some((match) => match.start === at)) return false;
  for (let i = start; i < at; i++) if (!LEADS.has((tokens[i] as Token).word)) return false;
  return true;
}

/** "My coach says I had a fit" is about the writer; so is "apprentice sparky, got a belt". */
function somebodyAt(at: number, end: number, tokens: readonly Token[]): Subject {
  if (at === 0 && ROLES.test((tokens[0] as Token).word)) return null;
  for (let i = at + 1; i < Math.min(end, at + BEFORE_SAYING); i++) {
    if (SAYS.test((tokens[i] as Token).word)) return hasSelf(tokens, i + 1, end) ? "self" : "somebody";
  }
  return "somebody";
}

/** Whether the writer is named: "the dog bit me". */
function hasSelf(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (SELF.has((tokens[at] as Token).word)) return true;
  return false;
}

function possesses(at: number, end: number, tokens: readonly Token[], { somebody }: People): boolean {
  const word = (tokens[at] as Token).word;
  if (word !== "my" && word !== "our") return false;
  return somebody.some((match) => match.start > at && match.start - at <= BEFORE_RELATIVE && match.start < end);
}

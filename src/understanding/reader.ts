import type { Content } from "../care/content.ts";
import { CUES } from "../care/labels.ts";
import { saidFinding } from "../care/said-finding.ts";
import { bodyConcepts } from "./body.ts";
import { type Grammar, readGrammar } from "./grammar.ts";
import { type CompiledBook, compileBook } from "./phrase-book.ts";
import { type Match, openBook } from "./phrases.ts";
import { cuesOf, type MessageCues } from "./polarity.ts";
import type { Repair, TypoRepair } from "./repair.ts";
import { collectSigns, type Signs, type Times } from "./signs.ts";
import { stem } from "./stem.ts";
import { clean, type Token, tokenise } from "./tokens.ts";

/** A message taken apart: everything that later readers look at. */
export interface Reading {
  /** The text without control characters; evidence is cut from it. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly stems: readonly string[];
  readonly repairs: readonly Repair[];
  readonly cues: MessageCues;
  readonly signs: Signs;
  readonly places: readonly Match[];
  /** Whether a trouble of the skin, of the eye, or a wound is told of. */
  readonly onSkin: boolean;
  readonly painWords: readonly Match[];
  readonly topics: readonly string[];
}

export interface Reader {
  readonly grammar: Grammar;
  /** Every word of the lexicon: right as it stands, and what a typo may be repaired to. */
  readonly vocabulary: ReadonlySet<string>;
  read(text: string, repair: TypoRepair | null): Reading;
}

/** Tokens of a message that tells no story: there a wording means what it says. */
const BRIEF = 12;

const KINDS = ["sign", "maybe", "block", "cue", "place", "pain", "topic", "skin"] as const;
type Kind = (typeof KINDS)[number];

/** All phrases of the content in one book, so that a message is searched once. Compiling takes a while; the result is kept. */
export function compileLexicon(content: Content): CompiledBook {
  const grammar = readGrammar(content.lexicon.grammar);
  const written = (phrase: string) => writeOutShortForms(phrase, grammar);
  const groups = new Map(Object.entries(content.lexicon.groups));
  const book = new Map<string, readonly string[]>();
  const add = (kind: Kind, name: string, phrases: readonly string[]) => book.set(`${kind} ${name}`, phrases.map(written));
  for (const [name, concept] of Object.entries(content.lexicon.concepts)) {
    if (concept.says !== undefined) add("sign", name, concept.says);
    if (concept.maybe !== undefined) add("maybe", name, concept.maybe);
    if (concept.not !== undefined) add("block", name, concept.not);
  }
  const plain = (phrase: string) =>
    tokenise(clean(phrase), grammar)
      .map((token) => token.word)
      .join(" ");
  for (const flag of content.flags) {
    // The red flags' own phrases are the findings "said:<flag>".
    add("sign", saidFinding(flag.id), flag.phrases.map(plain));
    add("block", saidFinding(flag.id), flag.not_triggers.map(plain));
  }
  for (const cue of CUES) add("cue", cue, grammar.cues.get(cue) ?? []);
  for (const [name, phrases] of bodyConcepts(content.lexicon.body)) add("place", name, phrases);
  add("skin", "skin", content.lexicon.body.skin);
  for (const [name, phrases] of Object.entries(content.lexicon.pain)) add("pain", name, phrases);
  for (const [name, phrases] of Object.entries(content.lexicon.topics)) add("topic", name, phrases);
  return compileBook({ groups, concepts: book, light: grammar.light, negators: grammar.negators }, stem);
}

/**
 * A phrase as a message would read: "killing me" is "killing my" there, since short forms and dialect are written out before
 * anything is looked for. Of a form of several words ("ive": "i have") the one that carries most stands in the phrase.
 */
function writeOutShortForms(phrase: string, { shortForms, light }: Grammar): string {
  return phrase.replace(/<[^>]*>|[\p{L}\d']+/gu, (word) => {
    const long = shortForms.get(word.replaceAll("'", "").toLowerCase());
    if (long === undefined || word.startsWith("<")) return word;
    const heavy = long.filter((part) => !light.has(part));
    if (heavy.length > 1) return word;
    return heavy[0] ?? long.at(-1) ?? word;
  });
}

/** Words of pain, without those that stand in a wording which only looks so ("just as tight"). */
function painWordsOf(found: readonly Match[]): Match[] {
  const none = found.filter(({ concept }) => concept === "not");
  const covered = (one: Match) =>
    none.some(({ start, end }) => one.start < end && start < one.end && one.end - one.start <= end - start);
  return found.filter((one) => one.concept !== "not" && !covered(one));
}

/** The concepts to which another time of telling counts. */
function timesOf(concepts: Content["lexicon"]["concepts"]): Times {
  const marked = (mark: "lasts" | "ever" | "supposed") =>
    new Set(Object.keys(concepts).filter((name) => concepts[name]?.[mark] === true));
  return { lasting: marked("lasts"), ever: marked("ever"), supposed: marked("supposed") };
}

/** What the keys of the book stand for. */
function kindsOf({ concepts }: CompiledBook): ReadonlyMap<string, { kind: Kind; name: string }> {
  return new Map(
    concepts.map((key) => {
      const space = key.indexOf(" ");
      return [key, { kind: key.slice(0, space) as Kind, name: key.slice(space + 1) }];
    }),
  );
}

/** Opens the lexicon for reading messages. */
export function createReader(content: Content, book: CompiledBook): Reader {
  const grammar = readGrammar(content.lexicon.grammar);
  const times = timesOf(content.lexicon.concepts);
  const kindOf = kindsOf(book);
  const find = openBook(book);

  return {
    grammar,
    vocabulary: book.vocabulary,
    read: (raw, repair) => {
      const text = clean(raw);
      const split = tokenise(text, grammar);
      const { tokens, repairs } = repair === null ? { tokens: split, repairs: [] } : repair.mend(split);
      const stems = tokens.map((token) => stem(token.word));
      const found: Record<Exclude<Kind, "maybe">, Match[]> = {
        sign: [],
        block: [],
        cue: [],
        place: [],
        pain: [],
        topic: [],
        skin: [],
      };
      for (const match of find(tokens, stems)) {
        const { kind, name } = kindOf.get(match.concept) as { kind: Kind; name: string };
        if (kind === "maybe") found.sign.push({ ...match, concept: name, loose: tokens.length > BRIEF });
        else found[kind].push({ ...match, concept: name });
      }
      const cues = cuesOf(tokens, stems, grammar, found.cue);
      return {
        text,
        tokens,
        stems,
        repairs,
        cues,
        signs: collectSigns(found.sign, found.block, tokens, times, cues),
        places: found.place,
        onSkin: found.skin.length > 0,
        painWords: painWordsOf(found.pain),
        topics: [...new Set(found.topic.map((match) => match.concept))],
      };
    },
  };
}

/** Numbers count as numbers, not as the digits they are. */
export function wordsOf(reading: Reading): string[] {
  return reading.tokens.map((token) => (token.kind === "number" ? "#" : token.word));
}

export function stemsOf(reading: Reading): string[] {
  return reading.stems.map((stem, at) => (reading.tokens[at]?.kind === "number" ? "#" : stem));
}

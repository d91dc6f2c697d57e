import type { Content } from "../care/content.ts";
import { CUES } from "../care/labels.ts";
import { saidFinding } from "../care/said-finding.ts";
import { bodyConcepts } from "./body.ts";
import { type Grammar, readGrammar } from "./grammar.ts";
import { compilePhrases, type Match } from "./phrases.ts";
import { cuesOf, type MessageCues } from "./polarity.ts";
import { type Concept, collectSigns, type Signs } from "./signs.ts";
import { stem } from "./stem.ts";
import { clean, type Token, tokenise } from "./tokens.ts";
import type { Repair, TypoRepair } from "./repair.ts";

/** A message taken apart: everything that later readers look at. */
export interface Reading {
  /** The text without control characters; evidence is cut from it. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly stems: readonly string[];
  readonly repairs: readonly Repair[];
  readonly cues: MessageCues;
  readonly signs: Signs;
  /** Red flags whose own phrases stand in the message, as findings "said:<flag>". */
  readonly places: readonly Match[];
  readonly painWords: readonly Match[];
  readonly topics: readonly string[];
}

export interface Reader {
  readonly grammar: Grammar;
  /** Every word of the lexicon: right as it stands, and what a typo may be repaired to. */
  readonly vocabulary: ReadonlySet<string>;
  read(text: string, repair: TypoRepair | null): Reading;
}

const KINDS = ["sign", "block", "cue", "place", "pain", "topic"] as const;
type Kind = (typeof KINDS)[number];

/** One book of phrases for everything, so that a message is searched once. */
export function createReader(content: Content): Reader {
  const grammar = readGrammar(content.lexicon.grammar);
  const groups = new Map(Object.entries(content.lexicon.groups));
  const concepts = new Map<string, Concept>(Object.entries(content.lexicon.concepts));
  const plain = (phrase: string) => tokenise(clean(phrase), grammar).map((token) => token.word).join(" ");
  for (const flag of content.flags) {
    concepts.set(saidFinding(flag.id), { says: flag.phrases.map(plain), not: flag.not_triggers.map(plain) });
  }
  const book = new Map<string, readonly string[]>();
  const add = (kind: Kind, name: string, phrases: readonly string[]) => book.set(`${kind} ${name}`, phrases);
  for (const [name, concept] of concepts) {
    add("sign", name, concept.says);
    if (concept.not !== undefined) add("block", name, concept.not);
  }
  for (const cue of CUES) add("cue", cue, grammar.cues.get(cue) ?? []);
  for (const [name, phrases] of bodyConcepts(content.lexicon.body)) add("place", name, phrases);
  for (const [name, phrases] of Object.entries(content.lexicon.pain)) add("pain", name, phrases);
  for (const [name, phrases] of Object.entries(content.lexicon.topics)) add("topic", name, phrases);
  const kindOf = new Map([...book.keys()].map((key): [string, { kind: Kind; name: string }] => {
    const space = key.indexOf(" ");
    return [key, { kind: key.slice(0, space) as Kind, name: key.slice(space + 1) }];
  }));
  const matcher = compilePhrases({ groups, concepts: book, light: grammar.light, negators: grammar.negators }, stem);

  return {
    grammar,
    vocabulary: matcher.vocabulary,
    read: (raw, repair) => {
      const text = clean(raw);
      const split = tokenise(text, grammar);
      const { tokens, repairs } = repair === null ? { tokens: split, repairs: [] } : repair.mend(split);
      const stems = tokens.map((token) => stem(token.word));
      const found: Record<Kind, Match[]> = { sign: [], block: [], cue: [], place: [], pain: [], topic: [] };
      for (const match of matcher.find(tokens, stems)) {
        const { kind, name } = kindOf.get(match.concept) as { kind: Kind; name: string };
        found[kind].push({ ...match, concept: name });
      }
      const cues = cuesOf(tokens, grammar, found.cue);
      return {
        text,
        tokens,
        stems,
        repairs,
        cues,
        signs: collectSigns(found.sign, found.block, tokens, concepts, cues),
        places: found.place,
        painWords: found.pain,
        topics: [...new Set(found.topic.map((match) => match.concept))],
      };
    },
  };
}

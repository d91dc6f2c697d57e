import { CUES, type Cue } from "../care/labels.ts";

/** The closed lists of the language: content/en/lexicon/grammar.yaml, ready to look up. */
export interface Grammar {
  readonly shortForms: ReadonlyMap<string, readonly string[]>;
  /** Those that read otherwise at the beginning of a message. */
  readonly shortFormsInside: ReadonlyMap<string, readonly string[]>;
  readonly emoji: ReadonlyMap<string, readonly string[]>;
  readonly light: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  readonly thirdPerson: ReadonlySet<string>;
  readonly pastVerbs: ReadonlySet<string>;
  readonly presentVerbs: ReadonlySet<string>;
  /** Phrases of several words, by what they do to a finding near them. */
  readonly cues: ReadonlyMap<Cue, readonly string[]>;
}

export interface GrammarContent {
  readonly short_forms: Readonly<Record<string, string>>;
  readonly short_forms_inside: Readonly<Record<string, string>>;
  readonly emoji: Readonly<Record<string, string>>;
  readonly light: readonly string[];
  readonly negators: readonly string[];
  readonly third_person: readonly string[];
  readonly past_verbs: readonly string[];
  readonly present_verbs: readonly string[];
  readonly cues: Readonly<Record<Cue, readonly string[]>>;
}

export function readGrammar(content: GrammarContent): Grammar {
  const words = (table: Readonly<Record<string, string>>) =>
    new Map(Object.entries(table).map(([short, long]) => [short, long.split(" ")]));
  return {
    shortForms: words(content.short_forms),
    shortFormsInside: words(content.short_forms_inside),
    emoji: words(content.emoji),
    light: new Set(content.light),
    negators: new Set(content.negators),
    thirdPerson: new Set(content.third_person),
    pastVerbs: new Set(content.past_verbs),
    presentVerbs: new Set(content.present_verbs),
    cues: new Map(CUES.map((cue) => [cue, content.cues[cue]])),
  };
}

/** Whether a word stands in the past tense, as far as its form tells. */
export function isPastTense(word: string, { pastVerbs }: Grammar): boolean {
  return pastVerbs.has(word) || (word.length > 4 && word.endsWith("ed"));
}

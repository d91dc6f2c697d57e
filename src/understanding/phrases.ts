import { parsePhrase, type PhraseItem, type PhraseWord } from "./phrase-notation.ts";
import type { Token } from "./tokens.ts";

export interface Match {
  readonly concept: string;
  /** First token, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  /** A negator stood between the words of the phrase: "foot is not cold". */
  readonly negatedInside: boolean;
}

export interface PhraseBook {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  /** Words that may be passed over between the words of a phrase. */
  readonly light: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
}

export interface PhraseMatcher {
  /** All places where a phrase of the book stands. Linear in the tokens. */
  find(tokens: readonly Token[], stems: readonly string[]): Match[];
  /** Every plain word that a phrase names: the vocabulary that typo repair may repair to. */
  readonly vocabulary: ReadonlySet<string>;
}

/** Light words that may be passed over between two words of a phrase. */
const LIGHT_WORDS_BETWEEN = 4;
/** Words that a "~" stands for. */
const GAP_WORDS = 4;
/** How much commoner than any other a word counts that carries little. */
const EVERYDAY = 500;
const EVERYDAY_WORDS = "cant wont what how when if or for at by from me you can do have will would should just about out over after before again back down off more time".split(" ");
/** The parts of an "A & B" phrase stand at most this far apart. */
const NEAR_WORDS = 12;

/** A run of items; `gapBefore[i]` says whether a "~" stands before item i. */
interface Sequence {
  readonly items: Int32Array;
  readonly gapBefore: readonly boolean[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly negatedInside: boolean;
}

/**
 * Compiles a book of phrases once. A message is then read in two passes: each token marks the items (words or
 * choices of words) it fits; the sequences all of whose items were marked are tried at their places. Most of the
 * book is never looked at.
 * @throws Error naming the phrase when it cannot be read or names an unknown group.
 */
export function compilePhrases(book: PhraseBook, stem: (word: string) => string): PhraseMatcher {
  const table = new ItemTable(book, stem);
  const groupsOf = new Map<number, string[]>();
  const groupSequences = new SequenceIndex();
  for (const group of table.groupsOfSeveralWords()) {
    for (const items of group.entries) {
      push(groupsOf, groupSequences.add(table.sequence(items)), group.name);
    }
  }
  const sequences = new SequenceIndex();
  const phrases: { readonly concept: string; readonly parts: readonly number[] }[] = [];
  for (const [concept, texts] of book.concepts) {
    for (const text of texts) {
      const parts = parsePhrase(text).map((variants) => variants.map((items) => sequences.add(table.sequence(items))));
      for (const combination of product(parts)) phrases.push({ concept, parts: combination });
    }
  }
  const conceptsOf = new Map<number, Set<string>>();
  const joined = phrases.filter((phrase) => phrase.parts.length > 1);
  for (const { concept, parts } of phrases) {
    if (parts.length > 1) continue;
    const id = parts[0] as number;
    conceptsOf.set(id, (conceptsOf.get(id) ?? new Set()).add(concept));
  }
  const joinedParts = new Set(joined.flatMap((phrase) => phrase.parts));
  groupSequences.close(table);
  sequences.close(table);
  const hits = new Hits(table, book);

  return {
    vocabulary: table.vocabulary,
    find: (tokens, stems) => {
      hits.begin(tokens, stems);
      const groups: [string, Span][] = [];
      groupSequences.search(hits, (id, span) => {
        for (const group of groupsOf.get(id) ?? []) groups.push([group, span]);
      });
      for (const [group, { start, end }] of groups) hits.markGroup(group, start, end);
      const found: Match[] = [];
      const spans = new Map<number, Span[]>();
      sequences.search(hits, (id, span) => {
        for (const concept of conceptsOf.get(id) ?? []) {
          found.push({ concept, start: span.start, end: span.end, negatedInside: span.negatedInside });
        }
        if (joinedParts.has(id)) push(spans, id, span);
      });
      for (const phrase of joined) {
        const whole = join(phrase.parts.map((part) => spans.get(part) ?? []), tokens);
        if (whole !== null) found.push({ concept: phrase.concept, ...whole });
      }
      return found;
    },
  };
}

/** A choice of words of a phrase. */
interface Item {
  /** The numbers of its stems and exact words. */
  readonly forms: readonly number[];
  /** Word groups of several words. */
  readonly groups: readonly string[];
  readonly number: boolean;
}

/**
 * Interns words and items. A form is a stem, or an exact word; both get numbers from one row, so that everything after
 * the first look-up works on small numbers.
 */
class ItemTable {
  readonly vocabulary = new Set<string>();
  readonly items: Item[] = [];
  readonly stemForms = new Map<string, number>();
  readonly wordForms = new Map<string, number>();
  private readonly ids = new Map<string, number>();
  private readonly singles = new Map<string, number[]>();
  private readonly several: { name: string; entries: (readonly PhraseItem[])[] }[] = [];
  private readonly book: PhraseBook;
  private readonly stem: (word: string) => string;

  constructor(book: PhraseBook, stem: (word: string) => string) {
    this.book = book;
    this.stem = stem;
    for (const [name, entries] of book.groups) {
      const single: number[] = [];
      const several: (readonly PhraseItem[])[] = [];
      for (const entry of entries) {
        for (const items of parsePhrase(entry)[0] ?? []) {
          const only = items[0];
          if (items.length === 1 && only?.is === "words") single.push(...only.words.map((word) => this.formOf(word)));
          else several.push(items);
        }
      }
      this.singles.set(name, single);
      if (several.length > 0) this.several.push({ name, entries: several });
    }
  }

  groupsOfSeveralWords(): readonly { name: string; entries: readonly (readonly PhraseItem[])[] }[] {
    return this.several;
  }

  sequence(items: readonly PhraseItem[]): Sequence {
    const ids: number[] = [];
    const gapBefore: boolean[] = [];
    let gap = false;
    for (const item of items) {
      if (item.is === "gap") {
        gap = true;
        continue;
      }
      ids.push(this.idOf(item));
      gapBefore.push(gap);
      gap = false;
    }
    return { items: Int32Array.from(ids), gapBefore };
  }

  /** The forms of words that stand in nearly every message. */
  get everyday(): readonly number[] {
    const words = [...this.book.light, ...this.book.negators, ...EVERYDAY_WORDS];
    return words.flatMap((word) => [this.stemForms.get(this.stem(word)), this.wordForms.get(word)].filter((form) => form !== undefined));
  }

  get formCount(): number {
    return this.stemForms.size + this.wordForms.size;
  }

  private formOf(word: PhraseWord): number {
    this.vocabulary.add(word.text);
    const forms = word.exact ? this.wordForms : this.stemForms;
    const key = word.exact ? word.text : this.stem(word.text);
    const known = forms.get(key);
    if (known !== undefined) return known;
    const form = this.formCount;
    forms.set(key, form);
    return form;
  }

  private idOf(item: Exclude<PhraseItem, { is: "gap" }>): number {
    const key = JSON.stringify(item);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.items.length;
    this.ids.set(key, id);
    if (item.is === "number") {
      this.items.push({ forms: [], groups: [], number: true });
      return id;
    }
    const forms = item.words.map((word) => this.formOf(word));
    for (const group of item.groups) {
      const single = this.singles.get(group);
      if (single === undefined) throw new Error(`the lexicon has no word group "${group}"`);
      forms.push(...single);
    }
    this.items.push({ forms: [...new Set(forms)], groups: [...item.groups], number: false });
    return id;
  }
}

/**
 * Where the items stand in the message at hand: for each a flat list of start and end. One instance serves all messages of
 * a matcher (reading is synchronous); a mark tells the lists of this message from old ones.
 */
class Hits {
  tokens: readonly Token[] = [];
  light: boolean[] = [];
  negator: boolean[] = [];
  /** The items that were hit, once each. */
  touched: number[] = [];
  private readonly byForm: readonly Int32Array[];
  private readonly byGroup = new Map<string, number[]>();
  private readonly byNumber: readonly number[];
  /** Places as linked lists in flat arrays: nothing is allocated for the hundreds of items that a message touches. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly next: number[] = [];
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly marks: Int32Array;
  private used = 0;
  private message = 0;
  private readonly table: ItemTable;
  private readonly book: PhraseBook;

  constructor(table: ItemTable, book: PhraseBook) {
    this.table = table;
    this.book = book;
    const byForm: number[][] = Array.from({ length: table.formCount }, () => []);
    table.items.forEach((item, id) => {
      for (const form of item.forms) byForm[form]?.push(id);
      for (const group of item.groups) push(this.byGroup, group, id);
    });
    this.byForm = byForm.map((items) => Int32Array.from(items));
    this.byNumber = table.items.flatMap((item, id) => (item.number ? [id] : []));
    this.first = new Int32Array(table.items.length);
    this.last = new Int32Array(table.items.length);
    this.marks = new Int32Array(table.items.length);
  }

  begin(tokens: readonly Token[], stems: readonly string[]): void {
    this.message++;
    this.tokens = tokens;
    this.touched = [];
    this.light = [];
    this.negator = [];
    this.used = 0;
    for (let at = 0; at < tokens.length; at++) {
      const { word, kind } = tokens[at] as Token;
      this.light.push(this.book.light.has(word));
      this.negator.push(this.book.negators.has(word));
      const stem = this.table.stemForms.get(stems[at] as string);
      if (stem !== undefined) this.markAll(this.byForm[stem] as Int32Array, at, at + 1);
      const exact = this.table.wordForms.get(word);
      if (exact !== undefined) this.markAll(this.byForm[exact] as Int32Array, at, at + 1);
      if (kind === "number") this.markAll(this.byNumber, at, at + 1);
    }
  }

  markGroup(group: string, start: number, end: number): void {
    this.markAll(this.byGroup.get(group) ?? [], start, end);
  }

  isHit(item: number): boolean {
    return this.marks[item] === this.message;
  }

  /** The first place of an item that is hit; `next` leads on, -1 ends. */
  firstPlace(item: number): number {
    return this.first[item] as number;
  }

  private markAll(items: Int32Array | readonly number[], start: number, end: number): void {
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as number;
      const place = this.used++;
      this.starts[place] = start;
      this.ends[place] = end;
      this.next[place] = -1;
      if (this.marks[item] === this.message) this.next[this.last[item] as number] = place;
      else {
        this.marks[item] = this.message;
        this.first[item] = place;
        this.touched.push(item);
      }
      this.last[item] = place;
    }
  }
}

/** Sequences by their rarest item: the only one whose presence makes a sequence worth a look. */
class SequenceIndex {
  private readonly sequences: Sequence[] = [];
  private readonly ids = new Map<string, number>();
  private byRarest: readonly Int32Array[] = [];

  /** The number of the sequence; equal sequences of different phrases share one. */
  add(sequence: Sequence): number {
    const key = `${sequence.items.join()} ${sequence.gapBefore.join()}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.sequences.length;
    this.sequences.push(sequence);
    this.ids.set(key, id);
    return id;
  }

  close(table: ItemTable): void {
    const common = commonness(table);
    const byRarest: number[][] = table.items.map(() => []);
    this.sequences.forEach((sequence, id) => {
      const rarest = sequence.items.reduce((best, item) => ((common[item] as number) < (common[best] as number) ? item : best));
      byRarest[rarest]?.push(id);
    });
    this.byRarest = byRarest.map((ids) => Int32Array.from(ids));
  }

  search(hits: Hits, found: (id: number, span: Span) => void): void {
    const { touched } = hits;
    for (let t = 0; t < touched.length; t++) {
      const ids = this.byRarest[touched[t] as number] as Int32Array;
      for (let k = 0; k < ids.length; k++) {
        const sequence = this.sequences[ids[k] as number] as Sequence;
        if (allHit(sequence.items, hits)) place(sequence, ids[k] as number, hits, found);
      }
    }
  }
}

/** A guess at how common the words of each item are in messages: how much the book uses them; light words are everywhere. */
function commonness(table: ItemTable): readonly number[] {
  const uses = new Array<number>(table.formCount).fill(0);
  for (const { forms } of table.items) for (const form of forms) uses[form] = (uses[form] as number) + 1;
  for (const form of table.everyday) uses[form] = (uses[form] as number) + EVERYDAY;
  return table.items.map(({ forms, number }) => forms.reduce((sum, form) => sum + (uses[form] as number), number ? 1000 : 0));
}

function place(sequence: Sequence, id: number, hits: Hits, found: (id: number, span: Span) => void): void {
  for (let at = hits.firstPlace(sequence.items[0] as number); at >= 0; at = hits.next[at] as number) {
    const span = follow(sequence, 1, hits.starts[at] as number, hits.ends[at] as number, false, hits);
    if (span !== null) found(id, span);
  }
}

function allHit(items: Int32Array, hits: Hits): boolean {
  for (let i = 0; i < items.length; i++) if (!hits.isHit(items[i] as number)) return false;
  return true;
}

/** Tries to go on from `at` with the item `next` of the sequence. */
function follow(
  sequence: Sequence,
  next: number,
  start: number,
  at: number,
  negated: boolean,
  hits: Hits,
): Span | null {
  if (next === sequence.items.length) return { start, end: at, negatedInside: negated };
  const sentence = (hits.tokens[start] as Token).sentence;
  const reach = LIGHT_WORDS_BETWEEN + (sequence.gapBefore[next] ? GAP_WORDS : 0);
  for (let place = hits.firstPlace(sequence.items[next] as number); place >= 0; place = hits.next[place] as number) {
    const from = hits.starts[place] as number;
    if (from < at || from - at > reach || hits.tokens[from]?.sentence !== sentence) continue;
    const between = passOver(at, from, sequence.gapBefore[next] as boolean, hits);
    if (between === null) continue;
    const span = follow(sequence, next + 1, start, hits.ends[place] as number, negated || between.negator, hits);
    if (span !== null) return span;
  }
  return null;
}

/** Whether the words between two items may be passed over: light ones always, and a few of any kind at a gap. */
function passOver(from: number, to: number, gap: boolean, hits: Hits): { negator: boolean } | null {
  let negator = false;
  let others = 0;
  for (let at = from; at < to; at++) {
    if (hits.negator[at]) negator = true;
    else if (!hits.light[at]) others++;
  }
  return others === 0 || (gap && others <= GAP_WORDS) ? { negator } : null;
}

function product(parts: readonly (readonly number[])[]): number[][] {
  return parts.reduce<number[][]>(
    (rows, options) => rows.flatMap((row) => options.map((option) => [...row, option])),
    [[]],
  );
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Parts of an "A & B" phrase: all in one sentence and near each other, in any order, not overlapping. */
function join(lists: readonly (readonly Span[])[], tokens: readonly Token[]): Span | null {
  const [first = [], ...rest] = lists;
  for (const span of first) {
    const whole = rest.reduce<Span | null>((sum, list) => {
      if (sum === null) return null;
      const near = list.find((other) => isNear(sum, other, tokens));
      return near === undefined ? null : cover(sum, near);
    }, span);
    if (whole !== null) return whole;
  }
  return null;
}

function cover(a: Span, b: Span): Span {
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    negatedInside: a.negatedInside || b.negatedInside,
  };
}

function isNear(a: Span, b: Span, tokens: readonly Token[]): boolean {
  const [left, right] = a.start <= b.start ? [a, b] : [b, a];
  return (
    left.end <= right.start &&
    right.start - left.end <= NEAR_WORDS &&
    tokens[left.start]?.sentence === tokens[right.end - 1]?.sentence
  );
}

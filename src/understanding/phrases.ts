import { isNumberWord } from "./numbers.ts";
import type { CompiledBook, Lists, Sequences } from "./phrase-book.ts";
import type { Token } from "./tokens.ts";

export interface Match {
  readonly concept: string;
  /** First token, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  /** Where a negator stood between the words of the phrase ("foot is not cold"), or -1. */
  readonly negator: number;
  /** Other words that say something stand between its own: it may have been pieced together. */
  readonly loose: boolean;
}

/** Finds all places where a phrase of the book stands. Linear in the tokens. */
export type FindPhrases = (tokens: readonly Token[], stems: readonly string[]) => Match[];

/** Light words that may be passed over between two words of a phrase. */
const LIGHT_WORDS_BETWEEN = 4;
/** Words that a "~" stands for. */
const GAP_WORDS = 4;
/** The parts of an "A & B" phrase stand at most this far apart. */
const NEAR_WORDS = 12;

type Span = Omit<Match, "concept">;

/**
 * Opens a compiled book. A message is read in two passes: each token marks the items (words or choices of words) that it
 * fits; the sequences all of whose items were marked are tried at their places. Most of the book is never looked at.
 */
export function openBook(book: CompiledBook): FindPhrases {
  const hits = new Hits(book);
  const joinedParts = new Set(book.joined.flatMap((phrase) => phrase.parts));
  /** "A & B" phrases by their first part. */
  const joinedAt = new Map<number, CompiledBook["joined"][number][]>();
  for (const phrase of book.joined) {
    const first = phrase.parts[0] as number;
    joinedAt.set(first, [...(joinedAt.get(first) ?? []), phrase]);
  }
  return (tokens, stems) => {
    hits.begin(tokens, stems);
    const groups: [number, Span][] = [];
    search(book.groupSequences, hits, (id, span) => {
      forEach(book.groupsOf, id, (group) => groups.push([group, span]));
    });
    for (const [group, { start, end }] of groups) hits.mark(book.groups[group]?.items ?? [], start, end);
    const found: Match[] = [];
    const spans = new Map<number, Span[]>();
    search(book.sequences, hits, (id, span) => {
      forEach(book.conceptsOf, id, (concept) => found.push({ concept: book.concepts[concept] as string, ...span }));
      if (joinedParts.has(id)) spans.set(id, [...(spans.get(id) ?? []), span]);
    });
    for (const first of spans.keys()) {
      for (const phrase of joinedAt.get(first) ?? []) {
        if (!phrase.parts.every((part) => spans.has(part))) continue;
        const whole = join(
          phrase.parts.map((part) => spans.get(part) ?? []),
          hits,
        );
        if (whole !== null) found.push({ concept: phrase.concept, ...whole });
      }
    }
    return found;
  };
}

function forEach(lists: Lists, at: number, use: (value: number) => void): void {
  const to = lists.starts[at + 1] as number;
  for (let i = lists.starts[at] as number; i < to; i++) use(lists.values[i] as number);
}

/**
 * Where the items stand in the message at hand. One instance serves all messages (reading is synchronous); a mark tells the
 * places of this message from old ones.
 */
class Hits {
  tokens: readonly Token[] = [];
  light: boolean[] = [];
  negator: boolean[] = [];
  /** The items that were hit, once each. */
  touched: number[] = [];
  /** Places as linked lists in flat arrays: nothing is allocated for the hundreds of items that a message touches. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly next: number[] = [];
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly marks: Int32Array;
  private used = 0;
  private message = 0;
  private readonly book: CompiledBook;

  constructor(book: CompiledBook) {
    this.book = book;
    this.first = new Int32Array(book.itemCount);
    this.last = new Int32Array(book.itemCount);
    this.marks = new Int32Array(book.itemCount);
  }

  begin(tokens: readonly Token[], stems: readonly string[]): void {
    const { book } = this;
    this.message++;
    this.tokens = tokens;
    this.touched = [];
    this.light = [];
    this.negator = [];
    this.used = 0;
    for (let at = 0; at < tokens.length; at++) {
      const { word, kind } = tokens[at] as Token;
      this.light.push(book.light.has(word));
      this.negator.push(book.negators.has(word));
      this.markForm(book.stemForms.get(stems[at] as string), at);
      this.markForm(book.wordForms.get(word), at);
      if (kind === "number" || isNumberWord(word)) this.mark(book.numberItems, at, at + 1);
    }
  }

  mark(items: readonly number[], start: number, end: number): void {
    for (let i = 0; i < items.length; i++) this.markItem(items[i] as number, start, end);
  }

  isHit(item: number): boolean {
    return this.marks[item] === this.message;
  }

  /** The first place of an item that is hit; `next` leads on, -1 ends. */
  firstPlace(item: number): number {
    return this.first[item] as number;
  }

  private markForm(form: number | undefined, at: number): void {
    if (form === undefined) return;
    const { starts, values } = this.book.itemsOfForm;
    const to = starts[form + 1] as number;
    for (let i = starts[form] as number; i < to; i++) this.markItem(values[i] as number, at, at + 1);
  }

  private markItem(item: number, start: number, end: number): void {
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

function search(sequences: Sequences, hits: Hits, found: (id: number, span: Span) => void): void {
  const { touched } = hits;
  const { starts, values } = sequences.byRarest;
  for (let t = 0; t < touched.length; t++) {
    const item = touched[t] as number;
    const to = starts[item + 1] as number;
    for (let i = starts[item] as number; i < to; i++) {
      const id = values[i] as number;
      if (allHit(sequences, id, hits)) place(sequences, id, hits, found);
    }
  }
}

function allHit({ starts, values }: Sequences, id: number, hits: Hits): boolean {
  const to = starts[id + 1] as number;
  for (let i = starts[id] as number; i < to; i++) if (!hits.isHit(values[i] as number)) return false;
  return true;
}

function place(sequences: Sequences, id: number, hits: Hits, found: (id: number, span: Span) => void): void {
  const from = sequences.starts[id] as number;
  const to = sequences.starts[id + 1] as number;
  for (let at = hits.firstPlace(sequences.values[from] as number); at >= 0; at = hits.next[at] as number) {
    const span = follow(sequences, from + 1, to, hits.starts[at] as number, hits.ends[at] as number, -1, false, hits);
    if (span !== null) found(id, span);
  }
}

/** Tries to go on from the token `at` with the item at `next` of a sequence that ends before `to`. */
function follow(
  sequences: Sequences,
  next: number,
  to: number,
  start: number,
  at: number,
  negator: number,
  loose: boolean,
  hits: Hits,
): Span | null {
  if (next === to) return { start, end: at, negator, loose };
  const gap = sequences.gapBefore[next] === 1;
  const sentence = (hits.tokens[start] as Token).sentence;
  const reach = LIGHT_WORDS_BETWEEN + (gap ? GAP_WORDS : 0);
  for (let place = hits.firstPlace(sequences.values[next] as number); place >= 0; place = hits.next[place] as number) {
    const from = hits.starts[place] as number;
    if (from < at || from - at > reach || hits.tokens[from]?.sentence !== sentence) continue;
    const between = passOver(at, from, gap, hits);
    if (between === BLOCKED) continue;
    const passes = loose || saysSomething(at, from, hits);
    const span = follow(sequences, next + 1, to, start, hits.ends[place] as number, Math.max(negator, between), passes, hits);
    if (span !== null) return span;
  }
  return null;
}

const BLOCKED = -2;

/**
 * Whether the words between two items may be passed over: light ones always, and a few of any kind at a gap.
 * Gives the last negator among them, -1 when there is none, or BLOCKED.
 */
function passOver(from: number, to: number, gap: boolean, hits: Hits): number {
  let negator = -1;
  let others = 0;
  for (let at = from; at < to; at++) {
    if (hits.negator[at]) negator = at;
    else if (!hits.light[at]) others++;
  }
  return others === 0 || (gap && others <= GAP_WORDS) ? negator : BLOCKED;
}

function saysSomething(from: number, to: number, hits: Hits): boolean {
  for (let at = from; at < to; at++) if (!hits.negator[at] && !hits.light[at]) return true;
  return false;
}

/** Parts of an "A & B" phrase: all in one sentence and near each other, in any order, not overlapping. */
function join(lists: readonly (readonly Span[])[], hits: Hits): Span | null {
  const [first = [], ...rest] = lists;
  for (const span of first) {
    const whole = rest.reduce<Span | null>((sum, list) => {
      if (sum === null) return null;
      const near = list.find((other) => isNear(sum, other, hits.tokens));
      return near === undefined ? null : cover(sum, near, hits);
    }, span);
    if (whole !== null) return whole;
  }
  return null;
}

function cover(a: Span, b: Span, hits: Hits): Span {
  const [left, right] = a.start <= b.start ? [a, b] : [b, a];
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    negator: Math.max(a.negator, b.negator),
    loose: a.loose || b.loose || saysSomething(left.end, right.start, hits),
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

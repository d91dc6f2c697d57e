import { type PhraseItem, type PhraseWord, parsePhrase } from "./phrase-notation.ts";

export interface PhraseBook {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  /** Words that may be passed over between the words of a phrase. */
  readonly light: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
}

/** Lists of small numbers one behind the other: list i is `values[starts[i]…starts[i + 1] - 1]`. */
export interface Lists {
  readonly starts: Int32Array;
  readonly values: Int32Array;
}

/** Runs of items. A 1 in `gapBefore`, beside an item, says that a "~" stands before it. */
export interface Sequences extends Lists {
  readonly gapBefore: Uint8Array;
  /** The sequences of each item that is their rarest: the only one whose presence makes a sequence worth a look. */
  readonly byRarest: Lists;
}

/**
 * A book of phrases ready for matching: plain data, so that it can be kept in a file. A form is a stem or an exact word, an
 * item a choice of forms, a sequence a run of items.
 */
export interface CompiledBook {
  readonly light: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  /** Every plain word that a phrase names: the vocabulary that typo repair may repair to. */
  readonly vocabulary: ReadonlySet<string>;
  readonly stemForms: ReadonlyMap<string, number>;
  readonly wordForms: ReadonlyMap<string, number>;
  readonly itemCount: number;
  readonly itemsOfForm: Lists;
  /** Items that any number fits. */
  readonly numberItems: readonly number[];
  /** Word groups with entries of several words: their sequences, and the items that they fit. */
  readonly groups: readonly { readonly name: string; readonly items: readonly number[] }[];
  readonly groupSequences: Sequences;
  readonly groupsOf: Lists;
  readonly concepts: readonly string[];
  readonly sequences: Sequences;
  readonly conceptsOf: Lists;
  /** "A & B" phrases: the sequences of their parts. */
  readonly joined: readonly { readonly concept: string; readonly parts: readonly number[] }[];
}

/** How much commoner than any other a word counts that carries little. */
const EVERYDAY = 500;
const EVERYDAY_WORDS =
  "cant wont what how when if or for at by from me you can do have will would should just about out over after before again back down off more time".split(
    " ",
  );

/**
 * Compiles a book of phrases.
 * @param stem the stem of a lower-case word
 * @throws Error naming the phrase when it cannot be read or names an unknown group
 */
export function compileBook(book: PhraseBook, stem: (word: string) => string): CompiledBook {
  const table = new ItemTable(book, stem);
  const groupSequences = new SequenceTable();
  const groupsOf: number[][] = [];
  table.several.forEach(({ entries }, group) => {
    for (const items of entries) pushAt(groupsOf, groupSequences.add(items, table), group);
  });
  const sequences = new SequenceTable();
  const concepts = [...book.concepts.keys()];
  const conceptsOf: number[][] = [];
  const joined: CompiledBook["joined"][number][] = [];
  concepts.forEach((concept, number) => {
    for (const text of book.concepts.get(concept) ?? []) {
      const parts = parsePhrase(text).map((variants) => variants.map((items) => sequences.add(items, table)));
      if (parts.length > 1) joined.push(...product(parts).map((combination) => ({ concept, parts: combination })));
      else for (const id of parts[0] ?? []) if (!conceptsOf[id]?.includes(number)) pushAt(conceptsOf, id, number);
    }
  });
  const common = commonness(table, book, stem);
  return {
    light: book.light,
    negators: book.negators,
    vocabulary: table.vocabulary,
    stemForms: table.stemForms,
    wordForms: table.wordForms,
    itemCount: table.items.length,
    itemsOfForm: table.itemsOfForm(),
    numberItems: table.items.flatMap((item, id) => (item.number ? [id] : [])),
    groups: table.several.map(({ name }) => ({
      name,
      items: table.items.flatMap((item, id) => (item.groups.includes(name) ? [id] : [])),
    })),
    groupSequences: groupSequences.close(common),
    groupsOf: listsOf(groupsOf, groupSequences.size),
    concepts,
    sequences: sequences.close(common),
    conceptsOf: listsOf(conceptsOf, sequences.size),
    joined,
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

/** Interns words and items, so that everything after the first look-up works on small numbers. */
class ItemTable {
  readonly vocabulary = new Set<string>();
  readonly items: Item[] = [];
  readonly stemForms = new Map<string, number>();
  readonly wordForms = new Map<string, number>();
  /** The entries of word groups that are of several words. */
  readonly several: { name: string; entries: (readonly PhraseItem[])[] }[] = [];
  private readonly ids = new Map<string, number>();
  private readonly singles = new Map<string, number[]>();
  private readonly stem: (word: string) => string;

  constructor(book: PhraseBook, stem: (word: string) => string) {
    this.stem = stem;
    for (const [name, entries] of book.groups) {
      const single: number[] = [];
      const several: (readonly PhraseItem[])[] = [];
      for (const entry of entries) {
        for (const items of parsePhrase(entry)[0] ?? []) {
          const only = items[0];
          if (items.length === 1 && only?.is === "words" && !only.number)
            single.push(...only.words.map((word) => this.formOf(word)));
          else several.push(items);
        }
      }
      this.singles.set(name, single);
      if (several.length > 0) this.several.push({ name, entries: several });
    }
  }

  itemsOfForm(): Lists {
    const lists: number[][] = [];
    this.items.forEach((item, id) => {
      for (const form of item.forms) pushAt(lists, form, id);
    });
    return listsOf(lists, this.stemForms.size + this.wordForms.size);
  }

  private formOf(word: PhraseWord): number {
    this.vocabulary.add(word.text);
    const forms = word.exact ? this.wordForms : this.stemForms;
    const key = word.exact ? word.text : this.stem(word.text);
    const known = forms.get(key);
    if (known !== undefined) return known;
    const form = this.stemForms.size + this.wordForms.size;
    forms.set(key, form);
    return form;
  }

  idOf(item: Exclude<PhraseItem, { is: "gap" }>): number {
    const key = keyOf(item);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.items.length;
    this.ids.set(key, id);
    const forms = item.words.map((word) => this.formOf(word));
    for (const group of item.groups) {
      const single = this.singles.get(group);
      if (single === undefined) throw new Error(`the lexicon has no word group "${group}"`);
      forms.push(...single);
    }
    this.items.push({ forms: [...new Set(forms)], groups: item.groups, number: item.number });
    return id;
  }
}

function keyOf(item: Extract<PhraseItem, { is: "words" }>): string {
  return `${item.words.map((word) => (word.exact ? `=${word.text}` : word.text)).join("/")}<${item.groups.join("/")}${item.number ? "#" : ""}`;
}

/** Interns runs of items: equal sequences of different phrases share one number. */
class SequenceTable {
  private readonly ids = new Map<string, number>();
  private readonly starts: number[] = [0];
  private readonly values: number[] = [];
  private readonly gapBefore: number[] = [];

  get size(): number {
    return this.starts.length - 1;
  }

  add(items: readonly PhraseItem[], table: ItemTable): number {
    const ids: number[] = [];
    const gaps: number[] = [];
    let gap = 0;
    for (const item of items) {
      if (item.is === "gap") {
        gap = 1;
        continue;
      }
      ids.push(table.idOf(item));
      gaps.push(gap);
      gap = 0;
    }
    const key = `${ids.join()} ${gaps.join("")}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.size;
    this.ids.set(key, id);
    this.values.push(...ids);
    this.gapBefore.push(...gaps);
    this.starts.push(this.values.length);
    return id;
  }

  close(common: readonly number[]): Sequences {
    const byRarest: number[][] = [];
    for (let id = 0; id < this.size; id++) {
      const items = this.values.slice(this.starts[id], this.starts[id + 1]);
      const rarest = items.reduce((best, item) => ((common[item] as number) < (common[best] as number) ? item : best));
      pushAt(byRarest, rarest, id);
    }
    return {
      starts: Int32Array.from(this.starts),
      values: Int32Array.from(this.values),
      gapBefore: Uint8Array.from(this.gapBefore),
      byRarest: listsOf(byRarest, common.length),
    };
  }
}

/** A guess at how common the words of each item are in messages: how much the book uses them; light words are everywhere. */
function commonness(table: ItemTable, book: PhraseBook, stem: (word: string) => string): readonly number[] {
  const uses = new Array<number>(table.stemForms.size + table.wordForms.size).fill(0);
  const use = (form: number | undefined, much: number) => {
    if (form !== undefined) uses[form] = (uses[form] as number) + much;
  };
  for (const { forms } of table.items) for (const form of forms) use(form, 1);
  for (const word of [...book.light, ...book.negators, ...EVERYDAY_WORDS]) {
    use(table.stemForms.get(stem(word)), EVERYDAY);
    use(table.wordForms.get(word), EVERYDAY);
  }
  return table.items.map(({ forms, number }) =>
    forms.reduce((sum, form) => sum + (uses[form] as number), number ? 2 * EVERYDAY : 0),
  );
}

function pushAt(lists: number[][], at: number, value: number): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [value];
  else list.push(value);
}

function listsOf(lists: readonly (readonly number[])[], size: number): Lists {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) starts[i + 1] = (starts[i] as number) + (lists[i]?.length ?? 0);
  const values = new Int32Array(starts[size] as number);
  for (let i = 0; i < size; i++) values.set(lists[i] ?? [], starts[i] as number);
  return { starts, values };
}

function product(parts: readonly (readonly number[])[]): number[][] {
  return parts.reduce<number[][]>((rows, options) => rows.flatMap((row) => options.map((option) => [...row, option])), [[]]);
}

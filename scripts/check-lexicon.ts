import type { Content } from "../src/care/content.ts";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { readContentConfig } from "../src/config.ts";
import { environment } from "../src/environment.ts";
import { oneLine } from "../src/errors.ts";
import { type PhraseItem, parsePhrase } from "../src/understanding/phrase-notation.ts";
import { compileLexicon, createReader, type Reader } from "../src/understanding/reader.ts";
import { stem } from "../src/understanding/stem.ts";

/**
 * `npm run check:lexicon`: every phrase can be heard, no harmless wording silences a whole sign, and words that merely share a
 * stem with a word of the lexicon are listed (with `--stems`).
 */

/** Ways of writing a phrase out that are tried before it is called dead. */
const SAMPLES = 6;

interface Concept {
  readonly says?: readonly string[] | undefined;
  readonly maybe?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
}

function phrasesOf({ says = [], maybe = [] }: Concept): string[] {
  return [...says, ...maybe];
}

/** One way of writing a phrase out, `turn` choosing among its options. */
function writtenOut(parts: readonly (readonly PhraseItem[])[], groups: Content["lexicon"]["groups"], turn: number): string {
  return parts.map((items) => items.map((item) => wordOf(item, groups, turn)).join(" ")).join(" ");
}

function wordOf(item: PhraseItem, groups: Content["lexicon"]["groups"], turn: number): string {
  if (item.is === "gap") return "";
  const options = [
    ...item.words.map(({ text }) => text),
    ...(item.number ? ["4"] : []),
    ...item.groups.flatMap((group) => (groups[group] ?? []).map((entry) => entry.replace(/[=()]/g, "").split("/")[0] as string)),
  ];
  return options[turn % options.length] ?? "";
}

function samplesOf(phrase: string, groups: Content["lexicon"]["groups"]): string[] {
  const parts = parsePhrase(phrase);
  const samples = Array.from({ length: SAMPLES }, (_, turn) =>
    writtenOut(
      parts.map((variants) => variants[turn % variants.length] as readonly PhraseItem[]),
      groups,
      turn,
    ).trim(),
  );
  return [...new Set(samples)];
}

/** Phrases that no message can fit, and those whose own `not:` explains every one of them away. */
function deadPhrases(content: Content, reader: Reader): string[] {
  const mistakes: string[] = [];
  const { concepts, groups } = content.lexicon;
  for (const [name, concept] of Object.entries(concepts)) {
    for (const phrase of phrasesOf(concept)) {
      const samples = samplesOf(phrase, groups);
      if (samples.some((sample) => reader.read(sample, null).signs.findings.has(name))) continue;
      const why = silencer(concept, samples, groups) ?? "no message fits it";
      mistakes.push(`${name}: "${phrase}" is never heard ("${samples[0]}"): ${why}`);
    }
  }
  return mistakes;
}

/** The harmless wording that stands in the phrase itself. */
function silencer({ not }: Concept, samples: readonly string[], groups: Content["lexicon"]["groups"]): string | null {
  const guilty = (not ?? []).find((block) =>
    samplesOf(block, groups).some((harmless) => samples.every((sample) => holds(sample, harmless))),
  );
  return guilty === undefined ? null : `its own not: "${guilty}" explains it away`;
}

function holds(text: string, words: string): boolean {
  const stems = stemsOf(text);
  return stemsOf(words).every((one) => stems.includes(one));
}

function stemsOf(text: string): string[] {
  return wordsOf(text).map((word) => stem(word));
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("'", "")
      .match(/[a-z]+/g) ?? []
  );
}

const ENDINGS = ["s", "es", "ed", "ing", "in", "d", "er", "est", "ly", "n", "ness", "y", "al", "ful", "ation", "ment"];

/** Whether one word is a plain form of the other: "cramp" and "cramping", "try" and "tried", "stop" and "stopped". */
function isForm(a: string, b: string): boolean {
  const bases = (word: string) => [word, word.replace(/e$/, ""), word.replace(/y$/, "i"), word + (word.at(-1) ?? "")];
  const grown = (from: string, to: string) => bases(from).some((base) => ENDINGS.some((ending) => base + ending === to));
  return (
    a === b || grown(a, b) || grown(b, a) || ENDINGS.some((x) => ENDINGS.some((y) => bases(root(a, x)).includes(root(b, y))))
  );
}

function root(word: string, ending: string): string {
  return word.endsWith(ending) ? word.slice(0, -ending.length) : word;
}

/** Words of the sentences that the bot learns from which share a stem with a word of the lexicon without being a form of it. */
function strangeStems(content: Content): string[] {
  const lexicon = new Map<string, Set<string>>();
  const note = (phrase: string) => {
    for (const word of wordsOf(phrase.replace(/=\S+/g, " ")))
      lexicon.set(stem(word), (lexicon.get(stem(word)) ?? new Set()).add(word));
  };
  for (const concept of Object.values(content.lexicon.concepts)) phrasesOf(concept).forEach(note);
  for (const entries of Object.values(content.lexicon.groups)) entries.forEach(note);
  const strange = new Map<string, string>();
  for (const { text } of content.triage) {
    for (const word of wordsOf(text)) {
      const own = lexicon.get(stem(word));
      if (own === undefined || own.has(word) || [...own].some((one) => isForm(one, word))) continue;
      strange.set(word, `"${word}" is read as "${[...own].join('", "')}"`);
    }
  }
  return [...strange.values()].sort();
}

try {
  const content = await compileContent(readContentFiles(readContentConfig(environment()).contentFolder));
  const reader = createReader(content, compileLexicon(content));
  const mistakes = deadPhrases(content, reader);
  for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
  if (process.argv.includes("--stems")) for (const line of strangeStems(content)) process.stdout.write(`${line}\n`);
  const phrases = Object.values(content.lexicon.concepts).reduce((sum, concept) => sum + phrasesOf(concept).length, 0);
  process.stdout.write(`lexicon: ${phrases} phrases, ${mistakes.length} to mend\n`);
  if (mistakes.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

/**
 * Flesch–Kincaid grade level (Kincaid et al. 1975): 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
 * About the school year that a reader needs. Placeholders count as one short word.
 */
export function readingGrade(text: string): number {
  const plain = text.replace(/\{[^}]+\}/g, "this");
  const sentences = plain.split(/[.!?:;]+(?:\s|$)|\n/).filter((sentence) => /[a-z0-9]/i.test(sentence));
  const words = plain.split(/[^a-z0-9'-]+/i).filter((word) => /[a-z0-9]/i.test(word));
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return 0.39 * (words.length / Math.max(1, sentences.length)) + 11.8 * (syllables / words.length) - 15.59;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[a-z0-9{]/i.test(word)).length;
}

/** Vowel groups, with the usual silent endings; numbers count as one. */
function countSyllables(raw: string): number {
  const word = raw.toLowerCase().replace(/[^a-z]/g, "");
  if (word.length <= 3) return 1;
  const groups = word
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, "")
    .replace(/^y/, "")
    .match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}

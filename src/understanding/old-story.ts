import { type Grammar, isPastTense } from "./grammar.ts";
import type { Stretch } from "./spans.ts";
import type { Token } from "./tokens.ts";

/** They begin what is told of today, behind a story of old. */
const NOW_WORDS = new Set("now today tonight yesterday presently currently nowadays lately".split(" "));
const NOW_AFTER = new Set("these this last".split(" "));
const NOW_TIMES = new Set("days morning afternoon evening night week weekend".split(" "));
const NOW_VERBS = new Set(["am", "still", "keep", "since", "cant"]);

/**
 * A story that begins with a time long ago runs on, in the past tense, until the message comes to the present: "Last spring
 * I tore my calf, heard it go. Today …". Where no present follows, only the stretch of the words for the time is old.
 * @param pasts the words for a time long ago
 * @returns for each token whether it is of such a story
 */
export function oldStory(tokens: readonly Token[], grammar: Grammar, pasts: readonly Stretch[]): boolean[] {
  const then = tokens.map(() => false);
  if (pasts.length === 0) return then;
  const lastNow = tokens.findLastIndex((_, at) => isNow(tokens, at));
  let old = false;
  for (let start = 0; start < lastNow; ) {
    const end = segmentEnd(tokens, start);
    const words = tokens.slice(start, end).map(({ word }) => word);
    const present = words.some((word) => grammar.presentVerbs.has(word) || NOW_VERBS.has(word));
    const now = words.findLastIndex((_, i) => isNow(tokens, start + i));
    const past = pasts.findLast((one) => one.start >= start && one.start < end)?.start ?? -1;
    if (past >= 0 && past > start + now) old = true;
    else if (now >= 0 || (present && !words.some((word) => isPastTense(word, grammar)))) old = false;
    if (old && !present) then.fill(true, start, end);
    start = end;
  }
  return then;
}

function segmentEnd(tokens: readonly Token[], start: number): number {
  const { segment } = tokens[start] as Token;
  let end = start;
  while (tokens[end]?.segment === segment) end++;
  return end;
}

function isNow(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? "";
  if (NOW_WORDS.has(word)) return true;
  return NOW_AFTER.has(word) && NOW_TIMES.has(tokens[at + 1]?.word ?? "");
}

import { type Amount, readNumbers } from "./numbers.ts";
import { isTrouble } from "./place.ts";
import { tableOf } from "./table.ts";
import type { Token } from "./tokens.ts";

/** How long it has gone on, or when it began. */
export interface Duration {
  readonly minutes: number;
  /** "lasted 30 seconds": it is over, and this is how long it was. */
  readonly over: boolean;
  readonly evidence: readonly [number, number];
}

const MINUTES = tableOf({
  second: 1 / 60,
  seconds: 1 / 60,
  s: 1 / 60,
  minute: 1,
  minutes: 1,
  minuets: 1,
  minits: 1,
  minuites: 1,
  m: 1,
  hour: 60,
  hours: 60,
  h: 60,
  day: 1440,
  days: 1440,
  night: 1440,
  nights: 1440,
  week: 10_080,
  weeks: 10_080,
  fortnight: 20_160,
  month: 43_200,
  months: 43_200,
  year: 525_600,
  years: 525_600,
});

/** Times that are told without a number, in minutes; a rough middle. */
const SPANS: readonly (readonly [readonly string[], number])[] = [
  [["since", "yesterday", "morning"], 1740],
  [["since", "yesterday"], 1440],
  [["since", "last", "night"], 720],
  [["since", "last", "week"], 10_080],
  [["since", "this", "morning"], 300],
  [["since", "the", "morning"], 300],
  [["since", "this", "afternoon"], 180],
  [["since", "breakfast"], 300],
  [["since", "lunch"], 180],
  [["since", "lunchtime"], 180],
  [["since", "dinner"], 120],
  [["since", "tea"], 120],
  [["since", "i", "woke"], 60],
  [["since", "i", "got", "up"], 120],
  [["started", "yesterday"], 1440],
  [["began", "yesterday"], 1440],
  [["started", "last", "night"], 720],
  [["began", "last", "night"], 720],
  [["started", "this", "morning"], 300],
  [["began", "this", "morning"], 300],
  [["all", "day"], 600],
  [["all", "night"], 480],
  [["all", "morning"], 240],
  [["all", "afternoon"], 240],
  [["all", "evening"], 240],
  [["all", "week"], 10_080],
  [["the", "whole", "night"], 480],
  [["since", "the", "day", "before", "yesterday"], 2880],
  [["the", "day", "before", "yesterday"], 2880],
  [["day", "before", "yesterday"], 2880],
  [["half", "an", "hour"], 30],
  [["half", "hour"], 30],
  [["half", "a", "minute"], 0.5],
  [["half", "a", "day"], 720],
  [["quarter", "of", "an", "hour"], 15],
  [["quarter", "hour"], 15],
  [["three", "quarters", "of", "an", "hour"], 45],
  [["an", "hour"], 60],
  [["a", "hour"], 60],
  [["a", "minute"], 1],
  [["a", "sec"], 0.1],
  [["a", "second"], 0.1],
  [["a", "day"], 1440],
  [["a", "week"], 10_080],
  [["a", "fortnight"], 20_160],
  [["a", "month"], 43_200],
  [["a", "year"], 525_600],
  [["just", "now"], 0],
  [["just", "started"], 0],
  [["just", "began"], 0],
  [["just", "this", "second"], 0],
  [["this", "second"], 0],
  [["this", "very", "second"], 0],
  [["just", "woke"], 0],
  [["just", "cramped"], 0],
  [["just", "seized"], 0],
  [["just", "grabbed"], 0],
  [["just", "went"], 0],
  [["right", "now"], 0],
];
const SPANS_BY_WORD = Map.groupBy(SPANS, ([words]) => words[0] as string);
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");

/** Words that make a time belong to something else: "ran for 2 hours", "8 weeks pregnant", "in 20 minutes", "hold 30 seconds". */
const NOT_BEFORE =
  /^(ran|run|running|walked|walk|walking|drove|drive|driving|flew|flight|sat|sitting|stood|standing|held|hold|stretched|stretch|massaged|every|within|next|another|under|slept|sleep|cycled|worked|working|trained|training|swam|swimming|hike|hiked|rode|gardening|gardened|last|past|wait|waited|rested|than|danced|wrote|written|writing|played|playing|practised|practiced|practising|practicing|sang|knitted|studied|studying|cooked|queued|finished|counted|eased|rubbed|stopped|relaxed|released|typing|typed|once|twice)$/;
const NOT_AFTER =
  /^(pregnant|gone|old|run|ride|drive|flight|walk|hike|hold|holds|stretch|session|match|game|shift|workout|class|along|preg|meeting|race|later|of|into|swim|film|journey|post|apart|break|plan|programme|off|long|before|wait|rest|timer|each|held|behind|too)$/;

/**
 * How long the trouble has lasted. The time nearest to words such as "ago", "for", "since", "started" wins;
 * times of other things (a run, a flight, a pregnancy) are passed over.
 * @param asked the message answers a question about the onset: any time counts
 */
export function readDuration(tokens: readonly Token[], asked: boolean): Duration | null {
  const found = [...numbered(tokens, asked), ...spans(tokens, asked), ...weekdays(tokens)];
  if (found.length === 0) return null;
  return found.reduce((best, one) => (one.weight > best.weight ? one : best));
}

interface Weighed extends Duration {
  readonly weight: number;
}

function numbered(tokens: readonly Token[], asked: boolean): Weighed[] {
  const found: Weighed[] = [];
  for (const amount of readNumbers(tokens)) {
    const unit = tokens[amount.end];
    const minutes = unit === undefined ? undefined : MINUTES[unit.word];
    if (minutes === undefined || unit === undefined) continue;
    const letter = unit.word.length === 1 && !unit.glued;
    if (letter && !/^(ago|back|now)$/.test(tokens[amount.end + 1]?.word ?? "")) continue;
    const weight = weigh(tokens, amount, amount.end + 1, asked);
    if (weight === 0) continue;
    const over = tokens
      .slice(Math.max(0, amount.start - 3), amount.start)
      .some((token) => /^(lasted|lasts|last|within|in|after)$/.test(token.word));
    const half =
      tokens
        .slice(amount.end + 1, amount.end + 4)
        .map((token) => token.word)
        .join(" ") === "and a half"
        ? minutes / 2
        : 0;
    found.push({ minutes: amount.value * minutes + half, over, evidence: [amount.start, amount.end + 1], weight });
  }
  return found;
}

function weigh(tokens: readonly Token[], amount: Amount, end: number, asked: boolean): number {
  const before = tokens.slice(Math.max(0, amount.start - 3), amount.start).map((token) => token.word);
  const after = tokens.slice(end, end + 3).map((token) => token.word);
  if (!asked && isOfOther(tokens, amount.start, end)) return 0;
  if (after.includes("ago") || after.includes("back")) return after[0] === "ago" ? 4 : 3;
  if (after[0] === "before" && after[1] === "now") return 3;
  if (after[0] === "of" && after.slice(1).some((word) => isTrouble(word) || word === "this")) return 3;
  if (NOT_AFTER.test(after[0] ?? "") || before.some((word) => NOT_BEFORE.test(word))) return 0;
  if (/^(in|at|im|am)$/.test(before.at(-1) ?? "") && !asked) return 0;
  if (/^(at a time|to live)/.test(after.join(" "))) return 0;
  if (!asked && asksHowLong(tokens, amount.start)) return 0;
  if (
    before.some((word) =>
      /^(for|been|since|over|about|lasted|going|started|began|nearly|almost|around|past|now|lasts|still)$/.test(word),
    )
  )
    return 3;
  if (after[0] === "now" || after[0] === "straight" || after[0] === "and") return 3;
  return asked ? 2 : 1;
}

/** What is taken, done or lived with for so long, or since then: no cramp. */
const OTHER_DEED =
  /^(took|taken|swallowed|ate|eaten|drank|gym|job|course|statin|statins|diabetes|diabetic|asthma|arthritis|surgery|operation|dialysis|runner|smoker|married|retired|vegan|sober)$/;
const CARE = /^(put|use|apply|ice|heat|rub|rest|massage|soak|keep)$/;

/** "Diabetes since 15 years", "took a tablet half an hour ago", "9 hours a day", "should I ice it for 15 minutes?". */
function isOfOther(tokens: readonly Token[], start: number, end: number): boolean {
  const sentence = tokens[start]?.sentence;
  const lead = tokens.slice(Math.max(0, start - 10), start).filter((token) => token.sentence === sentence);
  const words = lead.map(({ word }) => word);
  if (words.slice(-5).some((word) => OTHER_DEED.test(word)) && !words.slice(-5).some(isTrouble)) return true;
  const after = tokens.slice(end, end + 3).map(({ word }) => word);
  if (/^(a|per) (day|night|week|month)\b/.test(after.join(" ")) || /^on (my|his|her) feet/.test(after.join(" "))) return true;
  const asks = words.findIndex((word, at) => /^(should|can|shall|do)$/.test(word) && /^(i|we|he|she)$/.test(words[at + 1] ?? ""));
  return asks >= 0 && CARE.test(words[asks + 2] ?? "");
}

/** "How long do I hold it, is it twenty minutes?" */
function asksHowLong(tokens: readonly Token[], at: number): boolean {
  const from = Math.max(0, at - 14);
  return tokens
    .slice(from, at)
    .some(
      ({ word }, i) =>
        word === "how" &&
        tokens[from + i + 1]?.word === "long" &&
        /^(do|does|should|can|shall|must|to|would|will|usually|normally|is|are)$/.test(tokens[from + i + 2]?.word ?? ""),
    );
}

function spans(tokens: readonly Token[], asked: boolean): Weighed[] {
  const found: Weighed[] = [];
  for (let at = 0; at < tokens.length; at++) {
    for (const [words, minutes] of SPANS_BY_WORD.get((tokens[at] as Token).word) ?? []) {
      const end = endOfSpan(tokens, at, words);
      if (end === null) continue;
      const weight = weigh(tokens, { value: 0, start: at, end: at }, end.at, asked);
      const sure = words[0] === "since" || words[0] === "just" || words[0] === "started" || words[0] === "all";
      if (weight === 0 && !sure) continue;
      if (!sure && weight < 2 && /^(a|an|right)$/.test(words[0] as string) && !asked) continue;
      const over = tokens.slice(Math.max(0, at - 2), at).some((token) => /^(lasted|within|in)$/.test(token.word));
      const whole = minutes * (1 + end.part);
      found.push({ minutes: whole, over, evidence: [at, end.at], weight: sure ? 3.5 : weight });
      break;
    }
  }
  return found;
}

/** Where a time told in words ends, and what is told beyond it: "a full hour", "a day and a half". */
function endOfSpan(
  tokens: readonly Token[],
  start: number,
  words: readonly string[],
): { readonly at: number; readonly part: number } | null {
  let at = start;
  for (const word of words) {
    if (at === start + 1 && /^(full|good|whole|solid)$/.test(tokens[at]?.word ?? "")) at++;
    if (tokens[at]?.word !== word) return null;
    at++;
  }
  const more = tokens
    .slice(at, at + 3)
    .map(({ word }) => word)
    .join(" ");
  if (more === "and a half") return { at: at + 3, part: 0.5 };
  return more === "and a quarter" ? { at: at + 3, part: 0.25 } : { at, part: 0 };
}

/** "since Tuesday": without a calendar, half a week. */
function weekdays(tokens: readonly Token[]): Weighed[] {
  return tokens.flatMap((token, at) =>
    WEEKDAYS.includes(token.word) && /^(since|from)$/.test(tokens[at - 1]?.word ?? "")
      ? [{ minutes: 5040, over: false, evidence: [at - 1, at + 1] as const, weight: 3 }]
      : [],
  );
}

import type { Cue } from "../care/labels.ts";
import type { Grammar } from "./grammar.ts";
import type { Match } from "./phrases.ts";
import { distance, type Stretch } from "./spans.ts";
import type { Token } from "./tokens.ts";

/** When the signs of a message were there: long ago, over, or unchanged for years. */
export interface Dates {
  /** Told of a time long ago. */
  isPast(mention: Match): boolean;
  /** Told to be over, or to be as it has been for years. */
  isResolved(mention: Match): boolean;
}

const RESOLVED_REACH = 14;
/** The words that say it is over stand at the beginning of the next sentence, and that sentence is short. */
const NEXT_REACH = 4;
const NEXT_LENGTH = 9;
const YEAR_REACH = 8;
const PRESENT_REACH = 3;
const LONGSTANDING_REACH = 14;
/** What makes a number a count of something and no year: "in 88 minutes", "2000 steps". */
const UNIT =
  /^(degree|minute|second|hour|day|week|month|year|m|km|k|kg|g|mg|mcg|ml|l|metre|meter|mile|step|rep|squat|word|calorie|kcal|people|men|unit|percent|bpm|iu|mph)s?$/;
/** Years that are certainly over; the reader knows no clock. */
const FIRST_YEAR = 1940;
const LAST_YEAR = 2025;
const BEFORE_YEAR = new Set(
  "in during around about of back from by circa until till summer winter spring autumn january february march april may june july august september october november december easter christmas".split(
    " ",
  ),
);
/** They begin what is told of today, behind a story of old. */
const NOW_WORDS = new Set("now today tonight yesterday presently currently nowadays lately".split(" "));
const NOW_AFTER = new Set("these this last".split(" "));
const NOW_TIMES = new Set("days morning afternoon evening night week weekend".split(" "));

/**
 * @param of the cue phrases of the message, by name
 * @param starterAt where words stand that begin a statement
 */
export function readDates(
  tokens: readonly Token[],
  grammar: Grammar,
  of: (cue: Cue) => readonly Match[],
  starterAt: readonly boolean[],
): Dates {
  const sentence = (at: number) => tokens[at]?.sentence ?? -1;
  const segment = (at: number) => tokens[at]?.segment ?? -1;
  const inSentence = (mention: Stretch, cue: Cue) => of(cue).filter((one) => sentence(one.start) === sentence(mention.start));
  const years = tokens.flatMap((_, at) => (isYear(tokens, at) ? [{ start: at, end: at + 1 }] : []));
  const then = readThen(tokens, grammar, [...of("past"), ...years]);

  /** Where the last "and" before a word stands that begins another statement, told in the present: "and I have been"; else -1. */
  const startsAnew = (before: number): number => {
    let isPresent = grammar.presentVerbs.has(tokens[before + 1]?.word ?? "");
    for (let at = before - 1; at >= 0; at--) {
      isPresent ||= grammar.presentVerbs.has(tokens[at + 1]?.word ?? "");
      if (tokens[at]?.word !== "and") continue;
      if (at + 1 === before || (starterAt[at + 1] && isPresent)) return at;
    }
    return -1;
  };

  /** A time long ago in the same stretch; "I started it a month ago and I keep getting cramps" goes on behind the "and". */
  const pastNear = (mention: Match): readonly Match[] => {
    const [first, last] = [segment(mention.start), segment(mention.end - 1)];
    const anew = startsAnew(mention.start);
    return of("past").filter((one) => segment(one.start) >= first && segment(one.start) <= last && one.end > anew);
  };

  /** "Heard the bang, that was 2014", "I had one. Decades ago.": the words behind date it. */
  const isDatedBehind = (mention: Match): boolean => {
    const own = sentence(mention.start);
    return of("past_back").some((one) => {
      if (one.start < mention.end) return false;
      if (sentence(one.start) === own) return true;
      // The next sentence begins with it.
      return sentence(one.start) === own + 1 && sentence(one.start - 1) === own;
    });
  };

  /** "Puffy by teatime, as they have been every summer": it is as it always was, and nothing says that it changed. */
  const isLongstanding = (mention: Match): boolean =>
    inSentence(mention, "longstanding").some(
      (one) => distance(one, mention) <= LONGSTANDING_REACH && !tokens.slice(one.end).some(({ word }) => CHANGES.has(word)),
    );

  /** Whether the words tell, behind the sign, that it is over: "it's gone", but not "it's gone hard", "it won't stop". */
  const ends = (mention: Match, resolved: Match): boolean => {
    if (resolved.start < mention.end || resolved.negator >= 0) return false;
    if (of("turned").some((one) => one.start <= resolved.start && one.end > resolved.start)) return false;
    if (sentence(resolved.start) === sentence(mention.start)) return resolved.start - mention.end <= RESOLVED_REACH;
    return isNextSentence(mention, resolved);
  };

  const dates = (year: Stretch, mention: Match) =>
    segment(year.start) === segment(mention.start) && distance(year, mention) <= YEAR_REACH;

  /** "Is burning", "has gone": told as it is, whatever else the stretch dates. */
  const isTold = ({ start }: Match) =>
    tokens.slice(Math.max(0, start - PRESENT_REACH), start).some(({ word }) => grammar.presentVerbs.has(word));

  /** "Couldn't feel two fingers. All normal since." */
  const isNextSentence = (mention: Match, resolved: Match): boolean => {
    const next = sentence(mention.end - 1) + 1;
    if (sentence(resolved.start) !== next) return false;
    const first = tokens.findIndex((token) => token.sentence === next);
    return resolved.start - first <= NEXT_REACH && tokens.filter((token) => token.sentence === next).length <= NEXT_LENGTH;
  };

  return {
    isPast: (mention) => {
      const present = inSentence(mention, "present").filter((one) => segment(one.start) === segment(mention.start));
      const past = pastNear(mention);
      if (present.length > 0 && nearest(past, mention) >= nearest(present, mention)) return false;
      return (
        past.length > 0 ||
        (!isTold(mention) && years.some((year) => dates(year, mention))) ||
        then[mention.start] === true ||
        isDatedBehind(mention)
      );
    },
    isResolved: (mention) =>
      isLongstanding(mention) ||
      (of("resolved").some((one) => ends(mention, one)) &&
        [0, 1].every((next) => !of("habit").some((one) => sentence(one.start) === sentence(mention.start) + next)) &&
        !of("present")
          .filter((one) => [0, 1].includes(sentence(one.start) - sentence(mention.start)))
          .some((one) => tokens[one.start]?.word === "still")),
  };
}

function nearest(matches: readonly Match[], mention: Match): number {
  return matches.reduce((least, one) => Math.min(least, distance(one, mention)), Number.POSITIVE_INFINITY);
}

/** Told behind "always": it is no longer as it was. */
const CHANGES = new Set("worse but except new different changed bigger more now today tonight suddenly".split(" "));

/** "in 2014", "of '88", "in '09", or a year that stands alone: "my brother's wedding, 2005, too tight a collar". */
function isYear(tokens: readonly Token[], at: number): boolean {
  const { word, value, segment } = tokens[at] as Token;
  if (value === null || UNIT.test(tokens[at + 1]?.word ?? "")) return false;
  const before = tokens[at - 1];
  const dated = before !== undefined && BEFORE_YEAR.has(before.word);
  if (word.length === 2) return before?.word === "in" && (/^0\d$/.test(word) || (value >= 60 && tokens[at]?.sign === null));
  if (word.length !== 4 || value < FIRST_YEAR || value > LAST_YEAR) return false;
  return dated || (before?.segment !== segment && tokens[at + 1]?.segment !== segment && at > 0);
}

/**
 * A story that begins with a time long ago runs on, in the past tense, until the message comes to the present: "Last spring
 * I tore my calf, heard it go. Today …". Where no present follows, only the stretch of the words for the time is old.
 */
function readThen(tokens: readonly Token[], grammar: Grammar, pasts: readonly Stretch[]): boolean[] {
  const then = tokens.map(() => false);
  if (pasts.length === 0) return then;
  const lastNow = tokens.findLastIndex((_, at) => isNow(tokens, at));
  let old = false;
  for (let start = 0; start < lastNow; ) {
    const { segment } = tokens[start] as Token;
    let end = start;
    while (end < tokens.length && tokens[end]?.segment === segment) end++;
    const words = tokens.slice(start, end).map(({ word }) => word);
    const told = words.some((word) => grammar.pastVerbs.has(word) || (word.length > 4 && word.endsWith("ed")));
    const present = words.some((word) => grammar.presentVerbs.has(word) || NOW_VERBS.has(word));
    const now = words.findLastIndex((_, i) => isNow(tokens, start + i));
    const past = pasts.findLast((one) => one.start >= start && one.start < end)?.start ?? -1;
    if (past >= 0 && past > start + now) old = true;
    else if (now >= 0 || (present && !told)) old = false;
    if (old && !present) then.fill(true, start, end);
    start = end;
  }
  return then;
}

const NOW_VERBS = new Set(["am", "still", "keep", "since", "cant"]);

function isNow(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? "";
  if (NOW_WORDS.has(word)) return true;
  return NOW_AFTER.has(word) && NOW_TIMES.has(tokens[at + 1]?.word ?? "");
}

import type { CuedMessage } from "./cued.ts";
import { oldStory } from "./old-story.ts";
import type { Match } from "./phrases.ts";
import { distance, type Stretch } from "./spans.ts";
import { yearsOf } from "./years.ts";

const YEAR_REACH = 8;
const PRESENT_REACH = 3;

/** Gives for a message whether a sign in it is told of a time long ago. */
export function readPast(message: CuedMessage): (mention: Match) => boolean {
  const years = yearsOf(message.tokens);
  const then = oldStory(message.tokens, message.grammar, [...message.of("past"), ...years]);
  return (mention) => {
    const past = pastNear(message, mention);
    const present = message.of("present").filter((one) => message.segment(one.start) === message.segment(mention.start));
    if (present.length > 0 && nearest(past, mention) >= nearest(present, mention)) return false;
    return (
      past.length > 0 ||
      (!isToldNow(message, mention) && years.some((year) => dates(message, year, mention))) ||
      then[mention.start] === true ||
      isDatedBehind(message, mention)
    );
  };
}

/** A time long ago in the same stretch; "I started it a month ago and I keep getting cramps" goes on behind the "and". */
function pastNear(message: CuedMessage, mention: Match): readonly Match[] {
  const { segment } = message;
  const [first, last] = [segment(mention.start), segment(mention.end - 1)];
  const anew = startsAnew(message, mention.start);
  return message.of("past").filter((one) => segment(one.start) >= first && segment(one.start) <= last && one.end > anew);
}

/** Where the last "and" before a word stands that begins another statement, told in the present: "and I have been"; else -1. */
function startsAnew({ tokens, grammar, starterAt }: CuedMessage, before: number): number {
  let isPresent = grammar.presentVerbs.has(tokens[before + 1]?.word ?? "");
  for (let at = before - 1; at >= 0; at--) {
    isPresent ||= grammar.presentVerbs.has(tokens[at + 1]?.word ?? "");
    if (tokens[at]?.word !== "and") continue;
    if (at + 1 === before || (starterAt[at + 1] && isPresent)) return at;
  }
  return -1;
}

/** "Is burning", "has gone": told as it is, whatever else the stretch dates. */
function isToldNow({ tokens, grammar }: CuedMessage, { start }: Match): boolean {
  return tokens.slice(Math.max(0, start - PRESENT_REACH), start).some(({ word }) => grammar.presentVerbs.has(word));
}

function dates({ segment }: CuedMessage, year: Stretch, mention: Match): boolean {
  return segment(year.start) === segment(mention.start) && distance(year, mention) <= YEAR_REACH;
}

/** "Heard the bang, that was 2014", "I had one. Decades ago.": the words behind date it. */
function isDatedBehind({ of, sentence }: CuedMessage, mention: Match): boolean {
  const own = sentence(mention.start);
  return of("past_back").some((one) => {
    if (one.start < mention.end) return false;
    const opensNext = sentence(one.start) === own + 1 && sentence(one.start - 1) === own;
    return opensNext || sentence(one.start) === own;
  });
}

function nearest(matches: readonly Match[], mention: Match): number {
  return matches.reduce((least, one) => Math.min(least, distance(one, mention)), Number.POSITIVE_INFINITY);
}

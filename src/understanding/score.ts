import { type Amount, readNumbers } from "./numbers.ts";
import { isFurtherScore, isScaleItself, isStrongScore, joinsScore } from "./score-forms.ts";
import type { Token } from "./tokens.ts";

/** A mark for the pain, and when it held. */
export interface Score extends Amount {
  readonly tense: "now" | "before" | null;
}

/** Words that stand with a number of something else: "10 km", "size 9", "5 reps". */
const OTHER_UNITS = new Set(
  "minute minutes second seconds hour hours day days night nights week weeks month months year years old km k kilometre kilometres mile miles metre metres meter meters m yard yards feet foot inch inches cm mm kg kilo kilos lb lbs pound pounds stone gram grams mg ml litre litres liter liters pint pints am pm oclock percent degrees degree c f reps rep times time sets set laps lap steps step floors stairs sessions cramps people kids dollars euros quid pence mph bpm watts volt volts weeks holds goes more th st nd rd star stars euro cups cans glasses bottles tablets pills stretches minuets nil x".split(
    " ",
  ),
);
/** Words before a number that is not a score: "size 9", "mile 14". */
const OTHER_LEADS = new Set(
  "size age aged mile lap level floor room route number bus step chapter at page stage week day type set rep round version season episode year class grade platform gate flat apartment unit house question lesson video done did do watched finished completed until till before after past last next every cycle minute m6 bpm".split(
    " ",
  ),
);
/** How far a word for what was marked stands from the mark. */
const MARK_REACH = 6;
const SCORE_LEADS = new Set(
  "a an about bout mebbe wise easily but shes hes around roughly maybe like say is its it pain level score scale rate rated rating call put give was from to now currently down up between probably solid good at hitting nearly almost still feels felt only just id im this hurts be".split(
    " ",
  ),
);

/** Each number is held against the others: nobody tells more, and a flood of them stays cheap. */
const MOST_NUMBERS = 40;

/** The marks that a message gives the pain, ranges as one. @param asked the message answers how bad it is */
export function readScores(tokens: readonly Token[], asked: boolean): Score[] {
  const numbers = readNumbers(tokens).slice(0, MOST_NUMBERS);
  const found: Score[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const amount = numbers[i] as Amount;
    if (isScaleItself(tokens, amount, numbers)) continue;
    const next = numbers[i + 1];
    const scaleEnd = outOfTen(tokens, amount, next);
    if (scaleEnd !== null && (isCounted(tokens, amount, scaleEnd) || isMarkOfOther(tokens, amount, scaleEnd))) {
      i++;
      continue;
    }
    if (scaleEnd !== null) {
      found.push(withTense(tokens, { ...amount, end: scaleEnd }));
      if (next !== undefined && next.end <= scaleEnd) i++;
      continue;
    }
    if (!asked && isAge(tokens, amount)) continue;
    const last = found.at(-1);
    const joined = last !== undefined && joinsScore(tokens, last, amount);
    const scored =
      joined ||
      (last !== undefined && isFurtherScore(tokens, amount)) ||
      isScore(tokens, amount, asked, numbers) ||
      isStrongScore(tokens, amount, numbers, OTHER_UNITS);
    if (scored && !ratesOther(tokens, amount.start)) found.push(withTense(tokens, amount));
  }
  return mergeRanges(tokens, found);
}

const PERSON =
  /^(he|she|son|daughter|boy|girl|kid|child|toddler|baby|lad|lass|wife|husband|partner|mum|mom|mother|dad|father|nan|gran|granny|grandma|grandad|grandpa|grandson|granddaughter|nephew|niece|brother|sister|friend|twins)$/;

/** "My son is 9 and has a cramp": years, where nothing says that the pain is meant. */
function isAge(tokens: readonly Token[], { start, end }: Amount): boolean {
  const word = (at: number) => tokens[at]?.word ?? "";
  const subject = /^(is|are|was|turned)$/.test(word(start - 1)) ? word(start - 2) : word(start - 1).replace(/s$/, "");
  if (!PERSON.test(subject)) return false;
  const after = tokens[end];
  const closes = after === undefined || after.segment !== tokens[start]?.segment || after.sentence !== tokens[start]?.sentence;
  return closes || /^(and|so|with|but|he|she|his|her|years|year|yo|y)$/.test(after.word);
}

/** "8/10", "8 out of 10", "eight of ten": the end of the whole expression, or null. */
function outOfTen(tokens: readonly Token[], amount: Amount, next: Amount | undefined): number | null {
  if (next === undefined || next.value !== 10) return null;
  const between = tokens
    .slice(amount.end, next.start)
    .map((token) => token.word)
    .join(" ");
  if (tokens[next.start]?.afterSlash && between === "") return next.end;
  return /^(out |oot )?(of|ov|off|on|from|over|a|o)( a| the)?$|^(out|oot|outa|outta|oota)$/.test(between) ? next.end : null;
}

/** "lap 7 of 10", "week 9 of a 10 week plan": parts of something else than the pain. */
function isCounted(tokens: readonly Token[], amount: Amount, end: number): boolean {
  const before = tokens[amount.start - 1];
  const after = tokens[end];
  // "8/10 mile 22": what follows is the next thing told.
  const counts = tokens[end + 1]?.kind === "number" ? "" : (after?.word ?? "");
  if (after !== undefined && after.segment === tokens[end - 1]?.segment && OTHER_UNITS.has(counts)) return true;
  const slashed = tokens[end - 1]?.afterSlash === true;
  if (
    slashed &&
    before !== undefined &&
    !/^(lap|rep|reps|set|page|step|question|episode|week|day|mile|km|round)$/.test(before.word)
  )
    return false;
  return before !== undefined && OTHER_LEADS.has(before.word) && !/^(at|level|number)$/.test(before.word);
}

const MARKED =
  /^(effort|test|tests|exam|mock|quiz|spelling|routine|film|movie|medal|design|fit|outfit|review|video|videos|vidoes|style|dance|recipe|dinner|lasagne|cake|joke|jokes|service|app|essay|hotel|restaurant|pub|gig|match|goal|goals|penalties|serves|putts|shots|questions|answers|marks|score|advice|tips|experience|bot|robot|technique|form|performance|homework|listing|curry|burger|pizza|coffee|movies|house|place|teacher|judges|judge|coach|trip|holiday|game|book|show|episode|song|tan|haircut|nails)$/;

/** "9/10 on that medal", "10 out of 10 for effort": the mark of something that is no pain. */
function isMarkOfOther(tokens: readonly Token[], { start }: Amount, end: number): boolean {
  const segment = tokens[start]?.segment;
  const from = Math.max(0, start - MARK_REACH);
  const near = tokens.slice(from, end + MARK_REACH).filter((token) => token.segment === segment);
  const asRate = /^(rate|rates|rated)$/.test(tokens[start - 2]?.word ?? "");
  if (!near.some((token) => MARKED.test(token.word)) && !asRate) return false;
  const told = tokens.slice(Math.max(0, start - 4), end + 3).filter((token) => token.segment === segment);
  return !told.some((token) => PAIN_TALK.test(token.word) && !/^(out|rate|rated|better|bad|score)$/.test(token.word));
}

/** "Rate my fit 1 to 10". */
function ratesOther(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - MARK_REACH), at).map((token) => token.word);
  const rate = before.findLastIndex((word) => /^(rate|rates|rated)$/.test(word));
  return rate >= 0 && before.slice(rate + 1).some((word) => MARKED.test(word));
}

function isScore(tokens: readonly Token[], amount: Amount, asked: boolean, numbers: readonly Amount[]): boolean {
  if (amount.value > 20) return false;
  const after = tokens[amount.end];
  const first = tokens[amount.start];
  const before = tokens[amount.start - 1];
  if (first?.word === "few" || first?.word === "couple" || first?.word === "several" || first?.word === "dozen") return false;
  if (first?.word === "one" && !asked) return false;
  if (first?.sign !== null && first?.sign !== undefined) return false;
  if (after !== undefined && after.segment === first?.segment && (OTHER_UNITS.has(after.word) || after.word === "of"))
    return false;
  if (after?.afterSlash || first?.afterSlash) return false;
  if (asked)
    return (
      before === undefined ||
      !OTHER_LEADS.has(before.word) ||
      before.word === "at" ||
      before.word === "level" ||
      before.word === "number"
    );
  if (before === undefined || before.sentence !== first?.sentence) return false;
  if (before.word === "level") return saysPain(tokens, amount.start - 1, 6, true);
  if (before.word === "at" && saysHurt(tokens, amount.start)) return true;
  if (isClockTime(tokens, amount.start)) return false;
  if (OTHER_LEADS.has(before.word)) return false;
  const alone = after === undefined || after.segment !== first?.segment || !isNoun(after.word);
  if (alone && amount.value <= 10 && (isArticleOfScore(tokens, amount.start) || PAIN_TALK.test(before.word))) return true;
  if (!SCORE_LEADS.has(before.word) || isArticleOfOther(tokens, amount.start)) return false;
  if (before.word === "to" || before.word === "now" || before.word === "from" || before.word === "was") {
    const lead = tokens.slice(Math.max(0, amount.start - 5), amount.start);
    if (lead.some(({ word }) => /^(slept|sleep|asleep|worked|work|working|shift|open)$/.test(word))) return false;
    return saysPain(tokens, amount.start, 8) || numbers.some((other) => other !== amount && outOfTenNear(tokens, other));
  }
  return saysPain(tokens, amount.start, 6) && alone;
}

/** "Pain at 6", "it hurts at about a 4": not "cramped at 4", which is a time. */
function saysHurt(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 4), at + 4).some(({ word }) => HURT.test(word));
}

const HURT = /^(pain|pains|hurts|hurting|ache|aching|soreness|score|scale|level|rate|rated|rating|severity|agony)$/;

/** "about a 6", "its a 7": a number with an article and no noun is a mark. */
function isArticleOfScore(tokens: readonly Token[], at: number): boolean {
  const article = tokens[at - 1];
  if (article?.word !== "a" && article?.word !== "an") return false;
  const lead = tokens[at - 2];
  return lead === undefined || lead.segment !== article.segment || SCORE_LEADS.has(lead.word);
}

/** "shot a 10", "ate a 5": the mark of something else. */
function isArticleOfOther(tokens: readonly Token[], at: number): boolean {
  const article = tokens[at - 1]?.word;
  if (article !== "a" && article !== "an") return false;
  const lead = tokens[at - 2]?.word ?? "it";
  return !SCORE_LEADS.has(lead) && !PAIN_TALK.test(lead) && !/^(it|this|that|of|got|gets|hits|reaches)$/.test(lead);
}

/** "wakes about nine": a time of day. */
function isClockTime(tokens: readonly Token[], at: number): boolean {
  if (!/^(about|around|roughly|at)$/.test(tokens[at - 1]?.word ?? "")) return false;
  return /^(wake|wakes|woke|waking|woken|up|bed|bedtime|home|started|starts|finished|til|till|until|since|dinner|lunch)$/.test(
    tokens[at - 2]?.word ?? "",
  );
}

function outOfTenNear(tokens: readonly Token[], amount: Amount): boolean {
  const around = tokens.slice(amount.start, amount.end + 3).map((token) => token.word);
  return around.includes("10") || around.includes("ten");
}

const PAIN_TALK =
  /^(pain|painful|hurt|hurts|hurting|sore|soreness|ache|aches|aching|scale|score|rate|rated|rating|severity|agony|cramp|cramping|cramps|cramped|spasm|level|throbbing|worse|better|bad)$/;

/** @param others the word at `at` itself does not count */
function saysPain(tokens: readonly Token[], at: number, reach: number, others = false): boolean {
  for (let i = Math.max(0, at - reach); i < Math.min(tokens.length, at + reach + 1); i++) {
    if (others && i === at) continue;
    if (PAIN_TALK.test(tokens[i]?.word ?? "")) return true;
  }
  return false;
}

/** A noun directly behind the number makes it an amount of that: "about 4 rose scratches". */
function isNoun(word: string): boolean {
  return !/^(and|or|but|now|when|if|so|then|i|it|its|on|at|in|still|maybe|out|of|for|though|ish|since|because|to|mid|prob|probably|idk|tbh|rn|tops|max|when|standing|sitting|walking|please|lol|right|with|while|today|tonight|atm|from|after|even|already|just|again|as|really|pain|worse|better|before|the|this|my|no|yes|is|was|hurts|and)$/.test(
    word,
  );
}

function withTense(tokens: readonly Token[], amount: Amount): Score {
  const lead = tokens.slice(Math.max(0, amount.start - 6), amount.start).map((token) => token.word);
  const tail = tokens.slice(amount.end, amount.end + 4).map((token) => token.word);
  const last = lead.findLast((word) =>
    /^(now|was|were|from|to|down|before|earlier|started|been|currently|still|today|initially|first|originally)$/.test(word),
  );
  if (last !== undefined && /^(now|to|down|currently|still|today)$/.test(last)) return { ...amount, tense: "now" };
  if (tail[0] === "now" || tail.slice(0, 3).join(" ") === "right now") return { ...amount, tense: "now" };
  if (last !== undefined) return { ...amount, tense: "before" };
  if (tail.some((word) => /^(before|earlier|ago|yesterday)$/.test(word))) return { ...amount, tense: "before" };
  return { ...amount, tense: null };
}

/** "seven or eight", "6-7", "5 to 6", "between 4 and 5": the higher. */
function mergeRanges(tokens: readonly Token[], scores: readonly Score[]): Score[] {
  const merged: Score[] = [];
  for (const score of scores) {
    const last = merged.at(-1);
    if (last !== undefined && isRange(tokens, last, score)) {
      merged[merged.length - 1] = { ...last, value: Math.max(last.value, score.value), end: score.end };
    } else merged.push(score);
  }
  return merged;
}

function isRange(tokens: readonly Token[], low: Score, high: Score): boolean {
  const between = tokens
    .slice(low.end, high.start)
    .map(({ word }) => word)
    .join(" ");
  if (between === "") return tokens[high.start]?.afterDash === true;
  if (/^(or|or a|maybe|or maybe|maybe a|maybe pushing|pushing|ig maybe)$/.test(between)) return true;
  if (/^and( a)?$/.test(between)) return tokens.slice(0, low.start).some(({ word }) => word === "between");
  const rise = high.value - low.value;
  // "6 to 7" is a range, "3 to 8" a change.
  return between === "to" && tokens[low.start - 1]?.word !== "from" && low.tense !== "before" && rise > 0 && rise <= 2;
}

/** The score that holds now. Of several that no word dates, the last after a change of mind, else the highest. */
export function presentScore(tokens: readonly Token[], scores: readonly Score[]): Score {
  const now = scores.findLast((score) => score.tense === "now");
  if (now !== undefined) return now;
  const undated = scores.filter((score) => score.tense === null);
  const [first, last] = [undated[0], undated.at(-1)];
  if (first === undefined || last === undefined) return scores.at(-1) as Score;
  const between = tokens.slice(first.end, last.start);
  if (between.some(({ word }) => CHANGE_OF_MIND.test(word))) return last;
  const putRight = undated.find(({ end }) => /^(not|nt)$/.test(tokens[end]?.word ?? ""));
  return putRight ?? undated.reduce((best, score) => (score.value > best.value ? score : best));
}

const CHANGE_OF_MIND = /^(no|wait|actually|scratch|make|call|meant|sorry|hang|nope|rather|put|so|then|lets|nearer)$/;

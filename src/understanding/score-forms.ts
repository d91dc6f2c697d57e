import type { Amount } from "./numbers.ts";
import type { Token } from "./tokens.ts";

/**
 * Ways to put a number that make it a mark of the pain without a word of pain beside it: "solid 7", "call it a 4", "2 tops",
 * "lvl 6", "was 7, now 3". What is counted ("4 reps"), a time and an age are none of them.
 */
export function isStrongScore(
  tokens: readonly Token[],
  amount: Amount,
  numbers: readonly Amount[],
  units: ReadonlySet<string>,
): boolean {
  if (amount.value > 10) return false;
  const next = wordOf(tokens, amount, amount.end);
  if (units.has(next) && !/^(now|c|f|m|x|hold|holds|more)$/.test(next)) return false;
  if (next === "more" || next === "of" || next === "out" || tokens[amount.end]?.afterSlash || tokens[amount.start]?.afterSlash)
    return false;
  if (tokens[amount.end - 1]?.sign !== null) return false;
  if (tokens[amount.start]?.word === "one") return false;
  if (isShownByFingers(tokens, amount)) return true;
  if (!stands(next)) return false;
  return (
    isLed(tokens, amount) ||
    isChange(tokens, amount, numbers) ||
    isPutRight(tokens, amount, numbers) ||
    isBetween(tokens, amount, numbers) ||
    isAlone(tokens, amount, next)
  );
}

function wordOf(tokens: readonly Token[], { start }: Amount, at: number): string {
  const token = tokens[at];
  const first = tokens[start];
  if (token === undefined || token.sentence !== first?.sentence) return "";
  return at > start && token.segment !== first.segment ? "" : token.word;
}

/** What may follow a mark: the end of its part of the sentence, or a word that is nothing counted. */
const FOLLOWS =
  /^(tops|max|maximum|prob|probably|ish|ig|maybe|perhaps|possibly|lol|now|right|rn|currently|today|tonight|anyway|tbh|idk|ngl|honestly|i|id|at|when|whenever|if|unless|earlier|before|after|but|and|or|though|because|since|while|whilst|only|not|nt|still|easy|easily|already|standing|sitting|lying|walking|running|uphill|downhill|resting|moving|hon|honey|mate|love|doc|madam|madame|sir|please|good|to|from|is|was|upon|on|with|mid|then|again|just|even|it|its|nearly|almost|between|what|why|how|so|thanks|thank|sorry|my|no|yeah|yes|out)$/;

function stands(next: string): boolean {
  return next === "" || FOLLOWS.test(next);
}

const BODY =
  /^(calf|calves|leg|legs|foot|feet|toes?|thigh|thighs|quads?|hamstrings?|hammy|back|neck|shoulders?|arm|arms|hand|hands|hip|hips|groin|shins?|bicep|forearm|jaw|pain|soreness|ache|cramp|spasm|tightness|throbbing)$/;
const FILLER =
  /^(be|read|should|a|an|it|that|this|them|him|her|my|the|me|down|as|at|to|for|of|on|now|like|about|around|roughly|nearly|almost|maybe|solid|easily|probably|number|you|only|just|wee|good|strong|is|its|was|id|i|more|closer)$/;
const VERB_LEAD =
  /^(call|make|put|give|giving|gave|offer|offering|place|placing|rate|rates|rating|guess|reckon|venture|say|says|said|saying|meant|mean|minute|pushing|nearer|closer|hovering|steady|sits|sat|sitting|stuck|solid|easy|easily|whopping|lvl)$/;

/** "Solid 7", "call it a 4", "put me down for an eight", "my back is at 9", "still 6". */
function isLed(tokens: readonly Token[], amount: Amount): boolean {
  const words: string[] = [];
  for (let at = amount.start - 1; at >= 0 && words.length < 7; at--) {
    const word = wordOf(tokens, amount, at);
    if (word === "") break;
    words.push(word);
    if (VERB_LEAD.test(word) || !(FILLER.test(word) || BODY.test(word))) break;
  }
  const lead = words.at(-1) ?? "";
  const between = words.slice(0, -1);
  if (words.slice(0, 2).join(" ") === "like more") return true;
  if (words[0] === "level") return tokens.length <= 4;
  if (words[0] === "on") return false;
  if (/^(be|read|say)$/.test(words[0] ?? "") && words[1] === "should") return true;
  if (between.includes("as") && between.includes("down")) return true;
  if (between.includes("at") && words.some((word) => BODY.test(word))) return true;
  if (lead === "still") return between.every((word) => /^(a|an|at|about|around|like)$/.test(word));
  if (!VERB_LEAD.test(lead)) return false;
  return /^(nearer|closer)$/.test(lead) || !between.includes("to");
}

/** "Was 7 now 3", "went from a 5 to a 9", "6 to 4", "4 earlier, 8 now". */
function isChange(tokens: readonly Token[], amount: Amount, numbers: readonly Amount[]): boolean {
  const small = numbers.filter(({ value }) => value <= 10);
  if (small.length < 2 || tokens.length > 40) return false;
  if (
    tokens.some(({ word }) =>
      /^(work|works|worked|working|open|shift|job|class|school|sleep|slept|asleep|bed|oclock|am|pm|till|til|until|score|nil|aged|age|years|year)$/.test(
        word,
      ),
    )
  )
    return false;
  if (small.some(({ start }) => tokens[start]?.word === "one")) return false;
  const other = small.find((one) => one !== amount && Math.abs(one.start - amount.start) <= 14);
  if (other === undefined) return false;
  const [first, second] = other.start < amount.start ? [other, amount] : [amount, other];
  const lead = (one: Amount) => tokens.slice(Math.max(0, one.start - 3), one.start).map(({ word }) => word);
  const tail = (one: Amount) => wordOf(tokens, one, one.end);
  const was = lead(first).some((word) => /^(was|were|from|been|started)$/.test(word)) || /^(earlier|before)$/.test(tail(first));
  const is =
    lead(second).some((word) => /^(now|to|is|its|say|down|up|today|nw)$/.test(word)) || /^(now|today)$/.test(tail(second));
  if (was && is) return true;
  const plain = tokens.slice(first.end, second.start).map(({ word }) => word);
  const begins = first.start === 0 || tokens[first.start - 1]?.segment !== tokens[first.start]?.segment;
  return begins && /^((down|up) )?to$/.test(plain.join(" ")) && tokens.length <= 12;
}

/** "5 not 8", "it's nine not five", "scratch 7, it's 4": a number that is put right. */
function isPutRight(tokens: readonly Token[], amount: Amount, numbers: readonly Amount[]): boolean {
  const next = wordOf(tokens, amount, amount.end);
  if (
    /^(not|nt)$/.test(next) &&
    !tokens.slice(0, amount.start).some(({ word }) => PERSON_OR_SEX.test(word) || /^(shes|hes|im)$/.test(word))
  )
    return numbers.some(({ start }) => start === amount.end + 1);
  const lead = tokens[amount.start - 1]?.word ?? "";
  const scratched = tokens
    .slice(Math.max(0, amount.start - 5), amount.start)
    .some(({ word }) => /^(scratch|oops|whoops|typo|correction)$/.test(word));
  return scratched && /^(its|is|meant|make|that|typo|a)$/.test(lead) && next === "";
}

const PERSON_OR_SEX =
  /^(he|she|son|sons|daughter|daughters|boy|boys|girl|girls|kid|kids|child|toddler|baby|grandson|granddaughter|nephew|niece|brother|sister|m|f|male|female|aged|age|old|lad|lass|twins|year|pupil)$/;

/** A number that is a part of the sentence by itself: "5. been worse", "lower back / 5 / since 6am", "0 now". */
function isAlone(tokens: readonly Token[], amount: Amount, next: string): boolean {
  const begins = amount.start === 0 || tokens[amount.start - 1]?.segment !== tokens[amount.start]?.segment;
  const before = amount.start === 0 ? "" : wordOf(tokens, amount, amount.start - 1);
  if (!(begins || /^(but|so|um|uh|er|hmm|ok|okay|well|a|an|like|now|ah|oh|hm|blimey|yeah)$/.test(before))) return false;
  if (!begins && before === "now" && next !== "") return false;
  if (!begins && amount.start > 4) return false;
  const ends = tokens[amount.end]?.sentence !== tokens[amount.start]?.sentence;
  if (amount.start > 4 && !ends && tokens.length > 12) return false;
  // The whole message: only the question that it answers can tell.
  if (amount.start === 0 && amount.end === tokens.length) return false;
  if (next === "to" && tokens[amount.end + 1]?.word === "be") return true;
  if (
    next !== "" &&
    !/^(tops|max|maximum|prob|probably|ish|maybe|perhaps|ig|lol|now|rn|right|currently|tbh|anyway|at|when|if|unless|earlier|before|standing|sitting|walking|running|uphill|downhill|resting|and|hon|honey|i|but|or|mate|though|not)$/.test(
      next,
    )
  )
    return tokens[amount.end]?.segment !== tokens[amount.start]?.segment;
  if (/^(and|or|at|but|i|not)$/.test(next) && amount.start > 0) return false;
  if (tokens.some(({ word }) => /^(press|pressed|dial|option|button|step|question)$/.test(word))) return false;
  const sentence = tokens.filter((token) => token.sentence === tokens[amount.start]?.sentence);
  if (sentence.some(({ word }) => PERSON_OR_SEX.test(word))) return false;
  // "1. calf 2. back": a list.
  return !(amount.value <= 2 && tokens.some(({ value }) => value === 3 - amount.value));
}

/** "Between 6 and 7". */
function isBetween(tokens: readonly Token[], amount: Amount, numbers: readonly Amount[]): boolean {
  const low = numbers.find(
    ({ start }) =>
      tokens[start - 1]?.word === "between" || (tokens[start - 2]?.word === "between" && tokens[start - 1]?.word === "a"),
  );
  const high = low === undefined ? undefined : numbers.find(({ start }) => start > low.start && start - low.end <= 2);
  if (low === undefined || high === undefined || (amount !== low && amount !== high)) return false;
  if (high.value > 10 || high.value - low.value > 2 || high.value <= low.value || !stands(wordOf(tokens, high, high.end)))
    return false;
  const before = tokens.slice(0, low.start).map(({ word }) => word);
  return !before.some((word) => /^(started|start|happened|happens|woke|wake|comes|usually|sometime|open|at|closed)$/.test(word));
}

/** "He held up five fingers." */
function isShownByFingers(tokens: readonly Token[], { start, end }: Amount): boolean {
  if (!/^fingers?$/.test(tokens[end]?.word ?? "") || tokens[start - 1]?.word !== "up") return false;
  return /^(hold|holds|holding|held|put|puts|putting)$/.test(tokens[start - 2]?.word ?? "");
}

/** Whether the number belongs to a range whose first end is a mark: the 8 of "a 7 or 8". */
export function joinsScore(tokens: readonly Token[], before: Amount, amount: Amount): boolean {
  if (amount.value > 10) return false;
  const between = tokens
    .slice(before.end, amount.start)
    .map(({ word }) => word)
    .join(" ");
  const lead = tokens[before.start - 1]?.word;
  if (
    /^(ig |yeah |period )?(no|no wait|wait no|no hang on|actually|wait|hang on|no yeah)( a| an| put| just| say| make it)*$/.test(
      between,
    )
  )
    return true;
  return (
    /^(ig maybe|or|or maybe|maybe|maybe a|or a|maybe pushing|pushing)$/.test(between) ||
    (/^and( a)?$/.test(between) &&
      /^(between|a)$/.test(lead ?? "") &&
      tokens.slice(0, before.start).some(({ word }) => word === "between")) ||
    (between === "" && amount.start === before.end && tokens[amount.start]?.afterDash === true)
  );
}

/** The ends of the scale itself, which are no mark: "on a scale of one to ten", "1-10". */
export function isScaleItself(tokens: readonly Token[], amount: Amount, numbers: readonly Amount[]): boolean {
  return numbers.some((other) => {
    const [low, high] = other.start < amount.start ? [other, amount] : [amount, other];
    if (low === high || low.value > 1 || high.value !== 10 || high.start - low.end > 1) return false;
    const between = tokens[low.end]?.word;
    return high.start === low.end ? tokens[high.start]?.afterDash === true : /^(to|through|till|and)$/.test(between ?? "");
  });
}

/** "When I stand it is six", said after another mark. */
export function isFurtherScore(tokens: readonly Token[], amount: Amount): boolean {
  const before = wordOf(tokens, amount, amount.start - 1);
  if (amount.value > 10 || tokens[amount.start]?.word === "one" || tokens[amount.end]?.afterSlash) return false;
  return /^(is|its|a|an|about|nearly|almost|just)$/.test(before) && stands(wordOf(tokens, amount, amount.end));
}

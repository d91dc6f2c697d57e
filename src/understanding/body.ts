import type { Area, Side } from "../care/labels.ts";
import type { Match } from "./phrases.ts";
import { hasMoved, isPutRight, isTakenBack, isTrouble, MENTIONS, type Mention, mentionOf } from "./place.ts";
import type { MessageCues } from "./polarity.ts";
import type { Token } from "./tokens.ts";

interface Place {
  readonly area: Area;
  readonly start: number;
  readonly end: number;
  readonly mention: Mention;
  readonly match: Match;
}

export interface Body {
  /** The area that the message is about; null when none is told. */
  readonly area: Area | null;
  /** Further areas, in the order told. */
  readonly others: readonly Area[];
  /** A limb whose part was not told: "leg", "arm", or the whole "body". */
  readonly vague: "leg" | "arm" | "body" | null;
  readonly side: Side | null;
  /** Areas that were denied: "not my calf". */
  readonly denied: readonly Area[];
}

const VAGUE = "vague:";
const WEAK = "weak:";
const NOT = "not:";
/** A message of so many words may be a bare answer to "where is it?". */
const BARE_ANSWER = 3;

/** Concept names of the body matcher: area ids, "weak:" and an area id, "vague:leg" and "not:". */
export function bodyConcepts(lexicon: {
  readonly areas: Readonly<Record<string, readonly string[]>>;
  readonly weak: Readonly<Record<string, readonly string[]>>;
  readonly vague: Readonly<Record<string, readonly string[]>>;
  readonly not: readonly string[];
}): Map<string, string[]> {
  const concepts = new Map<string, string[]>();
  for (const [area, phrases] of Object.entries(lexicon.areas)) concepts.set(area, [...phrases]);
  for (const [area, phrases] of Object.entries(lexicon.weak)) concepts.set(`${WEAK}${area}`, [...phrases]);
  for (const [name, phrases] of Object.entries(lexicon.vague)) concepts.set(`${VAGUE}${name}`, [...phrases]);
  concepts.set(NOT, [...lexicon.not]);
  return concepts;
}

/**
 * @param found the places of the body lexicon that stand in the message
 * @param onSkin the message tells of a rash, a wound or the like: where nothing hurts in a muscle, its place does not count
 */
export function readBody(tokens: readonly Token[], found: readonly Match[], cues: MessageCues, onSkin = false): Body {
  const hurts = tokens.some(({ word }) => isTrouble(word));
  const matches = longestFirst(found.filter((match) => !(match.concept === NOT && isOverruled(tokens, match, found))));
  const places: Place[] = [];
  const denied: Area[] = [];
  let vague: Body["vague"] = null;
  let lastDenied: Match | null = null;
  for (const match of matches) {
    if (match.concept === NOT) continue;
    if (match.concept.startsWith(VAGUE)) {
      vague ??= match.concept.slice(VAGUE.length) as Body["vague"];
      continue;
    }
    const weak = match.concept.startsWith(WEAK);
    if ((onSkin && !hurts) || (weak && !hurts && tokens.length > BARE_ANSWER)) continue;
    const area = (weak ? match.concept.slice(WEAK.length) : match.concept) as Area;
    if (isDenied(tokens, match, cues) && !isCorrected(tokens, lastDenied, match)) {
      denied.push(area);
      lastDenied = match;
    } else {
      const told = mentionOf(tokens, match);
      const mention = told === "told" && cues.polarityOf(match, true) === "other" ? "left" : told;
      if (mention !== "passing")
        places.push({
          area,
          start: match.start,
          end: match.end,
          mention: weak && mention === "told" ? "quoted" : mention,
          match,
        });
    }
  }
  markMoves(tokens, places);
  const main = mainPlace(places, tokens);
  const others = [...new Set(places.filter(({ mention }) => mention === "told").map((place) => place.area))].filter(
    (area) => area !== main?.area,
  );
  return { area: main?.area ?? null, others, vague: main === null ? vague : null, side: readSide(tokens, matches), denied };
}

/**
 * Whether a wording that names no part of the body ("back from", "bottle neck") is none here: an owner stands at the part
 * ("my back from locking", "a bottle on my neck").
 */
function isOverruled(tokens: readonly Token[], not: Match, found: readonly Match[]): boolean {
  if (/^backs?$/.test(tokens[not.start]?.word ?? "")) {
    if (tokens[not.start]?.word === "backs") return true;
    const last = tokens[not.end - 1]?.word ?? "";
    const owner = tokens[not.start - 1]?.word ?? "";
    if (/^(from|to|at|in|on|up|off|out|again|then|later|into|please)$/.test(last) && OWNER.test(owner)) return true;
  }
  return found.some(
    ({ concept, start, end }) =>
      concept !== NOT && start - 1 > not.start && end <= not.end && INNER_OWNER.test(tokens[start - 1]?.word ?? ""),
  );
}

const OWNER = /^(my|his|her|your|their|our|lower|upper|bad|sore|dodgy|stiff|a|for)$/;
const INNER_OWNER = /^(my|his|her|your|their|our|the|any|some)$/;
const NEGATOR =
  /^(no|not|nor|never|without|isnt|aint|wasnt|arent|none|neither|dont|doesnt|didnt|hasnt|havent|nae|nope|cant|wont)$/;
const AFTER_ANSWER = /^(no|not|it|its|i|im|ive|u|you|how|youve|that|thats|wait|sorry|hon|hang|my|she|he)$/;

/**
 * Whether the place itself is denied ("not my calf"). That all is well there ("calf is fine now") is no denial, nor is a "no"
 * that answers ("no, it's my calf") or a loss ("no feeling in my calf").
 */
function isDenied(tokens: readonly Token[], match: Match, cues: MessageCues): boolean {
  if (cues.polarityOf(match, true) !== "negated") return false;
  const sentence = tokens[match.start]?.sentence;
  for (let at = Math.max(0, match.start - 8); at < match.start; at++) {
    const word = tokens[at]?.word ?? "";
    if (tokens[at]?.sentence !== sentence || !NEGATOR.test(word)) continue;
    const next = tokens[at + 1]?.word ?? "";
    if (/^(no|nope)$/.test(word) && AFTER_ANSWER.test(next)) continue;
    if (/^(feel|feeling|feelin|sensation|strength|power|control|grip)$/.test(next)) continue;
    return true;
  }
  const after = tokens.slice(match.end, match.end + 2).map(({ word }) => word);
  return /^(isnt|arent|no|not)\b|^(is|are) not$/.test(after.join(" "));
}

/** The second place of "not my foot, my shin" is not denied, that of "not my foot or shin" is. */
function isCorrected(tokens: readonly Token[], denied: Match | null, match: Match): boolean {
  if (denied === null || denied.start === match.start) return false;
  const between = tokens.slice(denied.end, match.start);
  if (between.length > 6 || between.some(({ word }) => /^(or|nor|and|no|not|neither|isnt|any)$/.test(word))) return false;
  return between.some(({ word }) => /^(my|its|said|meant|mean|but|the|it|i|his|her|rather|just)$/.test(word));
}

/** Marks the places that the trouble has left, and those that were taken back. */
function markMoves(tokens: readonly Token[], places: Place[]): void {
  for (let i = 0; i + 1 < places.length; i++) {
    const [from, to] = [places[i] as Place, places[i + 1] as Place];
    if (from.mention !== "told" || from.area === to.area) continue;
    if (hasMoved(tokens, from.match, to.match)) places[i] = { ...from, mention: "left" };
    else if (isTakenBack(tokens, from.match, to.match)) places[i] = { ...from, mention: "quoted" };
  }
}

/** Overlapping matches: the longest stays, so that "back of my thigh" is not "back". */
function longestFirst(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of [...matches].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (kept.every((other) => match.end <= other.start || match.start >= other.end)) kept.push(match);
  }
  return kept.sort((a, b) => a.start - b.start);
}

const CORRECTION = /^(meant|mean|wrong|mistake|sorry|typo|misheard|instead|correction|not|wrote)$/;

/**
 * Of the places that are spoken of in the most telling way, the one nearest to a word of trouble; among equals the first.
 * In a correction the one that is put right.
 */
function mainPlace(all: readonly Place[], tokens: readonly Token[]): Place | null {
  const mention = MENTIONS.find((one) => all.some((place) => place.mention === one));
  const places = all.filter((place) => place.mention === mention);
  if (places.length > 1 && tokens.length < 60 && tokens.some(({ word }) => CORRECTION.test(word))) {
    const right = places.findLast(({ match }) => isPutRight(tokens, match));
    if (right !== undefined) return right;
  }
  const troubles = tokens.flatMap(({ word }, at) => (isTrouble(word) ? [at] : []));
  let best: Place | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const distance = Math.min(
      50,
      ...troubles.map((at) => {
        const gap = at < place.start ? place.start - at : at >= place.end ? at - place.end + 1 : 0;
        return gap + (tokens[at]?.sentence === tokens[place.start]?.sentence ? 0 : 20);
      }),
    );
    if (distance < bestDistance - 3 || best === null) {
      best = place;
      bestDistance = distance;
    }
  }
  return best;
}

const BODY_WORD =
  /^(leg|legs|arm|arms|foot|feet|hand|hands|calf|calves|thigh|thighs|hamstring|hamstrings|hammy|hammies|quad|quads|shin|shins|knee|hip|hips|shoulder|shoulders|glute|glutes|buttock|bum|cheek|bicep|biceps|tricep|triceps|forearm|forearms|wrist|wrists|elbow|thumb|finger|fingers|toe|toes|ankle|heel|arch|eye|eyelid|jaw|groin|side|neck|back|rib|ribs|lower|upper|trap|traps|one|big|inner|front|butt|ones|testicle|soles|sole|eyes)$/;

function readSide(tokens: readonly Token[], places: readonly Match[]): Side | null {
  let found: Side | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.word;
    if (word !== "left" && word !== "right" && word !== "both" && word !== "lefthand" && word !== "righthand") continue;
    const next = tokens[at + 1]?.word ?? "";
    const before = tokens[at - 1]?.word ?? "";
    const behindPlace = places.some((place) => place.end === at || place.end === at - 1);
    const namesBody = BODY_WORD.test(next) || (/^(my|of|hand|the|and)$/.test(next) && BODY_WORD.test(tokens[at + 2]?.word ?? ""));
    if (
      word === "right" &&
      /^(now|after|away|through|on|up|below|above|behind|under|in|before|as|then|so|at|where|off|out|into|when|back)$/.test(
        next,
      ) &&
      !BODY_WORD.test(before)
    )
      continue;
    // "Left" by itself is an answer; "right" by itself agrees.
    const alone = word !== "right" && tokens.length <= 2;
    if (
      !namesBody &&
      !behindPlace &&
      !alone &&
      !(before === "the" && tokens.length <= 8) &&
      !(before === "my" && next !== "" && BODY_WORD.test(next))
    )
      continue;
    const side = word.startsWith("left") ? "left" : word.startsWith("right") ? "right" : "both";
    if (before === "not") continue;
    if (found !== null && found !== side) return "both";
    found = side;
  }
  return found;
}

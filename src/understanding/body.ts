import type { Area, Side } from "../care/labels.ts";
import type { Match } from "./phrases.ts";
import type { MessageCues } from "./polarity.ts";
import type { Token } from "./tokens.ts";

export interface Place {
  readonly area: Area;
  readonly start: number;
  readonly end: number;
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
const NOT = "not:";
const TROUBLE =
  /^(cramp|cramps|cramping|cramped|spasm|spasms|spasming|spasmed|seized|locked|knot|knotted|pain|hurts|hurting|sore|ache|aching|aches|twitching|twitches|twitch|tight|stiff|grabbed|charley|horse|agony|throbbing|balled|killing|gripping|cramp)$/;

/** Concept names of the body matcher: area ids, "vague:leg" and "not:". */
export function bodyConcepts(lexicon: {
  readonly areas: Readonly<Record<string, readonly string[]>>;
  readonly vague: Readonly<Record<string, readonly string[]>>;
  readonly not: readonly string[];
}): Map<string, string[]> {
  const concepts = new Map<string, string[]>();
  for (const [area, phrases] of Object.entries(lexicon.areas)) {
    concepts.set(area, [...phrases]);
  }
  for (const [name, phrases] of Object.entries(lexicon.vague)) concepts.set(`${VAGUE}${name}`, [...phrases]);
  concepts.set(NOT, [...lexicon.not]);
  return concepts;
}

/** @param found the places of the body lexicon that stand in the message */
export function readBody(tokens: readonly Token[], found: readonly Match[], cues: MessageCues): Body {
  const matches = longestFirst(found);
  const places: Place[] = [];
  const denied: Area[] = [];
  let vague: Body["vague"] = null;
  for (const match of matches) {
    if (match.concept === NOT) continue;
    if (match.concept.startsWith(VAGUE)) {
      vague ??= match.concept.slice(VAGUE.length) as Body["vague"];
      continue;
    }
    const polarity = cues.polarityOf(match, true);
    const area = match.concept as Area;
    if (polarity === "negated") denied.push(area);
    else places.push({ area, start: match.start, end: match.end });
  }
  const main = mainPlace(places, tokens);
  const others = [...new Set(places.map((place) => place.area))].filter((area) => area !== main?.area);
  return { area: main?.area ?? null, others, vague: main === null ? vague : null, side: readSide(tokens, matches), denied };
}

/** Overlapping matches: the longest stays, so that "back of my thigh" is not "back". */
function longestFirst(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of [...matches].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (kept.every((other) => match.end <= other.start || match.start >= other.end)) kept.push(match);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** The place nearest to a word of trouble; among equals the first. */
function mainPlace(places: readonly Place[], tokens: readonly Token[]): Place | null {
  const troubles = tokens.flatMap((token, at) => (TROUBLE.test(token.word) ? [at] : []));
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
    if (
      !namesBody &&
      !behindPlace &&
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

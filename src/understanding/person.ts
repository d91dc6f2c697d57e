import { type Amount, readNumbers } from "./numbers.ts";
import type { Token } from "./tokens.ts";

/** Who has the cramp: the writer, or somebody they look after. */
export interface Patient {
  readonly who: "self" | "other";
  /** The word they were called by ("son"), when one was used. */
  readonly relation: string | null;
}

const MINE = /^(i|im|ive|my|mine|myself|id)$/;

/**
 * @param relatives the lay words for other people: "son", "mum", "teammate"
 */
export function readPatient(tokens: readonly Token[], relatives: ReadonlySet<string>): Patient {
  const SELF: Patient = { who: "self", relation: null };
  const subject = tokens.findIndex((_token, at) => isPerson(tokens, at, relatives) && !isInPassing(tokens, at));
  if (subject >= 0) {
    if (hasOwnTrouble(tokens, subject)) return SELF;
    return { who: "other", relation: (tokens[subject] as Token).word };
  }
  const child = tokens.findIndex((_token, at) => isChildByYears(tokens, at));
  if (child >= 0 && !hasOwnTrouble(tokens, child)) return { who: "other", relation: "child" };
  const pronoun = tokens.findIndex((_token, at) => isSheOrHe(tokens, at));
  if (pronoun >= 0 && !hasOwnTrouble(tokens, -1)) return { who: "other", relation: null };
  return SELF;
}

function isPerson(tokens: readonly Token[], at: number, relatives: ReadonlySet<string>): boolean {
  const word = tokens[at]?.word ?? "";
  const before = tokens[at - 1]?.segment === tokens[at]?.segment ? (tokens[at - 1]?.word ?? "") : "";
  if (/^(kids|children)$/.test(word)) return /^(do|can|should|could|are)$/.test(before);
  if (!relatives.has(word)) return false;
  // "Mate, my thumb locked", "cheers, mate": called, not told about.
  if (/^(mate|bro|pal|buddy|man|baby|lad|son|doc|sis)$/.test(word) && !DETERMINER.test(before)) {
    const alone = tokens[at + 1]?.segment !== tokens[at]?.segment || tokens[at + 1]?.word === "my";
    if (alone) return false;
  }
  return (
    at === 0 ||
    DETERMINER.test(before) ||
    /^(mum|mom|dad|nan|gran|grandma|grandpa|grandad|granny|mam|hubby|daddy|mammy|nana|husband|wife|friend|teammate|baby|son|daughter|boyfriend|girlfriend|partner)$/.test(
      word,
    )
  );
}

const DETERMINER = /^(my|our|his|her|the|a|an|this|your|old|little|big|wee|poor|older|younger|another|elderly|one)$/;

/** Verbs of somebody who helps, talks or disturbs: "my wife says it is nothing", "my kid pressed the buttons". */
const AGENT =
  /^(says|said|thinks|reckons|told|rubbed|tells|suggested|suggests|wants|want|made|gave|insists|noticed|telling|put|used|swears|showed|asked|recommended|massaged|bought|making|recommends|laughed|laughs|got|drove|found|took|calls|shouting|yelling|shouts|pressing|pressed|typing|typed|raised|handed|built|pointed|sending|sends|set|swore|died|passed|lent|reading|read)$/;
/** What makes such a verb tell of harm to that person all the same: "took too many pills", "wants to die". */
const HARM =
  /^(pills|pill|tablets|overdose|overdosed|paracetamol|tylenol|medicine|drugs|poison|bleach|kill|killing|die|dead|suicide|hurt|harm|himself|herself|themselves|jump|injured|knocked|cramp|cramps|cramped|hurts|hurting|sore|bitten|stung|worse|stuck)$/;

/** A person who is not the patient: a helper, a talker, one of a kind ("a man of seventy"), the writer ("I'm a mum"). */
function isInPassing(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? "";
  const article = /^(a|an)$/.test(tokens[at - 1]?.word ?? "");
  if (article && /^(man|woman|lady|bloke|guy|fella|fellow|chap)$/.test(word)) return true;
  if (
    (article && /^(im|am|as|like|having|havin)$/.test(tokens[at - 2]?.word ?? "")) ||
    /^(havin|having)$/.test(tokens[at - 2]?.word ?? "")
  )
    return true;
  if (/^(mum|mom|dad|mother|father)$/.test(word) && tokens[at + 1]?.word === "of") return true;
  const auxiliary = /^(was|is|has|had|keeps|kept|would|just|will|in|law)$/;
  let next = at + 1;
  while (next < at + 4 && auxiliary.test(tokens[next]?.word ?? "")) next++;
  if (!AGENT.test(tokens[next]?.word ?? "")) return false;
  // "Got" and "took" with a complaint behind them tell of the person.
  if (/^(got)$/.test(tokens[next]?.word ?? "") && next > at + 1) return false;
  return !tokens.slice(next + 1, next + 7).some((token) => HARM.test(token.word));
}

/** "My 7 year old", "a six year old's leg"; not "I'm a 16 year old", nor a grown-up who tells the own age. */
function isChildByYears(tokens: readonly Token[], at: number): boolean {
  if (
    !/^(year|years|yr|yrs|month|months|week|weeks)$/.test(tokens[at]?.word ?? "") ||
    !/^olds?$/.test(tokens[at + 1]?.word ?? "")
  )
    return false;
  const before = tokens[at - 2]?.word ?? "";
  if (/^(my|our|his|her|the)$/.test(before)) return true;
  return /^(a|an)$/.test(before) && !/^(im|am|as|like)$/.test(tokens[at - 3]?.word ?? "");
}

/** Somebody known only as "she" or "he", who does more than give advice. */
function isSheOrHe(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? "";
  if (/^(they|theyre|them)$/.test(word)) return !tokens.some((token) => MINE.test(token.word));
  if (!/^(he|she|hes|shes|him|her|his|hers)$/.test(word)) return false;
  return !AGENT.test(tokens[at + 1]?.word ?? "") || tokens.slice(at + 2, at + 7).some((token) => HARM.test(token.word));
}

/** A sentence about one's own body after the relative was named: "carried my toddler, my arm cramps". */
function hasOwnTrouble(tokens: readonly Token[], relative: number): boolean {
  return tokens.some((token, at) => {
    if (token.word !== "my" && token.word !== "im" && token.word !== "i") return false;
    if (at + 1 === relative) return false;
    const next = tokens[at + 1]?.word ?? "";
    if (token.word === "my")
      return /^(calf|leg|legs|foot|feet|back|neck|shoulder|arm|hand|hands|thigh|hamstring|quad|hip|chest|jaw|toe|toes|stomach|tummy|belly|knee|own|lower|upper|left|right|calves|forearm|shin|groin|ribs|abs|glutes|muscle|fingers|wrist|heart|head|hammy|bum|heel|arch|pee|face|thumb|finger|ankle|skin|eye|eyelid|body|cramp|cramps|pain|bicep|quad|quads|glute|trap|sole|spine|abs|side|insurance|legs)$/.test(
        next,
      );
    return (
      /^(cramped|have|got|feel|pulled|cant|woke|seized|twisted|am|had|need|carried|was|fell)$/.test(next) &&
      token.word === "i" &&
      !(next === "have" && /^(been|told|given|tried|done)$/.test(tokens[at + 2]?.word ?? "")) &&
      next !== "am" &&
      next !== "was" &&
      next !== "need"
    );
  });
}

/** Age in years, when told: "I'm 61", "aged 70", "78 year old", "dad, 66,". */
export function readAge(tokens: readonly Token[]): number | null {
  for (const amount of readNumbers(tokens)) {
    if (amount.value > 110 || !Number.isInteger(amount.value)) continue;
    const before = tokens[amount.start - 1];
    const after = tokens[amount.end];
    const next = tokens[amount.end + 1];
    if (after?.afterSlash) continue;
    if (after?.word === "year" || after?.word === "years") {
      if (next?.word === "old" || next?.word === "of") return amount.value;
      continue;
    }
    if (after?.word === "month" || after?.word === "months") {
      if (next?.word === "old") return Math.floor(amount.value / 12);
      continue;
    }
    if (/^(aged|age)$/.test(before?.word ?? "")) return amount.value;
    const closes = after === undefined || after.segment !== (tokens[amount.start] as Token).segment || after.glued;
    const sex = after !== undefined && /^(f|m|male|female|yo|y|yrs)$/.test(after.word);
    const introduced = /^(im|am|is|hes|shes|she|he|turned|turning|was)$/.test(before?.word ?? "");
    if (sex && amount.value >= 5) return amount.value;
    if (introduced && (closes || /^(and|so|with|f|m|next|now|but)$/.test(after?.word ?? "")) && amount.value >= 3) {
      if (/^(weeks|week|minutes|hours|days|kg|km|out|miles)$/.test(after?.word ?? "")) continue;
      if (amount.value >= 11 || /^(he|she|hes|shes|is)$/.test(before?.word ?? "")) return amount.value;
    }
    if (closes && amount.value >= 18 && (before === undefined || before.segment !== (tokens[amount.start] as Token).segment)) {
      return amount.value;
    }
  }
  return null;
}

/** Weeks of a pregnancy. */
export function readWeeksPregnant(tokens: readonly Token[], pregnant: boolean): number | null {
  for (const amount of readNumbers(tokens)) {
    const days = daysOfWeek(tokens, amount);
    if (days && (pregnant || tokens.some((token) => PREGNANCY.test(token.word)))) return amount.value;
    const unit = tokens[amount.end]?.word;
    const after = tokens.slice(amount.end + 1, amount.end + 4).map((token) => token.word);
    if (unit === "weeks" || unit === "week") {
      if (after[0] === "ago" || after[0] === "post" || after[0] === "into" || after[0] === "old") continue;
      if (pregnant && amount.value <= 42) return amount.value;
      if (after[0] === "pregnant" || after[0] === "gone" || after[0] === "along") return amount.value;
    }
    if ((unit === "months" || unit === "month") && (after[0] === "pregnant" || after[0] === "gone"))
      return Math.round(amount.value * 4.345);
    if (unit === "of" && after[0] === "pregnant" && tokens[amount.start - 1]?.word === "month")
      return Math.round(amount.value * 4.345);
  }
  return null;
}

const PREGNANCY =
  /^(week|weeks|pregnant|pregnancy|preggo|preggers|bump|baby|babys|midwife|midwives|twins|contraction|contractions|tightenings|waters|trimester|obs|antenatal|labour|labor|expecting|due|braxton|primip|gestation)$/;

/** "36+4", "26+0": weeks and days as a midwife writes them. */
function daysOfWeek(tokens: readonly Token[], { value, end }: Amount): boolean {
  const number = tokens[end - 1];
  const days = tokens[end];
  if (number === undefined || days?.value === null || days === undefined || value < 4 || value > 43 || days.value > 6)
    return false;
  return days.start === number.end + 1 && !days.afterSlash && !days.afterDash && days.segment === number.segment;
}

/** Body temperature in degrees Celsius. */
export function readTemperature(tokens: readonly Token[]): number | null {
  for (const amount of readNumbers(tokens)) {
    const near = tokens.slice(Math.max(0, amount.start - 6), amount.end + 4).map((token) => token.word);
    const signed = tokens[amount.start]?.sign === "degree";
    const after = tokens[amount.end]?.word;
    const body =
      near.some((word) =>
        /^(temperature|fever|thermometer|forehead|ear|temps|rectal|rectally|oral|armpit|underarm|tympanic|axillary|core|febrile|pyrexia|pyrexial|temping)$/.test(
          word,
        ),
      ) ||
      (near.some((word) => /^(baby|burning|feverish)$/.test(word)) && (signed || after === "c"));
    const place = near.some((word) =>
      /^(outside|weather|out|shade|water|room|oven|office|shed|gym|here|oclock|indoors|kitchen|studio|bath|bathwater|sauna|tub|jacuzzi|tap|kettle|thermostat|forecast|heater|boiler|greenhouse|pool|hob|soak|shower)$/.test(
        word,
      ),
    );
    if (place) continue;
    const unit = signed || after === "c" || after === "f" || after === "degrees" || after === "celsius" || after === "fahrenheit";
    const fahrenheit = amount.value >= 95 && amount.value <= 110 && (body || unit);
    if (fahrenheit && after !== "kg" && after !== "bpm") return ((amount.value - 32) * 5) / 9;
    if (amount.value >= 35 && amount.value <= 43 && body && !/^(weeks|week|minutes|years|year|days|kg|hours)$/.test(after ?? ""))
      return amount.value;
    if (amount.value >= 38 && amount.value <= 42.5 && signed) return amount.value;
  }
  return null;
}

import { type Amount, readNumbers } from "./numbers.ts";
import type { Token } from "./tokens.ts";

/** Who has the cramp: the writer, or somebody they look after. */
export interface Patient {
  readonly who: "self" | "other";
  /** The word they were called by ("son"), when one was used. */
  readonly relation: string | null;
}

const PRONOUNS = /^(he|she|hes|shes|him|her|his|hers|they|theyre|them)$/;
const MINE = /^(i|im|ive|my|mine|myself|id)$/;

/**
 * @param relatives the lay words for other people: "son", "mum", "teammate"
 */
export function readPatient(tokens: readonly Token[], relatives: ReadonlySet<string>): Patient {
  const SELF: Patient = { who: "self", relation: null };
  const subject = tokens.findIndex((_token, at) => isPerson(tokens, at, relatives));
  if (subject < 0) {
    const pronoun = tokens.findIndex((token) => PRONOUNS.test(token.word));
    if (pronoun < 0) return SELF;
    return speaksOfSelf(tokens) ? SELF : { who: "other", relation: null };
  }
  const relation = (tokens[subject] as Token).word;
  if (isAgent(tokens, subject)) return SELF;
  return hasOwnTrouble(tokens, subject) ? SELF : { who: "other", relation };
}

function isPerson(tokens: readonly Token[], at: number, relatives: ReadonlySet<string>): boolean {
  const word = tokens[at]?.word ?? "";
  if (!relatives.has(word)) return false;
  const before = tokens[at - 1]?.word ?? "";
  return (
    at === 0 ||
    /^(my|our|his|her|the|a|an|this|your|old|little|big|wee|poor|older|younger|another|elderly|one)$/.test(before) ||
    /^(mum|mom|dad|nan|gran|grandma|grandpa|grandad|granny|mam|hubby|daddy|mammy|nana|husband|wife|friend|teammate|baby|son|daughter|boyfriend|girlfriend|partner)$/.test(
      word,
    )
  );
}

/** "My wife says it is nothing": she speaks, she is not the patient. */
function isAgent(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.word ?? "";
  return /^(says|said|thinks|reckons|told|rubbed|tells|suggested|suggests|wants|want|made|gave|insists|noticed|keeps telling|put|used|swears|showed|asked|recommended|massaged|bought|made|is telling|is making|recommends|laughed|laughs|got|drove|found|took|calls)$/.test(
    next,
  );
}

/** A sentence about one's own body after the relative was named: "carried my toddler, my arm cramps". */
function hasOwnTrouble(tokens: readonly Token[], relative: number): boolean {
  return tokens.some((token, at) => {
    if (token.word !== "my" && token.word !== "im" && token.word !== "i") return false;
    if (at + 1 === relative) return false;
    const next = tokens[at + 1]?.word ?? "";
    if (token.word === "my")
      return /^(calf|leg|legs|foot|feet|back|neck|shoulder|arm|hand|hands|thigh|hamstring|quad|hip|chest|jaw|toe|toes|stomach|tummy|belly|knee|own|lower|upper|left|right|calves|forearm|shin|groin|ribs|abs|glutes|muscle|fingers|wrist|heart|head|hammy|bum|heel|arch|pee|face)$/.test(
        next,
      );
    return (
      /^(cramped|have|got|feel|pulled|cant|woke|seized|twisted|am|had|need|carried|was|fell)$/.test(next) &&
      token.word === "i" &&
      next !== "am" &&
      next !== "was" &&
      next !== "need"
    );
  });
}

function speaksOfSelf(tokens: readonly Token[]): boolean {
  return tokens.some((token) => MINE.test(token.word));
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

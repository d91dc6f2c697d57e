import type { Place, Situation } from "../src/care/decide.ts";
import { moreUrgent } from "../src/care/labels.ts";
import { SEVERE } from "../src/understanding/pain.ts";
import type { Episode } from "./conversation.ts";
import { isDone } from "./flow.ts";
import type { Turn } from "./turn.ts";

const MINUTE = 60_000;
/** A cramp that grips longer is advised to be seen the same day (sv7). In milliseconds. */
export const TEN_MINUTES = 10 * MINUTE;
const DAY = 24 * 60 * MINUTE;

/** Told during or after rubbing, lifting, coughing: a strain that explains pain at the ribs. */
const STRAINS = ["rib-strain", "strain-clear", "chest-muscle-strain"];
/** Belly pain that is urgent rather than an emergency: a muscle that grabbed, a stitch, a stone, the usual gut. */
const KNOWN_BELLY = ["cramp-abs", "kidney-pain", "gut-benign"];

/** What is known of the episode, in the columns of the decision table. */
export function situationOf(turn: Turn, episode: Episode): Situation {
  return {
    flag: worstFlag(episode),
    active: isActive(turn, episode) && !isDone(episode, "wrap-up"),
    place: placeOf(turn, episode),
    pain: painBand(episode),
    onset: onsetOf(turn, episode),
    trend: episode.trend,
    grip: gripOf(episode),
    card: episode.card.state,
    was_severe: episode.pain.severeOnce,
    explained: isExplained(episode),
    risk: isAtRisk(turn, episode),
    returned: returnedOf(turn, episode),
    signs: signsOf(turn, episode),
  };
}

/** What decisions.yaml lists under `signs`. */
function signsOf(turn: Turn, episode: Episode): readonly string[] {
  const flagged = (id: string) => episode.flags.some((flag) => flag.id === id);
  const since = turn.now - (episode.startedAt ?? turn.now);
  const sore = isSore(episode);
  const grew = episode.trend === "worse" || episode.findings.includes("pain-climbs");
  const signs: readonly [string, boolean][] = [
    ["cannot-answer", flagged("collapse-confusion")],
    ["cannot-get-up", episode.findings.includes("cant-function")],
    ["heat-prolonged", flagged("heat-cramps-prolonged")],
    ["sore-a-day", sore && since >= DAY],
    ["sore-days", sore && (since > 3 * DAY || (since >= DAY && grew))],
  ];
  return signs.filter(([, holds]) => holds).map(([sign]) => sign);
}

/** Told as soreness that is left, as against a cramp. */
export function isSore(episode: Episode): boolean {
  return episode.findings.includes(SORE) && episode.grip !== "gripping";
}

/** Kept among the findings of an episode whose cramp is over and whose soreness was told. */
export const SORE = "sore-since";

/** Flags that rows of the table raise are its own business; they are no reason for a row. */
function worstFlag(episode: Episode): Situation["flag"] {
  const worst = episode.flags
    .filter((flag) => flag.by !== "table")
    .reduce<ReturnType<typeof moreUrgent>>((sum, flag) => moreUrgent(sum, flag.disposition), null);
  return worst === null || worst === "self-care" ? "none" : worst;
}

export function placeOf(turn: Turn, episode: Episode): Place {
  if (episode.moreAreas.length >= 2 || episode.vague === "body") return "many";
  const area = episode.area === null ? undefined : turn.content.areas[episode.area];
  if (area === undefined) return episode.vague === null ? "unknown" : "limb";
  return area.severe;
}

export function painBand(episode: Episode): Situation["pain"] {
  const { now, word } = episode.pain;
  if (now !== null) return now >= SEVERE ? "severe" : now >= 4 ? "4-6" : "0-3";
  if (word === "severe") return "severe";
  if (word === "moderate") return "4-6";
  return word === "mild" ? "0-3" : "unknown";
}

/** Findings of a message that tells of cramps or soreness in general. */
const STORIES = ["recurrent", "doms-soreness", "every-time-walking", "one-task"];
const HOUR = 60 * MINUTE;

/** Something grips now or did a moment ago, as against a story of cramps, a question about them or yesterday's soreness. */
export function isActive(turn: Turn, episode: Episode): boolean {
  const told = (name: string) => episode.findings.includes(name);
  if (isSore(episode)) return false;
  if (episode.grip !== "unknown" || told("gripping-now") || episode.holds > 0 || isDone(episode, "stop-activity")) return true;
  if (episode.startedAt !== null && turn.now - episode.startedAt < HOUR) return true;
  return worstFlag(episode) !== "see-clinician-soon" && !STORIES.some(told);
}

/** With no time told, the talk itself is a lower bound: it began before the first word about it. */
function onsetOf(turn: Turn, episode: Episode): Situation["onset"] {
  const since = episode.startedAt ?? episode.beganAt;
  if (turn.now - since >= TEN_MINUTES) return "over-10";
  if (episode.startUnsure) return "over-10";
  return episode.startedAt === null ? "unknown" : "under-10";
}

function gripOf(episode: Episode): Situation["grip"] {
  if (episode.grip !== "unknown") return episode.grip;
  return painBand(episode) === "0-3" && episode.assessed > 0 ? "let-go" : "unknown";
}

function isExplained(episode: Episode): boolean {
  const told = (names: readonly string[]) => names.some((name) => episode.findings.includes(name));
  return told(STRAINS) || told(KNOWN_BELLY);
}

/** sv16: groups for whom a cramp that lasts or returns goes up a level. "Older" means over 75 here. */
function isAtRisk(turn: Turn, episode: Episode): boolean {
  const { age } = episode.facts;
  if (age !== null && (age < 16 || age > 75)) return true;
  if (episode.risks.some((risk) => risk === "pregnant" || risk === "blood-thinner" || risk === "conditions")) return true;
  return turn.content.populations.some(
    (group) => group.risk && group.findings.some((finding) => episode.findings.includes(finding)),
  );
}

/** How often the same trouble was here before. */
export function returnedOf(turn: Turn, episode: Episode): Situation["returned"] {
  const same = turn.conversation.past.filter((past) => past.area === episode.area && episode.area !== null);
  const within = (span: number) => same.filter((past) => turn.now - past.at <= span).length;
  if (within(DAY) >= 2 || within(7 * DAY) >= 3) return "often";
  return within(DAY) >= 1 ? "within-24h" : "no";
}

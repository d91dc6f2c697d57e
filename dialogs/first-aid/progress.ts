import { type Allowed, decide } from "../../src/care/decide.ts";
import type { Episode } from "../conversation.ts";
import { painBand, placeOf, situationOf } from "../situation.ts";
import type { Turn } from "../turn.ts";

/** What the decision table allows at this point. */
export function allows(turn: Turn, episode: Episode, what: Allowed): boolean {
  return decide(turn.content.decisions, situationOf(turn, episode)).row.allows.includes(what);
}

/** It has let go, or is down to 3 or less: stretching is over. */
export function hasEased(episode: Episode): boolean {
  return episode.grip === "let-go" || (painBand(episode) === "0-3" && episode.trend !== "worse" && episode.grip !== "gripping");
}

/** How many of the usual holds are done before it is time for something else. */
const MOST_HOLDS = 3;

export function moreHolds(episode: Episode): boolean {
  return episode.holds < MOST_HOLDS;
}

/** Signs of an injury or a sick limb: nothing is moved before the card is answered. */
const HOLD_STILL = [
  "pop-snap",
  "rupture-sign",
  "injury-fall",
  "injury-big",
  "after-knock",
  "after-break",
  "limb-swollen",
  "limb-hot-red",
  "limb-cold",
  "limb-pale-blue",
  "limb-numb",
  "fever",
  "limb-heavy-ache",
  "charley-days",
  "bone-sign",
  "bruise-after",
];

/** facts: first relief is for a limb cramp of minutes with nothing told that speaks against it. */
export function mayRelieve(turn: Turn, episode: Episode): boolean {
  if (placeOf(turn, episode) !== "limb" || turn.area === null) return false;
  if (
    episode.flags.some(
      (flag) => flag.disposition === "emergency-now" || (flag.disposition === "urgent-same-day" && flag.by !== "table"),
    )
  )
    return false;
  if (HOLD_STILL.some((finding) => episode.findings.includes(finding))) return false;
  const minutes = episode.startedAt === null ? 0 : (turn.now - episode.startedAt) / 60_000;
  return minutes < 60;
}

/** Not steady on the feet, or told at night in bed: nothing standing. */
export function staysSeated(episode: Episode): boolean {
  const { age } = episode.facts;
  return painBand(episode) === "severe" || (age !== null && (age >= 65 || age < 12)) || episode.findings.includes("dizzy");
}

/** It came in the heat or after sweating in it: first a cool place, then the stretch. */
export function inHeat(episode: Episode): boolean {
  return episode.findings.includes("heat-context") || episode.findings.includes("heat-place");
}

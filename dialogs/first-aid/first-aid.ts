import type { Step } from "../flow.ts";
import { backAgain, firstThisOne, grownUp, nowTheParked } from "./announce.ts";
import { backExercises } from "./back-exercises.ts";
import { bellyKind } from "./belly-kind.ts";
import { fluids } from "./fluids.ts";
import { gentleMovement } from "./gentle-movement.ts";
import { heatCold } from "./heat-cold.ts";
import { lateCheck } from "./late-check.ts";
import { massage } from "./massage.ts";
import { groupNote, reasonForVisit } from "./notes.ts";
import { recheck } from "./recheck.ts";
import { rest } from "./rest.ts";
import { safetyCheck } from "./safety-check.ts";
import { selfCare } from "./self-care.ts";
import { onset, severity } from "./severity.ts";
import { askArea, stopActivity } from "./stop-activity.ts";
import { stretch } from "./stretch.ts";
import { wrapUp } from "./wrap-up.ts";

/**
 * First aid for a muscle spasm, in the order of the article's headings made careful: stop, check that it is safe, stretch,
 * how bad, massage, re-check, rest and gentle movement, heat or cold, fluids, exercises for the back, the end.
 * The first step that is needed comes next; steps repeat as long as they are needed.
 */
export const firstAid: readonly Step[] = [
  grownUp,
  nowTheParked,
  firstThisOne,
  backAgain,
  stopActivity,
  askArea,
  onset,
  safetyCheck,
  bellyKind,
  severity,
  recheck,
  massage,
  stretch,
  lateCheck,
  selfCare,
  rest,
  gentleMovement,
  groupNote,
  heatCold,
  fluids,
  backExercises,
  reasonForVisit,
  wrapUp,
];

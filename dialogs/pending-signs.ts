import { absorbTableFlag, addFlag, TABLE_FLAGS } from "./absorb.ts";
import { chosen, yesNoOf } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { barMassage, isBarred } from "./first-aid/massage.ts";
import { dispositionOf } from "./pending-safety.ts";
import type { Turn } from "./turn.ts";

/** Answers to the questions about one sign, and to the later lists. Each says whether the message was an answer. */

/** The second net's question: yes or unsure is the flag. */
export function answerSuspect(turn: Turn, message: MessageEvent, episode: Episode, flag: string): boolean {
  const safe = flag === "unsafe-setting" && message.understanding.findings.get("safe-now") === "present";
  const answer = safe ? "no" : yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "no") episode.closedFlags.push(flag);
  else {
    if (TABLE_FLAGS.has(flag)) absorbTableFlag(turn, episode, flag);
    else addFlag(turn, episode, flag, dispositionOf(turn, flag), "answer");
    applyDecision(turn, episode);
  }
  return true;
}

/** A sign was taken back: a clear no closes that flag alone. */
export function answerConfirm(turn: Turn, message: MessageEvent, episode: Episode, flag: string): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "no") {
    closeSign(turn, episode, flag);
    episode.row = null;
    // The level is worked out anew from what is left.
    episode.disposition = null;
    turn.sayMessage("cleared");
    applyDecision(turn, episode);
  } else turn.sayMessage("not-cleared");
  return true;
}

/** The flag is off, and with it the tick and the findings that raised it; the others stay. */
function closeSign(turn: Turn, episode: Episode, flag: string): void {
  const lines = turn.world.cardLines;
  const ticked = lines.filter(
    (line) => episode.card.lines[line.id] === "yes" && (line.flag === flag || line.covers.includes(flag)),
  );
  for (const line of ticked) episode.card.lines[line.id] = "no";
  const gone = new Set([flag, ...ticked.flatMap((line) => line.covers)]);
  episode.flags = episode.flags.filter((one) => !gone.has(one.id));
  episode.closedFlags.push(flag);
  // The signs that the cards ask for go; history ("an operation", "a long flight") stays.
  const signs = turn.world.signsOf.get(flag) ?? new Set();
  const asked = new Set(lines.flatMap((line) => line.findings));
  episode.findings = episode.findings.filter((finding) => !signs.has(finding) || !asked.has(finding));
}

/** Both legs move and feel as usual? No or unsure is an emergency. */
export function answerLegs(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "yes") return true;
  addFlag(turn, episode, episode.area === "neck" ? "rapid-weakness" : "cauda-equina", "emergency-now", "answer");
  applyDecision(turn, episode);
  return true;
}

export function answerLateCheck(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const { options } = turn.content.cards.late_check;
  const values = chosen(turn, message);
  const answer = yesNoOf(turn, message);
  const ticked = options.filter((option) => values.includes(option.value) && option.value !== "none");
  if (ticked.length === 0 && !values.includes("none") && answer !== "no") return false;
  turn.conversation.question = null;
  episode.lateCheck = "done";
  for (const option of ticked) {
    if (option.risk !== undefined) episode.risks.push(option.risk);
    if (option.flag !== undefined)
      addFlag(turn, episode, option.flag, option.disposition ?? dispositionOf(turn, option.flag), "answer");
  }
  applyDecision(turn, episode);
  return true;
}

export function answerMassageGate(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const { options } = turn.content.cards.massage_gate;
  const values = chosen(turn, message);
  const answer = yesNoOf(turn, message);
  const ticked = options.filter((option) => values.includes(option.value) && option.clear !== true);
  // "I had a clot two years ago" is as good as the tick.
  if (ticked.length === 0 && answer !== "no" && values.length === 0 && isBarred(episode)) {
    turn.conversation.question = null;
    barMassage(turn, episode);
    return true;
  }
  if (ticked.length === 0 && answer === null && values.length === 0) return false;
  turn.conversation.question = null;
  if (ticked.length === 0 && (values.includes("none") || answer === "no")) {
    episode.gate = "clean";
    return true;
  }
  for (const option of ticked) if (option.risk !== undefined) episode.risks.push(option.risk);
  const steadyAche = episode.findings.includes("limb-heavy-ache") || episode.findings.includes("charley-days");
  const clotRisk = ticked.some((option) => option.risk === "pregnant" || option.risk === "clot-risk");
  if (steadyAche && clotRisk) {
    addFlag(turn, episode, "dvt", "urgent-same-day", "answer");
    applyDecision(turn, episode);
  } else barMassage(turn, episode);
  return true;
}

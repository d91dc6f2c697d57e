import { fill } from "../src/care/said.ts";
import { yesNoOf } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import type { HandOffEvent, MessageEvent } from "./event.ts";
import type { HandOffRequest } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** A person who took over and never said that they were done does not silence the bot for ever. */
const LONGEST_SILENCE = 2 * 60 * 60_000;
/** What wakes the bot while a person has the talk. */
const WAKING = ["restart", "cancel"];
/** Wishes about the data, which are heard at any time. */
const DATA = ["forget-me", "export-me", "know-me"];

/** Asks whether to pass the person on, and with which words. False where it cannot be, or where help must not wait. */
export function offerHandOff(turn: Turn): boolean {
  const terms = turn.world.handOff ?? null;
  const { reach, scope } = turn.event;
  if (terms === null || scope !== "personal" || reach === "none" || (terms.hubOnly && reach !== "push")) return false;
  if (turn.episode?.disposition === "emergency-now") return false;
  if (turn.conversation.handOff !== null) {
    turn.sayMessage("hand-off-waiting");
    return true;
  }
  const choices = turn.choices("yes", "no");
  turn.askMessage(
    terms.named === true ? "hand-off-ask-named" : "hand-off-ask",
    { id: "hand-off", ask: "confirm", choices },
    { values: { summary: handOffSummary(turn) } },
  );
  return true;
}

/** With a yes the summary that was shown goes out, and nothing else. */
export function answerHandOff(turn: Turn, message: MessageEvent): boolean {
  const answer = yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer !== "yes") {
    turn.sayMessage("hand-off-no");
    return true;
  }
  turn.conversation.handOff = "waiting";
  turn.conversation.handOffAt = turn.now;
  turn.setTimer("hand-off", turn.now + (turn.world.handOff?.wait ?? 0));
  turn.sayMessage("handed-over", { handOff: requestOf(turn) });
  return true;
}

/** What the hub or the clinic says. Told twice, too late, or for a talk that waits for nothing, it changes nothing. */
export function takeHandOffStatus(turn: Turn, { state, asked }: HandOffEvent): void {
  const { handOff, handOffAt } = turn.conversation;
  turn.halted = true;
  if (handOff === null || (state === "accepted" && handOff === "accepted")) return;
  if (asked !== null && handOffAt !== undefined && asked !== handOffAt) return;
  turn.clearTimer("hand-off");
  if (state === "accepted") {
    turn.conversation.handOff = "accepted";
    turn.clearTimer("reminder");
    turn.setTimer("hand-off", turn.now + LONGEST_SILENCE);
    turn.sayMessage(turn.world.handOff?.named === true ? "hand-off-taken-named" : "hand-off-taken");
    return;
  }
  turn.conversation.handOff = null;
  turn.sayMessage(state === "completed" ? "hand-off-over" : "hand-off-untaken");
}

/** Nobody took it in time, or whoever did never came back. */
export function handOffOverdue(turn: Turn): void {
  const { handOff } = turn.conversation;
  turn.conversation.handOff = null;
  turn.halted = true;
  if (handOff === "waiting") turn.sayMessage("hand-off-untaken");
  else if (handOff === "accepted") turn.sayMessage("hand-off-over");
}

/** While a person has the talk the bot is quiet; "cancel" and "start over" bring it back. */
export function isMuted(turn: Turn, message: MessageEvent): boolean {
  if (turn.conversation.handOff !== "accepted") return false;
  const { intent, confidence, findings } = message.understanding;
  if (turn.conversation.question?.id === "forget" || DATA.some((wish) => findings.get(wish) === "present")) return false;
  if (message.choice !== "start-over" && !(WAKING.includes(intent) && confidence >= 0.5)) return true;
  turn.conversation.handOff = null;
  turn.clearTimer("hand-off");
  return false;
}

/** What a person who takes over is told, in words: the question shows it, also when it is asked again. */
export function handOffSummary(turn: Turn): string {
  return requestOf(turn).summary;
}

/** What is passed on: what the person told, as facts; never their words. */
function requestOf(turn: Turn): HandOffRequest {
  const { episode } = turn;
  if (episode === null) return { summary: turn.label("summary-nothing"), facts: null };
  const { area, side, patient, pain, startedAt, disposition, flags } = episode;
  const minutes = minutesSince(turn, startedAt);
  return {
    summary: summaryOf(turn, episode, minutes),
    facts: { area, side, patient: patient.who, pain: pain.now, minutes, disposition, flags: flags.map(({ id }) => id) },
  };
}

/** Null when it is not known, or has only just begun. */
function minutesSince(turn: Turn, startedAt: number | null): number | null {
  const minutes = startedAt === null ? 0 : Math.round((turn.now - startedAt) / 60_000);
  return minutes < 2 ? null : minutes;
}

function summaryOf(turn: Turn, { side, patient, pain, flags }: Episode, minutes: number | null): string {
  const area = turn.area?.name;
  const parts = [
    area === undefined ? null : [side === "both" ? null : side, area].filter((one) => one !== null).join(" "),
    patient.who === "other" ? turn.label("summary-other") : null,
    pain.now === null ? null : fill(turn.label("summary-pain"), { value: String(pain.now) }),
    minutes === null ? null : fill(turn.label("summary-since"), { value: String(minutes) }),
    flags.length === 0 ? null : turn.label("summary-sign"),
  ].filter((one) => one !== null);
  return parts.length === 0 ? turn.label("summary-nothing") : parts.join(", ");
}

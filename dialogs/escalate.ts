import type { FlagContent } from "../src/care/content.ts";
import { type Decision, decide } from "../src/care/decide.ts";
import { type Disposition, isEscalation, urgency } from "../src/care/labels.ts";
import type { Said } from "../src/care/said.ts";
import { addFlag } from "./absorb.ts";
import { tickedLine } from "./card-lines.ts";
import type { Episode, RaisedFlagState } from "./conversation.ts";
import type { Reply } from "./reply.ts";
import { situationOf } from "./situation.ts";
import type { Turn } from "./turn.ts";

/** Rows whose advice goes along with the flow: the hold, the card or the re-check still follow. */
const GOES_ON = new Set(["hold", "card", "area", "onset", "relief"]);

/**
 * Looks the episode up in the decision table and says what follows, when that is new. The one place where a level changes.
 * @returns the decision
 */
export function applyDecision(turn: Turn, episode: Episode): Decision {
  const before = episode.disposition;
  const decision = decide(turn.content.decisions, situationOf(turn, episode));
  for (const id of decision.row.flags) addFlag(turn, episode, id, decision.disposition ?? "urgent-same-day", "table");
  episode.disposition = keepEscalation(episode, before, decision);
  if (isNews(turn, episode, before, decision)) speak(turn, episode, decision);
  episode.row = decision.row.id;
  turn.severeNow = false;
  return decision;
}

/** A level that called for help goes down only by a row that steps down, never by forgetting. */
function keepEscalation(episode: Episode, before: Disposition | null, decision: Decision): Disposition | null {
  if (before === null || !isEscalation(before)) return decision.disposition;
  if (decision.disposition === null) return before;
  // An emergency ends by an answer or a new episode, never by a row.
  if (before === "emergency-now") return before;
  const stepsDown = decision.row.say.startsWith("sp3") || decision.row.say === "sp-low";
  if (stepsDown || episode.flags.length === 0) return decision.disposition;
  return urgency(decision.disposition) <= urgency(before) ? decision.disposition : before;
}

function isNews(turn: Turn, episode: Episode, before: Disposition | null, decision: Decision): boolean {
  if (decision.row.say === "none") return false;
  if (decision.row.say === "flag") {
    const flag = leadingFlag(turn, episode, decision.row.flags);
    return flag !== null && !episode.saidRows.includes(`flag:${flag.id}:${flag.disposition}`);
  }
  if (decision.row.id !== episode.row) return true;
  return turn.severeNow || before !== decision.disposition;
}

function speak(turn: Turn, episode: Episode, decision: Decision): void {
  withdrawLesser(turn, episode);
  if (decision.row.say === "flag") speakFlag(turn, episode, decision);
  else speakRow(turn, episode, decision);
}

/**
 * What this turn said at a lesser level is taken back: one message may bring the table to two rows ("it is an 8 now" is severe,
 * and then worse than before), and nobody should read of a doctor today above "call the ambulance".
 */
function withdrawLesser(turn: Turn, episode: Episode): void {
  const level = episode.disposition;
  if (level === null || !isEscalation(level)) return;
  const isLesser = ({ step, disposition }: Reply) =>
    (step === "escalate" || step === "recheck") && disposition !== null && urgency(disposition) > urgency(level);
  if (!turn.replies.some(isLesser)) return;
  const kept = turn.replies.filter((reply) => !isLesser(reply));
  turn.replies.splice(0, turn.replies.length, ...kept);
  turn.said.splice(0, turn.said.length, ...turn.said.filter((key) => !/^(decision|flag):/.test(key)));
  episode.saidRows = episode.saidRows.filter((row) => row !== episode.row);
}

function speakRow(turn: Turn, episode: Episode, decision: Decision): void {
  const texts = turn.content.decisions.texts[decision.row.say];
  if (texts === undefined) throw new Error(`decisions.yaml has no text "${decision.row.say}"`);
  const again = episode.saidRows.includes(decision.row.id);
  const said = again ? texts.later : firstTexts(episode, texts);
  if (!again) episode.saidRows.push(decision.row.id);
  for (const text of said) {
    if (turn.full) break;
    turn.say(text, {
      step: isEscalation(decision.disposition) ? "escalate" : "recheck",
      key: `decision:${decision.row.say}`,
      sources: turn.content.decisions.sources,
      choices: closing(turn, decision),
    });
  }
  if (decision.row.id === "sp5") askPlace(turn);
  if (decision.row.id === "sv3") askLegs(turn);
  if (!decision.row.allows.some((one) => GOES_ON.has(one)) && isEscalation(decision.disposition)) endFlow(turn);
  if (decision.row.say === "sp3-stop" || decision.row.id === "sv7" || decision.row.id === "sv18") stopStretching(turn, episode);
}

/** The person is asked where it is inside the text of sp5 itself. */
function askPlace(turn: Turn): void {
  turn.expect({ id: "area", ask: "area", step: "clarify", options: [] });
  markAsking(turn);
}

/** sv3: in the same reply, whether the nerves of the legs work. */
function askLegs(turn: Turn): void {
  const choices = [turn.choice("yes"), turn.choice("no"), turn.choice("unsure")];
  turn.askMessage("ask-legs", { id: "legs", ask: "which-sign", choices }, { sources: turn.content.decisions.sources });
}

function firstTexts(
  episode: Episode,
  texts: { first: Said[]; inside?: Said[] | undefined; ache?: Said[] | undefined },
): readonly Said[] {
  if (episode.card.state === "clean" && texts.inside !== undefined) return texts.inside;
  // The stop and the relief were said before: the advice alone.
  if (episode.done.includes("stop-activity") && texts.inside !== undefined) return texts.first.slice(0, 1);
  if (texts.ache !== undefined && !episode.findings.includes("cramp-strict") && episode.grip !== "gripping") return texts.ache;
  return texts.first;
}

/** What the person may press while help is on its way: these buttons never go stale. */
export const WAITING_FOR_HELP: readonly string[] = ["called", "getting-worse", "start-over"];

function closing(turn: Turn, decision: Decision) {
  if (!isEscalation(decision.disposition) || decision.row.allows.length > 0) return [];
  return turn.choices(...WAITING_FOR_HELP);
}

/** What is needed of a flag to speak about it. */
export type LeadingFlag = Pick<FlagContent, "id" | "disposition" | "first" | "action" | "sources" | "ask">;

/** The most urgent flag that is up; the newest of equals. */
export function leadingFlag(turn: Turn, episode: Episode, tableFlags: readonly string[] = []): LeadingFlag | null {
  const ranked = episode.flags
    .filter((flag) => flag.by !== "table" || tableFlags.includes(flag.id))
    .toSorted((a, b) => urgency(a.disposition) - urgency(b.disposition) || b.at - a.at);
  const first = ranked[0];
  if (first === undefined) return null;
  const content = turn.content.flags.find((flag) => flag.id === first.id);
  if (content !== undefined) return { ...content, disposition: first.disposition };
  return lineAsFlag(turn, episode, first);
}

/** A ticked line of the card that may be several things: said in general words until the next question has told which. */
function lineAsFlag(turn: Turn, episode: Episode, flag: RaisedFlagState): LeadingFlag {
  const { sources, first } = turn.content.cards;
  const likeliest = likeliestOf(turn, episode, flag.id);
  return {
    id: flag.id,
    disposition: flag.disposition,
    first: likeliest?.first ?? first,
    action: likeliest?.action ?? [],
    sources,
    ask: [],
  };
}

/** The flag that a ticked line most likely is, whose words are said until the next question has told. */
function likeliestOf(turn: Turn, episode: Episode, id: string): FlagContent | undefined {
  const line = tickedLine(turn, episode, id);
  return turn.content.flags.find((one) => one.id === line?.flag);
}

function speakFlag(turn: Turn, episode: Episode, decision: Decision): void {
  const flag = leadingFlag(turn, episode, decision.row.flags);
  if (flag === null) return;
  for (const id of [flag.id, likeliestOf(turn, episode, flag.id)?.id ?? flag.id])
    episode.saidRows.push(`flag:${id}:${flag.disposition}`);
  episode.told = 0;
  const choices = closing(turn, decision);
  turn.say(leadOf(turn, flag), { step: "escalate", key: `flag:${flag.id}`, sources: flag.sources, choices });
  if (flag.first !== undefined) {
    turn.say(flag.first, { step: "escalate", key: `flag:${flag.id}`, sources: flag.sources, choices });
  }
  if (isEscalation(flag.disposition)) endFlow(turn);
}

function leadOf(turn: Turn, flag: LeadingFlag): Said {
  const leads = turn.content.decisions.leads[flag.disposition] ?? {};
  const route = Object.entries(turn.content.decisions.routes).find(([, flags]) => flags.includes(flag.id))?.[0];
  const lead = (route === undefined ? undefined : leads[route]) ?? leads["default"];
  if (lead === undefined) throw new Error(`decisions.yaml has no lead for ${flag.disposition}`);
  return lead;
}

/** After an escalation no step goes on: timers end and no question but the safety ones stays open. */
function endFlow(turn: Turn): void {
  turn.endSteps();
  turn.halted = true;
}

function stopStretching(turn: Turn, episode: Episode): void {
  episode.stopped = true;
  turn.clearTimer("hold", "massage", "hard-stop");
  turn.conversation.paused = null;
}

/** Turns the last reply into one that asks: its text already holds the question. */
export function markAsking(turn: Turn): void {
  const last = turn.replies.at(-1);
  const { question } = turn.conversation;
  if (last === undefined || question === null) return;
  turn.replies[turn.replies.length - 1] = { ...last, ask: question.ask, question: question.id };
}

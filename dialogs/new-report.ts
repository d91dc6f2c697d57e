import { applyDecision } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { sayNote } from "./first-aid/notes.ts";
import { deniesSigns } from "./pending-safety.ts";
import { reask } from "./reask.ts";
import { durationWords, scoreWords } from "./told.ts";
import type { Turn } from "./turn.ts";

/** "It isn't hot either", in the middle of something else: heard, and what was asked or done goes on. */
export function takeAbsence(turn: Turn, message: MessageEvent): boolean {
  const { understanding, choice } = message;
  if (turn.conversation.question === null || turn.episode === null || choice !== null) return false;
  if (understanding.findings.has("question-asked") || !deniesSigns(turn, message)) return false;
  turn.sayMessage("sign-absent");
  reask(turn);
  turn.halted = true;
  return true;
}

/** Questions about the talk itself give way to a cramp that is told. */
const ABOUT_TALK: ReadonlySet<string> = new Set(["country", "forget", "choose", "general-now", "check-in-grips", "hand-off"]);

/** Something about a cramp that fits no question: the flow takes it up. */
export function newReport(turn: Turn, message: MessageEvent): boolean {
  const { episode } = turn;
  const { understanding } = message;
  if (episode === null) return false;
  const informative =
    understanding.area !== null ||
    understanding.vague !== null ||
    understanding.pain.value !== null ||
    understanding.pain.word !== null ||
    understanding.duration !== null ||
    understanding.side !== null ||
    understanding.findings.get("eased") === "present" ||
    (understanding.intent.startsWith("report-") && understanding.confidence >= 0.5);
  if (informative && ABOUT_TALK.has(turn.conversation.question?.id ?? "")) turn.conversation.question = null;
  if (turn.conversation.question !== null) {
    if (!informative) return false;
    const spoken = turn.replies.length;
    applyDecision(turn, episode);
    if (turn.conversation.question === null) return true;
    if (turn.replies.length === spoken) sayHeard(turn, understanding);
    reask(turn);
    turn.halted = true;
    return true;
  }
  return informative || episode.done.length === 0 || episode.findings.length > 0;
}

/** Repeats of a message that answers no question what it told, so that it is seen to be heard. */
function sayHeard(turn: Turn, understanding: MessageEvent["understanding"]): void {
  if (isGoneNow(turn, understanding)) {
    turn.sayMessage("good-gone", { again: turn.conversation.last.includes("message:good-gone") });
    return;
  }
  if (turn.episode !== null && sayNote(turn, turn.episode, "answer")) return;
  const what = toldAgain(turn, understanding);
  if (what !== null) turn.sayMessage("noted", { values: { what } });
}

function isGoneNow({ episode }: Turn, { findings }: MessageEvent["understanding"]): boolean {
  return findings.get("eased") === "present" && episode?.grip === "let-go";
}

function toldAgain(turn: Turn, { pain, area, side, intent, duration }: MessageEvent["understanding"]): string | null {
  if (pain.value !== null) return scoreWords(turn, pain.value);
  if (intent === "report-same") return turn.label("same").toLowerCase();
  if (intent === "report-better") return turn.label("better").toLowerCase();
  if (duration !== null && turn.episode?.startedAt !== null) return durationWords(turn, duration.minutes);
  if (side !== null && area === null) return side;
  const place = turn.area;
  return area === null || place === null || place.label !== area ? null : place.name;
}

import { isQuestion } from "./answer.ts";
import type { Episode } from "./conversation.ts";
import { leadingFlag, WAITING_FOR_HELP } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { plainQuestion } from "./plain-question.ts";
import { reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/**
 * After help was advised: the bot stays. No stretch, no rubbing, no exercise; what to do until help comes, "I have called",
 * "it is getting worse", and a way to start afresh later.
 */
export function handleHolding(turn: Turn, message: MessageEvent, episode: Episode): void {
  turn.halted = true;
  const { understanding } = message;
  const says = (finding: string) => understanding.findings.get(finding) === "present";
  const again = (id: string) => turn.conversation.last.includes(`message:${id}`);
  const say = (id: string) => turn.sayMessage(id, { again: again(id), choices: turn.choices(...WAITING_FOR_HELP) });
  if (episode.flags.some((flag) => flag.id === "crisis-self-harm")) return say("crisis-stay");
  if (message.choice === "called" || says("help-called")) {
    return say(episode.disposition === "emergency-now" ? "hold-called" : "hold-today");
  }
  if (message.choice === "getting-worse" || understanding.intent === "report-worse") {
    if (episode.disposition !== "emergency-now") episode.disposition = "emergency-now";
    return say("hold-worse");
  }
  if (askBackedOut(turn, message, episode)) return;
  if (understanding.intent === "report-better") return say("hold-better");
  if (
    understanding.intent === "done" ||
    understanding.intent === "affirm" ||
    understanding.intent === "help" ||
    understanding.intent === "explain"
  ) {
    if (tellMore(turn, episode)) return;
  }
  if (understanding.intent === "ask-seriousness") return say("hold-serious");
  if (isQuestion(understanding.intent)) return say("hold-question");
  if (understanding.intent === "thanks") turn.sayMessage("you-are-welcome");
  say("hold-general");
}

/** Nobody answers at the number, or help is long in coming: what to do meanwhile. Never a wish to end or to begin again. */
export function handleHelpBusy(turn: Turn, { understanding, choice }: MessageEvent): boolean {
  if (choice !== null || !understanding.findings.has("help-busy")) return false;
  const { question, episode } = turn.conversation;
  if (!turn.escalated && !understanding.findings.has("help-line")) return false;
  const emergency = !turn.escalated || episode?.disposition === "emergency-now";
  const id = emergency ? "help-busy" : "help-busy-today";
  const again = turn.conversation.last.includes(`message:${id}`);
  turn.sayMessage(id, { again, choices: turn.escalated ? turn.choices(...WAITING_FOR_HELP) : [] });
  if (question !== null) reask(turn);
  turn.halted = true;
  return true;
}

/** Nothing else is to be said: that the advice stands while help is on its way, otherwise whether there is anything more. */
export function sayNothingNew(turn: Turn): void {
  if (!turn.escalated) return turn.sayMessage("anything-else");
  const again = turn.conversation.last.includes("message:hold-general");
  turn.sayMessage("hold-general", { again, choices: turn.choices(...WAITING_FOR_HELP) });
}

/** A4: a sign that is taken back is checked with one plain question, never dropped in silence. */
function askBackedOut(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const { findings, redFlags } = message.understanding;
  const backed = episode.flags.find((flag) => redFlags.some((found) => found.id === flag.id && found.polarity === "negated"));
  const denied = [...findings].filter(([, polarity]) => polarity === "negated").map(([finding]) => finding);
  const bySign = episode.flags.find((flag) => denied.some((finding) => signBelongs(turn, flag.id, finding)));
  const all = episode.flags.map(({ id }) => id);
  const flag = backed?.id ?? bySign?.id ?? (takesBack(message) ? leadingFlag(turn, episode, all)?.id : undefined);
  const question = flag === undefined ? null : plainQuestion(turn, episode, flag);
  if (flag === undefined || question === null) return false;
  const choices = turn.choices("yes", "no", "unsure");
  turn.askMessage("confirm-gone", { id: `confirm:${flag}`, ask: "confirm", choices }, { values: { question } });
  return true;
}

/** "Wrong button", "I misread that": something was not meant, without a word about what. */
function takesBack({ understanding, choice }: MessageEvent): boolean {
  if (choice !== null) return false;
  const { intent, confidence, findings } = understanding;
  return (intent === "correct" && confidence >= 0.5) || findings.has("pressed-wrong");
}

function signBelongs(turn: Turn, flag: string, finding: string): boolean {
  return turn.world.signsOf.get(flag)?.has(finding) ?? false;
}

/** The rest of the action list, a line a turn. */
function tellMore(turn: Turn, episode: Episode): boolean {
  const flag = leadingFlag(
    turn,
    episode,
    episode.flags.map((one) => one.id),
  );
  const line = flag?.action[episode.told + 1];
  if (flag === null || line === undefined) return false;
  episode.told++;
  turn.say(line, { step: "escalate", key: `flag:${flag.id}`, choices: turn.choices(...WAITING_FOR_HELP), sources: flag.sources });
  return true;
}

/** Out of the water, off the road: the unsafe place is over, and the usual flow begins. */
export function leaveUnsafePlace(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const unsafe = episode.flags.some((flag) => flag.id === "unsafe-setting");
  if (!unsafe || message.understanding.findings.get("safe-now") !== "present") return false;
  episode.flags = episode.flags.filter((flag) => flag.id !== "unsafe-setting");
  episode.findings = episode.findings.filter((finding) => !finding.startsWith("unsafe-"));
  episode.closedFlags.push("unsafe-setting");
  episode.disposition = null;
  episode.row = null;
  turn.sayMessage("safe-now");
  return true;
}

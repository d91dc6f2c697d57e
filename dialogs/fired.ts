import { checkIn } from "./check-in.ts";
import type { Episode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import { firstAid } from "./first-aid/first-aid.ts";
import { hasEased } from "./first-aid/progress.ts";
import { askRecheck, setHardStop } from "./first-aid/recheck.ts";
import { askSeverity } from "./first-aid/severity.ts";
import { advance } from "./flow.ts";
import { handOffOverdue } from "./hand-off.ts";
import { finishHold } from "./holds.ts";
import type { Turn } from "./turn.ts";

/** A countdown that is this late is not announced any more; what comes after it is. */
const LATE = 5 * 60_000;

/** A timer fired. One that the conversation does not know any more is ignored. */
export function fired(turn: Turn, id: string): void {
  const timer = turn.conversation.timers.find((one) => one.id === id);
  if (timer === undefined) return;
  turn.conversation.timers = turn.conversation.timers.filter((one) => one.id !== id);
  const late = turn.now - timer.at > LATE;
  const { episode } = turn;
  switch (timer.kind) {
    case "hold":
      if (episode !== null) holdOver(turn, episode, late);
      break;
    case "massage":
      if (episode !== null) massageOver(turn, episode, late);
      break;
    case "hard-stop":
      if (episode !== null) tenMinutes(turn, episode, late);
      break;
    case "reminder":
      remind(turn, late);
      break;
    case "check-in":
      checkIn(turn);
      break;
    case "hand-off":
      handOffOverdue(turn);
      break;
  }
}

function holdOver(turn: Turn, episode: Episode, late: boolean): void {
  finishHold(turn, episode);
  const lead = late ? undefined : turn.messageText("hold-up");
  if (episode.pain.now === null && episode.pain.word === null) askSeverity(turn, lead);
  else askRecheck(turn, lead);
  setHardStop(turn, episode);
}

function massageOver(turn: Turn, episode: Episode, late: boolean): void {
  episode.massage = "done";
  episode.tried = true;
  turn.conversation.question = null;
  askRecheck(turn, late ? undefined : turn.messageText("rub-up"));
}

/** Ten minutes since it began. */
function tenMinutes(turn: Turn, episode: Episode, late: boolean): void {
  episode.done.push("hard-stop");
  if (hasEased(episode) || episode.done.includes("rest") || turn.escalated) return;
  if (episode.grip === "gripping") {
    turn.conversation.question = null;
    applyDecision(turn, episode);
    if (!turn.halted) advance(turn, firstAid);
    return;
  }
  // After a time without a server, what ended before has just asked how it is.
  if (late && turn.conversation.question !== null) return;
  turn.clearTimer("hold", "massage");
  const choices = turn.choices("let-go", "still");
  episode.tried = true;
  turn.askMessage("ten-minutes", { id: "recheck", ask: "recheck", choices });
}

function remind(turn: Turn, late: boolean): void {
  const { conversation } = turn;
  if (conversation.question === null || conversation.reminded || late) return;
  conversation.reminded = true;
  turn.sayMessage("reminder", { ask: conversation.question.ask });
}

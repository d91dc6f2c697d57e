import { TABLE_FLAGS } from "./absorb.ts";
import { newEpisode } from "./conversation.ts";
import { type LeadingFlag, leadingFlag } from "./escalate.ts";
import { plainQuestion } from "./plain-question.ts";
import type { Turn } from "./turn.ts";

/** "Start over": at once, or behind the question of what led to the advice. */
export function askRestart(turn: Turn): boolean {
  const { episode } = turn;
  turn.halted = true;
  const flag =
    episode === null || !turn.escalated
      ? null
      : leadingFlag(
          turn,
          episode,
          episode.flags.map((one) => one.id),
        );
  const question = episode === null || flag === null ? null : plainQuestion(turn, episode, flag.id);
  if (flag === null || question === null) {
    startOver(turn);
    return true;
  }
  askRestartAgain(turn, flag, question);
  return true;
}

/** The sign that led to the advice is asked about first; for pain alone, whether it is still that strong. */
function askRestartAgain(turn: Turn, flag: LeadingFlag, text: string): void {
  const choices = turn.choices("yes", "no", "unsure");
  const question = { id: `restart:${flag.id}`, ask: "confirm", choices } as const;
  if (TABLE_FLAGS.has(flag.id)) turn.askMessage("start-after-pain", question);
  else turn.askMessage("start-after", question, { values: { question: text } });
}

export function startOver(turn: Turn): void {
  const { episode } = turn.conversation;
  // It is still the same cramp: not one more of those that came before.
  if (episode !== null) episode.ended = true;
  turn.endSteps();
  turn.conversation.episode = newEpisode(turn.conversation.turns, turn.now);
  turn.sayMessage("restarted");
  turn.halted = false;
}

import type { Stretch } from "../../src/care/content.ts";
import { joined } from "../../src/care/said.ts";
import type { Episode } from "../conversation.ts";
import { firstDont } from "../dont.ts";
import { isDone, markDone, type Step, unmark } from "../flow.ts";
import type { Turn } from "../turn.ts";
import { sayNote } from "./notes.ts";
import { allows, hasEased, moreHolds, staysSeated } from "./progress.ts";

const SHORT_HOLD = 20;

/** One hold with its countdown. The next comes after the re-check. */
export const stretch: Step = {
  name: "stretch",
  needed: (turn, episode) =>
    !hasEased(episode) &&
    !episode.stopped &&
    !episode.tried &&
    moreHolds(episode) &&
    allows(turn, episode, "hold") &&
    stretchOf(turn, episode) !== null,
  enter: (turn, episode) => {
    if (episode.holds === 0 && turn.replies.length === 0) sayClear(turn);
    if (episode.holds === 0) sayNote(turn, episode, "stretch");
    else if (turn.replies.length === 0 && episode.trend === "better") turn.sayMessage("hold-easing");
    else if (turn.replies.length === 0 && episode.trend === "same") turn.sayMessage("hold-not-yet");
    startHold(turn, episode);
  },
  undo: (_turn, episode) => {
    episode.holds = Math.max(0, episode.holds - 1);
    episode.tried = false;
  },
};

/** The card is clean; beside the first stretch stands the one thing not to do. */
function sayClear(turn: Turn): void {
  const what = turn.area === null ? null : firstDont(turn.area);
  const sources = turn.area?.sources ?? turn.content.cards.sources;
  if (what === null) turn.sayMessage("card-clear");
  else turn.sayMessage("card-clear-dont", { values: { what }, sources });
}

/** The stretch for this hold: the easiest that suits the person; each further hold may be another. */
export function stretchOf(turn: Turn, episode: Episode): Stretch | null {
  const { area } = turn;
  if (area === null || !area.muscle) return null;
  const fitting = area.stretches.filter((one) => suits(episode, one));
  return fitting[0] ?? null;
}

const cannot = ({ id }: Stretch) => `cannot:${id}`;

/** "I can't reach my toes": another stretch of that place; where there is none, the muscle's own move does as well. */
export function stretchAnotherWay(turn: Turn, episode: Episode): void {
  const one = stretchOf(turn, episode);
  if (one !== null) markDone(episode, cannot(one));
  const other = stretchOf(turn, episode);
  if (other !== null && !(other.standing && turn.message?.understanding.findings.has("lying-in-bed") === true)) {
    startHold(turn, episode, turn.messageText("another-way"));
    return;
  }
  // Nothing else fits here: what was begun counts on.
  unmark(episode, ...(one === null ? [] : [cannot(one)]));
  turn.sayMessage("relief-instead", { ask: "done", choices: turn.choices("done", "hurts", "pause", "skip") });
  turn.halted = true;
}

function suits(episode: Episode, one: Stretch): boolean {
  if (one.gate !== undefined && !episode.done.includes("stretch-gate")) return false;
  if (one.standing && staysSeated(episode)) return false;
  if (one.not_first_day === true || isDone(episode, cannot(one))) return false;
  const late = (episode.facts.weeks ?? 0) >= 20;
  if (one.flat_on_back && late) return false;
  return !(one.skip_if ?? []).some((reason) => episode.findings.includes(reason));
}

function holdSeconds(episode: Episode, one: Stretch): number {
  const careful = (episode.facts.age !== null && (episode.facts.age < 16 || episode.facts.age >= 65)) || false;
  const seconds = one.hold.seconds * (one.hold.seconds < 10 ? one.repeats : 1);
  return careful ? Math.min(seconds, SHORT_HOLD) : Math.max(seconds, 10);
}

function startHold(turn: Turn, episode: Episode, lead?: string): void {
  const one = stretchOf(turn, episode);
  if (one === null) return;
  const seconds = holdSeconds(episode, one);
  const choices = turn.choices("done", "hurts", "pause", "skip");
  turn.setTimer("hold", turn.now + seconds * 1000, seconds);
  const repeated = episode.holds > 0;
  const count = turn.messageText("hold-count", { time: timeText(turn, seconds) });
  const said = joined(lead ?? "", repeated ? one.again : one.say, count);
  turn.ask(
    said,
    { id: "hold", ask: "done", choices },
    {
      step: "stretch",
      key: `stretch:${one.id}`,
      timerSeconds: seconds,
      picture: { id: one.id, alt: one.alt },
      sources: turn.area?.sources ?? [],
    },
  );
}

/** "30 seconds", "3 minutes". */
function timeText(turn: Turn, seconds: number): string {
  const minutes = seconds / 60;
  return Number.isInteger(minutes) && minutes > 1 ? `${minutes} ${turn.label("minutes")}` : `${seconds} ${turn.label("seconds")}`;
}

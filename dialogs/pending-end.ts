import { asksSomething, chosen, yesNoOf } from "./answer-reading.ts";
import type { Episode } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";
import { finishEpisode } from "./first-aid/wrap-up.ts";
import type { Turn } from "./turn.ts";

/** Answers at the end. */

const MINUTE = 60_000;
const CHECK_IN_MINUTES = 20;

export function answerCheckIn(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const value = chosen(turn, message)[0];
  const { words, intent } = message.understanding;
  if (asksSomething(message)) return false;
  const later = value === "in-20-minutes" || /\b(20|twenty|minutes|later)\b/.test(words);
  const tomorrow = value === "tomorrow" || /\btomorrow\b/.test(words);
  const closes =
    value === "no-thanks" ||
    yesNoOf(turn, message) === "no" ||
    ["deny", "thanks", "goodbye", "done", "cancel", "report-better"].includes(intent);
  if (!later && !tomorrow && !closes && yesNoOf(turn, message) !== "yes") return false;
  turn.conversation.question = null;
  finishEpisode(turn, episode);
  if (closes && !later && !tomorrow) {
    turn.sayMessage("check-in-none");
    return true;
  }
  const at = tomorrow ? tomorrowMorning(turn) : turn.now + CHECK_IN_MINUTES * MINUTE;
  turn.conversation.checkIn = { at, area: episode.area };
  turn.setTimer("check-in", at);
  turn.sayMessage("check-in-set", {
    values: { when: tomorrow ? turn.label("tomorrow").toLowerCase() : turn.label("in-20-minutes").toLowerCase() },
  });
  return true;
}

/** 09:00 of the next day where the person is; with no time zone 24 hours on. */
function tomorrowMorning(turn: Turn): number {
  const { timeZone } = turn.event;
  if (timeZone === null) return turn.now + 24 * 60 * MINUTE;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    }).formatToParts(turn.now);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
    const sinceMidnight = ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000;
    return turn.now - sinceMidnight + 33 * 60 * MINUTE;
  } catch {
    return turn.now + 24 * 60 * MINUTE;
  }
}

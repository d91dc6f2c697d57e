import type { Conversation } from "../../dialogs/conversation.ts";
import type { Event } from "../../dialogs/event.ts";
import { type Expecting, LONGEST_MESSAGE, type Understand } from "../understanding/understand.ts";
import type { Incoming } from "./port.ts";

/** What came in, understood in the light of the pending question. */
export function eventOf(incoming: Incoming, conversation: Conversation, understand: Understand): Event {
  const { what, locale, timeZone, scope, reach } = incoming;
  const setting = { locale, timeZone, scope, reach };
  if (what.kind === "arrival") return { kind: "arrival", ...setting };
  if (what.kind === "hand-off") return { kind: "hand-off", state: what.state, asked: what.asked, ...setting };
  return {
    kind: "message",
    understanding: understand(what.text, expecting(conversation, what.text)),
    choice: what.choice,
    choiceOf: what.choiceOf,
    without: what.without,
    numbered: what.numbered === true,
    long: what.text.length > LONGEST_MESSAGE,
    ...setting,
  };
}

/** Words that put a number right: "sorry, I meant 5". */
const MEANT = /\b(meant|mean|typo|mistyped|should be|instead of)\b/i;

function expecting({ question, episode }: Conversation, text: string): Expecting {
  const ask = question?.ask;
  const rated = episode !== null && !episode.ended && episode.pain.now !== null && MEANT.test(text);
  return { severity: rated || ask === "severity" || ask === "recheck", onset: ask === "onset", country: ask === "country" };
}

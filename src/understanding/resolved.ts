import type { CuedMessage } from "./cued.ts";
import type { Match } from "./phrases.ts";
import { distance } from "./spans.ts";

const RESOLVED_REACH = 14;
/** The words that say it is over stand at the beginning of the next sentence, and that sentence is short. */
const NEXT_REACH = 4;
const NEXT_LENGTH = 9;
const LONGSTANDING_REACH = 14;
/** Told behind "always": it is no longer as it was. */
const CHANGES = new Set("worse but except new different changed bigger more now today tonight suddenly".split(" "));

/** Whether a sign is told to be over, or to be as it has been for years. */
export function isResolved(message: CuedMessage, mention: Match): boolean {
  if (isLongstanding(message, mention)) return true;
  if (!message.of("resolved").some((one) => ends(message, mention, one))) return false;
  return !comesBack(message, mention);
}

/** "Puffy by teatime, as they have been every summer": it is as it always was, and nothing says that it changed. */
function isLongstanding({ tokens, inSentence }: CuedMessage, mention: Match): boolean {
  return inSentence(mention, "longstanding").some(
    (one) => distance(one, mention) <= LONGSTANDING_REACH && !tokens.slice(one.end).some(({ word }) => CHANGES.has(word)),
  );
}

/** Whether the words tell, behind the sign, that it is over: "it's gone", but not "it's gone hard", "it won't stop". */
function ends(message: CuedMessage, mention: Match, resolved: Match): boolean {
  const { of, sentence } = message;
  if (resolved.start < mention.end || resolved.negator >= 0) return false;
  if (of("turned").some((one) => one.start <= resolved.start && one.end > resolved.start)) return false;
  if (sentence(resolved.start) === sentence(mention.start)) return resolved.start - mention.end <= RESOLVED_REACH;
  return endsInNext(message, mention, resolved);
}

/** "Couldn't feel two fingers. All normal since." */
function endsInNext({ tokens, sentence }: CuedMessage, mention: Match, resolved: Match): boolean {
  const next = sentence(mention.end - 1) + 1;
  if (sentence(resolved.start) !== next) return false;
  const first = tokens.findIndex((token) => token.sentence === next);
  return resolved.start - first <= NEXT_REACH && tokens.filter((token) => token.sentence === next).length <= NEXT_LENGTH;
}

/** "It eases, then it came back", "gone, still numb underneath": told in the sign's sentence or the next. */
function comesBack({ tokens, of, sentence }: CuedMessage, mention: Match): boolean {
  const isNear = ({ start }: Match) => [0, 1].includes(sentence(start) - sentence(mention.start));
  return of("habit").some(isNear) || of("present").some((one) => tokens[one.start]?.word === "still" && isNear(one));
}

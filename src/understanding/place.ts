import type { Match } from "./phrases.ts";
import type { Token } from "./tokens.ts";

/**
 * How a part of the body is spoken of. Only some of that tells where the trouble is; the first of this list that a message
 * has is the one it is about.
 * - `told`: as the place of the trouble
 * - `quoted`: as what was said or understood before ("you put thigh")
 * - `left`: as where it was, or where all is well ("calf ok, quad joined in")
 * - `passing`: not as a place at all: a tool, a posture, an adverb ("my thumb in the knot", "feet up", "go back")
 */
export const MENTIONS = ["told", "quoted", "left", "passing"] as const;
export type Mention = (typeof MENTIONS)[number];

const TROUBLE =
  /^(cramp|spasm|seiz|siez|knot|pain|hurt|sore|ached?$|aches|aching|achy|twitch|stiff|grab|charley|agony|throb|grip|tense|tensing|flutter|flicker|clench|clamp|contract|twing|niggl|tweak|tingl|numb|puls|quiver|jerk|(lock|kill|curl|claw|jump|strain|tight(en)?|catch|burn|pull|bunch)(s|es|ed|ing|in)?$|balled|balling|gone$|gripe|caught|loosen|eased|easing|released)/;

/** Whether a word tells of trouble in a muscle: "cramping", "sore", "locked". */
export function isTrouble(word: string): boolean {
  return TROUBLE.test(word);
}

const OWNER =
  /^(my|me|mi|ma|mah|his|her|hers|your|ur|yer|their|our|both|left|right|babys|sons|daughters|mums|moms|dads|wifes|husbands|kids|boys|girls)$/;
/** Words that stand between an owner and the part: "with my big thumbs". */
const QUALITY =
  /^(my|me|his|her|your|the|a|an|one|both|its|whole|big|bare|own|other|left|right|two|three|four|five|six|seven|eight|nine|ten|these|those|flat|fat)$/;
const JOINED = /^(and|or|nor|n)$/;

const HAND_WORD = /^(hands?|thumbs?|fingers?|knuckles?|palms?|elbows?)$/;
const FOOT_WORD = /^(foot|feet|toes?|heels?|ankles?|soles?)$/;

/** How the part of the body that stands at `place` is spoken of. */
export function mentionOf(tokens: readonly Token[], place: Match): Mention {
  return isPassing(tokens, place) ? "passing" : isLeft(tokens, place) ? "left" : isQuoted(tokens, place) ? "quoted" : "told";
}

function isPassing(tokens: readonly Token[], place: Match): boolean {
  const last = tokens[place.end - 1]?.word ?? "";
  if (/^(hand|finger|thumb|back|shoulder|elbow|foot|neck|knuckl)(ed|ing)$/.test(last) || isWordAskedAbout(tokens, place))
    return true;
  if (last === "back" || last === "backs") {
    const bare = place.end - place.start === 1;
    return (bare && !isBackOfBody(tokens, place.start)) || isLainOn(tokens, place.start);
  }
  if (place.end - place.start > 2) return false;
  if (HAND_WORD.test(last)) return isTool(tokens, place);
  if (FOOT_WORD.test(last)) return isFootPosture(tokens, place);
  if (/^(stomach|tummy|belly|side|front)$/.test(last)) return isLainOn(tokens, place.start);
  if (/^(shoulder|chin)$/.test(last))
    return /^(over|under)$/.test(leadOf(tokens, place.start).word) && !troubleAfter(tokens, place);
  if (/^hips?$/.test(last)) {
    const before = wordsBefore(tokens, place.start, 2).join(" ");
    return (
      /(\bnew|artificial|replaced|metal|titanium|false)( left| right)?$/.test(before) ||
      /^(done|replaced)$/.test(tokens[place.end]?.word ?? "")
    );
  }
  return false;
}

/** "What's a glute?": the word itself is asked about. */
function isWordAskedAbout(tokens: readonly Token[], place: Match): boolean {
  const next = tokens[place.end]?.word ?? "";
  if (isTrouble(next) || /^(stretch|stretches|exercise|exercises|massage|raise|thing|muscle|problem)$/.test(next)) return false;
  const before = wordsBefore(tokens, place.start, 4).join(" ");
  return (
    /(what|whats|what is|what are|what in .*|world is|tarnation is|god is|earth is) an?$/.test(before) ||
    /(mean|meant|meaning) (by|of)( an?| the| your?| engage| engage your?| brace your?)?$/.test(before)
  );
}

/** The words before `at` in its sentence, at most `reach`. */
function wordsBefore(tokens: readonly Token[], at: number, reach: number): string[] {
  return tokens
    .slice(Math.max(0, at - reach), at)
    .filter((token) => token.sentence === tokens[at]?.sentence)
    .map((token) => token.word);
}

/** The nearest word before `at` that is neither an owner nor a quality, and where. */
function leadOf(tokens: readonly Token[], at: number): { readonly word: string; readonly at: number } {
  let lead = at - 1;
  while (lead >= 0 && at - lead <= 4 && QUALITY.test(tokens[lead]?.word ?? "") && tokens[lead]?.sentence === tokens[at]?.sentence)
    lead--;
  const token = tokens[lead];
  return token === undefined || token.sentence !== tokens[at]?.sentence ? { word: "", at: -1 } : { word: token.word, at: lead };
}

function troubleAfter(tokens: readonly Token[], place: Match): boolean {
  return tokens
    .slice(place.end, place.end + 5)
    .some(({ word, segment }) => segment === tokens[place.start]?.segment && isTrouble(word));
}

const BACK_NOUN_BEFORE =
  /^(the|a|an|this|whole|entire|bad|sore|dodgy|stiff|crook|weak|old|auld|poor|lower|upper|mid|achy|aching|healthy|strong|stronger|of|whose|own|bloody|stupid|damn|dicky|tight|painful|gammy|banjaxed|cranky|for|in|across|into)$/;
const BACK_NOUN_AFTER =
  /^(pain|pains|ache|aches|spasm|spasms|spasming|cramp|cramps|cramping|muscle|muscles|exercise|exercises|hurts|hurting|killing|seized|seizing|locked|locks|locking|stiff|stretch|stretches|problem|problems|trouble|injury|injuries|surgery|brace|moves|thing|unlocked|had|extensions|twinge|sore|massage|massages|twitching|workout|routine|strength|went|gone|keeps|is|has|just)$/;
const BACK_ADVERB_BEFORE =
  /^(go|goes|going|gone|come|comes|came|coming|went|get|got|give|put|send|sent|bring|brought|take|took|step|be|was|is|its|it|me|you|him|them|right|straight|years|weeks|way|page|one|flip|roll|wind|rewind|bit|further)$/;

/** Whether "back" is the part of the body and no adverb: it is owned, described, or has trouble. */
function isBackOfBody(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at] as Token;
  // "Back's gone": with an "is" or "has" it is a thing.
  if (token.word === "backs" || token.end - token.start > 5) return true;
  const before = tokens[at - 1];
  const word = before?.sentence === tokens[at]?.sentence ? (before?.word ?? "") : "";
  const next = tokens[at + 1]?.sentence === tokens[at]?.sentence ? (tokens[at + 1]?.word ?? "") : "";
  // "bring me back", which short forms write as "bring my back".
  const verb = tokens[at - 2]?.word ?? "";
  if (/^(my|her)$/.test(word) && /^(bring|call|ring|phone|ping|text|flick|wind|lead|skip|send|chuck|bounce|email)$/.test(verb))
    return false;
  if (word === "my" && /^(take|put|get|give)$/.test(verb) && /^(to|a|in|there|please|on|one|where)$/.test(next)) return false;
  if (OWNER.test(word) && !/^(right|left|both)$/.test(word)) return true;
  if (word === "the" || word === "in" || word === "into") {
    const lead = tokens[word === "the" ? at - 2 : at - 1]?.word ?? "";
    if (/^(at|out|round|around|from|to|missed|oot)$/.test(lead)) return false;
    return word === "the" || next === "" || BACK_NOUN_AFTER.test(next);
  }
  if (BACK_NOUN_BEFORE.test(word)) return true;
  if (
    JOINED.test(word) &&
    /^(neck|shoulders?|hips?|legs?|arms?|bum|calf|calves|chest|glutes?|hamstrings?|feet)$/.test(tokens[at - 2]?.word ?? "")
  )
    return true;
  if (BACK_ADVERB_BEFORE.test(word)) return false;
  if (isTrouble(word) || (word === "up" && isTrouble(verb)) || /^(troublesome|mans|womans|ladys|persons|boys|blokes)$/.test(word))
    return true;
  return BACK_NOUN_AFTER.test(next) || (word === "" && JOINED.test(next));
}

/** "Lying on her back". */
function isLainOn(tokens: readonly Token[], at: number): boolean {
  const lead = leadOf(tokens, at);
  if (lead.word !== "on" && lead.word !== "onto") return false;
  return wordsBefore(tokens, lead.at, 4).some((word) =>
    /^(lie|lies|lying|lay|laying|laid|flat|sleep|sleeping|slept|roll|rolled|flopped|turn|turned|stay)$/.test(word),
  );
}

/** A hand that helps: "with my thumbs", "in one hand", "thumb slipped". */
function isTool(tokens: readonly Token[], place: Match): boolean {
  const { word: lead, at } = leadOf(tokens, place.start);
  const before = wordsBefore(tokens, place.start, 7);
  const next = tokens[place.end]?.segment === tokens[place.start]?.segment ? (tokens[place.end]?.word ?? "") : "";
  const hurts = troubleAfter(tokens, place);
  if (isTrouble(next) || next === "like") return false;
  if (/^(which|what|wrong|cold|proper|slip)$/.test(lead)) return !hurts;
  if (lead === "to" && /^(elbow|thumb|hand|finger|knuckle)$/.test(tokens[place.start]?.word ?? "")) return !hurts;
  if (lead === "up" && before.some((word) => /^(hold|holds|holding|held)$/.test(word))) return true;
  if (next === "flat") return true;
  if (
    /^(fat|clumsy)$/.test(tokens[place.start - 1]?.word ?? "") ||
    /^(slip|slipped|slipping|hit|typed|pressed|happy|sized)$/.test(next)
  )
    return true;
  if (/^(with|using|use)$/.test(lead))
    return !/^(trouble|problem|problems|issue|issues|help|pain|cramp|cramps|happening|wrong|up|do|spasms?)$/.test(
      tokens[at - 1]?.word ?? "",
    );
  if (
    /^(dig|digs|digging|dug|press|pressing|pressed|push|poke|stick|stuck|shove|lean|mash|jab|offering|offer|offerin|squeeze|squeezing|hold|holding|held|getting|stuff|bang|run|put|place|pop|touched)$/.test(
      lead,
    )
  )
    return !hurts || /^(in|into|on|onto|at)$/.test(next);
  if (/^(in|off)$/.test(lead))
    return (
      before.some((word) => /^(holding|held|hold|got|have|had|has|phone|tablet|cup|letter|edge|him|it)$/.test(word)) &&
      !before.some(isTrouble)
    );
  if (/^(has|got|have|had)$/.test(lead) && place.start - at > 1) return !hurts && !before.some(isTrouble);
  if (/^(on|flat|out|tired|free|full|wont|down)$/.test(next) && /^(hands?|palms?|elbows?)$/.test(tokens[place.start]?.word ?? ""))
    return (
      !hurts &&
      !before.some(isTrouble) &&
      /^(the|a|my|his|her|flat|down|free|full|tired)$/.test(tokens[place.end + (next === "on" ? 1 : 0)]?.word ?? "")
    );
  const other = tokens[place.end + 1]?.word ?? "";
  const pair = JOINED.test(next)
    ? HAND_WORD.test(other)
    : JOINED.test(tokens[place.start - 1]?.word ?? "") && HAND_WORD.test(tokens[place.start - 2]?.word ?? "");
  return pair && tokens.length <= 9 && !tokens.some(({ word }) => isTrouble(word));
}

const FURNITURE =
  /^(chair|wall|pillow|stool|bed|floor|table|sofa|couch|step|stair|stairs|headboard|cushion|carpet|ground|lap|counter)$/;

/** A foot that is put somewhere: "feet up", "heel flat on the floor", "pull my toes", "on my feet all day". */
function isFootPosture(tokens: readonly Token[], place: Match): boolean {
  const word = tokens[place.end - 1]?.word ?? "";
  const { word: lead, at } = leadOf(tokens, place.start);
  const next = tokens[place.end]?.segment === tokens[place.start]?.segment ? (tokens[place.end]?.word ?? "") : "";
  const before = wordsBefore(tokens, place.start, 6);
  if (isTrouble(next) || next === "from") return false;
  if (/^heels?$/.test(word) && /^(wear|wearing|wore|in|high|stiletto|kitten)$/.test(lead || (before.at(-1) ?? "")))
    return !before.some(isTrouble);
  if (before.some((one) => /^(cant|couldnt|wont|cannot|hurts|unable)$/.test(one))) return false;
  if (
    /^(pull|pulls|pulling|pulled|point|pointing|pointed|lift|lifting|raise|raised|raising|put|putting|puts|keep|keeping|press|pushed|push|pushing|bend|bending|bring|bringing|hook|flex|flexing|touch|touching|prop|propped|plant|drop|dropping|which|cold|up|wiggle|wiggling|wiggled|set|reach|reached|see|sweet|about)$/.test(
      lead,
    )
  )
    return true;
  if (/^(on|off|to|under|beneath|at)$/.test(lead) && word === "feet")
    return place.start - at > 1 && !isTrouble(tokens[at - 1]?.word ?? "") && !/^(in|cramps?)$/.test(tokens[at - 1]?.word ?? "");
  if (lead === "feel" && !before.some((one) => /^(no|not|dont|barely|hardly|never|didnt|doesnt|less)$/.test(one))) return true;
  if (next === "on" && tokens.slice(place.end + 1, place.end + 3).some((one) => FURNITURE.test(one.word)))
    return !troubleAfter(tokens, place);
  if (/^(round|around)$/.test(lead))
    return before.some((one) => /^(towel|belt|strap|band|sheet|bedsheet|scarf|hooked?|loop|looped)$/.test(one));
  return (
    /^(flat|up|down|against|raised|elevated|propped|planted|drop|drops|raise|raises|circles|pull|bit|business)$/.test(next) &&
    !troubleAfter(tokens, place)
  );
}

/** "Calf ok", "the thigh is fine now". */
function isLeft(tokens: readonly Token[], place: Match): boolean {
  const after = tokens
    .slice(place.end, place.end + 3)
    .filter(({ segment }) => segment === tokens[place.start]?.segment)
    .map(({ word }) => word)
    .join(" ");
  return /^((is|are|feels|was|felt|seems) )?((all|now|totally|perfectly|just) )?(ok|okay|fine|alright|grand|great|good|normal)\b/.test(
    after,
  );
}

const SAID = /^(wrote|put|typed|say|says|said|saying|ticked|chose|picked|selected|called)$/;

/** "You put thigh", "I said back": words that were told or understood before. */
function isQuoted(tokens: readonly Token[], place: Match): boolean {
  const before = wordsBefore(tokens, place.start, 5);
  const verb = before.findLastIndex((word) => SAID.test(word) || /^(heard|told|than|have|got)$/.test(word));
  if (verb < 0) return false;
  const who = before[verb - 1] ?? "";
  const told = before[verb];
  if (/^(you|it|phone|autocorrect|youve)$/.test(who)) return true;
  if (told === "told" || told === "than") return before.length - verb <= 3;
  return /^(i|was)$/.test(who) && SAID.test(told ?? "") && before.length - verb <= 3;
}

/** Words that put a correction's right word after them: "I meant", "it's", "should be". */
const RIGHT_WORD = /^(meant|mean|its|is|actually|be|rather|plainly|instead|to|correct)$/;

/** Whether the place is put as the right one of a correction. */
export function isPutRight(tokens: readonly Token[], place: Match): boolean {
  return wordsBefore(tokens, place.start, 4).some((word) => RIGHT_WORD.test(word));
}

const TAKEN_BACK = /^(no|nope|wait|actually|sorry|mean|meant|rather|oops|scratch)$/;
const HESITATION =
  /^(no|nope|wait|actually|sorry|i|mean|meant|rather|oops|scratch|that|hang|hold|on|its|it|is|my|the|um|uh|er|well|make)$/;

/** "My calf, no wait, my shin": the first place was a slip. */
export function isTakenBack(tokens: readonly Token[], from: Match, to: Match): boolean {
  const between = tokens.slice(from.end, to.start).map(({ word }) => word);
  return between.some((word) => TAKEN_BACK.test(word)) && between.every((word) => HESITATION.test(word));
}

/**
 * Whether the trouble went from one place to the other: "from my bum up into my back", "was just the calf, now my foot".
 */
export function hasMoved(tokens: readonly Token[], from: Match, to: Match): boolean {
  const between = tokens.slice(from.end, to.start).map(({ word }) => word);
  if (between.length > 12) return false;
  const before = tokens.slice(Math.max(0, from.start - 5), from.start).map(({ word }) => word);
  const moves = (word: string) =>
    /^(spread|spreads|spreading|gone|went|crept|creeping|crawled|moved|moving|climbed|climbing|climbs|travelled|traveled|jumped|creeps|shifted|radiating|radiates)$/.test(
      word,
    );
  const onto = between.some((word) => /^(to|into|onto|up|across|now|through|down|reaches)$/.test(word));
  if (before.includes("from") && onto && (before.some(moves) || between.some(moves) || between.includes("now"))) return true;
  const was = before.some((word) => /^(was|were|only|started|began|first|just|originally|initially)$/.test(word));
  return was && between.includes("now");
}

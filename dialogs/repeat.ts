import type { Said } from "../src/care/said.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import { isQuestion, sayAnswer } from "./answer.ts";
import { buttonsOf, sayDoubt } from "./buttons.ts";
import { numberInDoubt } from "./context.ts";
import type { SaidKey } from "./conversation.ts";
import { leadingFlag } from "./escalate.ts";
import { handOffSummary } from "./hand-off.ts";
import { questionText, reask } from "./reask.ts";
import type { Picture } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** The last message in other, simpler words, with its question. */
export function repeatLast(turn: Turn): boolean {
  turn.halted = true;
  const key = turn.conversation.last.at(-1);
  const { question } = turn.conversation;
  const doubt = question === null ? null : numberInDoubt(question);
  if (question !== null && doubt !== null) {
    sayDoubt(turn, question, doubt, true);
    return true;
  }
  // Said in other words already: the first words again.
  const again = key === undefined || key.endsWith(AGAIN) ? null : againOf(turn, key);
  if (again === null) {
    if (question === null) turn.sayMessage("hello");
    else reask(turn);
    return true;
  }
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  const [kind = "", about = ""] = question?.id.split(":") ?? [];
  turn.say(again, {
    step: question?.step ?? "answer",
    values: { question: questionText(turn, kind, about), summary: handOffSummary(turn) },
    key: `${key}${AGAIN}`,
    multiple: LISTS.has(kind),
    ask: question?.ask ?? null,
    choices: buttonsOf(turn),
    picture: pictureOf(turn, key ?? ""),
    timerSeconds: timer === undefined ? null : Math.max(1, Math.ceil((timer.at - turn.now) / 1000)),
  });
  return true;
}

/** The picture that was shown with a stretch. */
function pictureOf(turn: Turn, key: SaidKey): Picture | null {
  const one = turn.area?.stretches.find(({ id }) => key === `stretch:${id}`);
  return one === undefined ? null : { id: one.id, alt: one.alt };
}

const CARD_AGAIN: Readonly<Record<string, string>> = {
  "massage-gate": "massage-gate-again",
  "late-check": "late-check-again",
};
const AGAIN = ":again";
/** Questions with several lines to tick. */
const LISTS = new Set(["card", "massage-gate", "late-check"]);

/** Other words for a text of the content; null when it has none of its own. */
function againOf(turn: Turn, key: SaidKey): Said | null {
  const [kind, id = ""] = key.split(":");
  const { content } = turn;
  const { messages } = content.steps;
  switch (kind) {
    case "message":
      return messages[id]?.again ?? null;
    case "card":
      return messages[CARD_AGAIN[id] ?? "card-again"]?.say ?? null;
    case "stretch":
      return turn.area?.stretches.find((one) => one.id === id)?.again ?? null;
    case "exercise":
      return turn.area?.exercises?.find((one) => one.id === id)?.again ?? null;
    case "massage":
      return turn.area?.massage?.again ?? null;
    default:
      return null;
  }
}

/** The reason for what was just said or asked, then the same question. */
export function sayWhy(turn: Turn, understanding: Understanding): boolean {
  const key = turn.conversation.last.at(-1);
  if (turn.conversation.last.some((said) => said === `why:${key}`)) return repeatLast(turn);
  const why = key === undefined ? null : whyOf(turn, key);
  if (why === null) {
    if (!isQuestion(understanding.intent) && understanding.answer !== null && understanding.answer.confidence > 0.5)
      sayAnswer(turn, understanding);
    else return false;
  } else turn.say(why, { step: "answer", key: `why:${key}`, sources: turn.content.steps.sources });
  if (turn.conversation.question !== null) reask(turn);
  turn.halted = true;
  return true;
}

function whyOf(turn: Turn, key: SaidKey): Said | null {
  const [kind, id = ""] = key.split(":");
  const { messages } = turn.content.steps;
  switch (kind) {
    case "message":
      return messages[id]?.why ?? null;
    case "card":
      return id === "massage-gate"
        ? (messages["massage-why"]?.say ?? null)
        : id === "late-check"
          ? (messages["late-check"]?.why ?? null)
          : (messages["card-why"]?.say ?? null);
    case "which":
      return messages["which-sign"]?.why ?? null;
    case "check":
      return messages["check-look"]?.why ?? null;
    case "suspect":
      return messages["suspect"]?.why ?? null;
    case "stretch":
      return messages["stretch-why"]?.say ?? null;
    case "massage":
      return messages["massage-why"]?.say ?? null;
    case "rest":
      return messages["rest-why"]?.say ?? null;
    case "gentle":
    case "exercise":
      return messages["move-why"]?.say ?? null;
    default:
      return null;
  }
}

/** "Where is that from?": the sources of what was last said, and when it is to be reviewed. */
export function saySources(turn: Turn): void {
  const sources = [...new Set(turn.conversation.last.flatMap((key) => sourcesOf(turn, key)))];
  const titles = sources.flatMap((id) => {
    const source = turn.content.sources[id];
    return source === undefined ? [] : [source.title];
  });
  if (titles.length === 0) turn.sayMessage("no-sources");
  else {
    const values = { titles: titles.slice(0, 3).join("; "), review_by: turn.content.steps.review_by };
    turn.sayMessage("sources", { values, sources: sources.slice(0, 3) });
  }
  // Asked again, it is about the same advice.
  turn.said.splice(-1, 1, ...turn.conversation.last);
}

function sourcesOf(turn: Turn, key: SaidKey): readonly string[] {
  const [kind, id = ""] = key.split(":");
  const { content } = turn;
  switch (kind) {
    case "answer":
      return content.answers.find((one) => one.id === id)?.sources ?? [];
    case "flag":
      return content.flags.find((one) => one.id === id)?.sources ?? content.cards.sources;
    case "suspect":
    case "confirm":
      return content.flags.find((one) => one.id === id)?.sources ?? content.decisions.sources;
    case "card":
    case "which":
    case "check":
      return content.cards.sources;
    case "population":
      return content.populations.find((one) => one.id === id)?.sources ?? [];
    case "decision":
      return content.decisions.sources;
    case "message":
      return messageSources(turn, id);
    case "exercise":
      return turn.area?.exercises?.find((one) => one.id === id)?.sources ?? [];
    default:
      return turn.area?.sources ?? [];
  }
}

/** A word while help is on its way rests on what led to it. */
function messageSources(turn: Turn, id: string): readonly string[] {
  const { episode, content } = turn;
  const message = content.steps.messages[id];
  if (message?.sources !== undefined) return message.sources;
  if (message?.step !== "escalate" || episode === null) return content.steps.sources;
  const ids = episode.flags.map((flag) => flag.id);
  return leadingFlag(turn, episode, ids)?.sources ?? content.decisions.sources;
}

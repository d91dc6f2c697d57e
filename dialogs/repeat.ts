import type { Said } from "../src/care/said.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import { isQuestion, sayAnswer } from "./answer.ts";
import type { SaidKey } from "./conversation.ts";
import { handOffSummary } from "./hand-off.ts";
import { questionText, reask } from "./reask.ts";
import type { Turn } from "./turn.ts";

/** The last message in other, simpler words, with its question. */
export function repeatLast(turn: Turn): boolean {
  turn.halted = true;
  const key = turn.conversation.last.at(-1);
  const { question } = turn.conversation;
  const again = key === undefined ? null : againOf(turn, key);
  if (again === null) {
    if (question === null) turn.sayMessage("hello");
    else reask(turn, turn.conversation.question?.id === "card" ? turn.messageText("card-again") : undefined);
    return true;
  }
  const timer = turn.conversation.timers.find((one) => one.kind === "hold" || one.kind === "massage");
  const [kind = "", about = ""] = question?.id.split(":") ?? [];
  turn.say(again, {
    step: question?.step ?? "answer",
    values: { question: questionText(turn, kind, about), summary: handOffSummary(turn) },
    ...(key === undefined ? {} : { key }),
    ask: question?.ask ?? null,
    choices: (question?.options ?? []).map((value) => ({
      value,
      label: turn.content.steps.labels[value] ?? turn.content.areas[value]?.name ?? value,
    })),
    timerSeconds: timer === undefined ? null : Math.max(1, Math.ceil((timer.at - turn.now) / 1000)),
  });
  return true;
}

/** Other words for a text of the content; null when it has none of its own. */
function againOf(turn: Turn, key: SaidKey): Said | null {
  const [kind, id = ""] = key.split(":");
  const { content } = turn;
  switch (kind) {
    case "message":
      return content.steps.messages[id]?.again ?? null;
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
      return id === "massage_gate"
        ? (messages["massage-why"]?.say ?? null)
        : id === "late_check"
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
}

function sourcesOf(turn: Turn, key: SaidKey): readonly string[] {
  const [kind, id = ""] = key.split(":");
  const { content } = turn;
  switch (kind) {
    case "answer":
      return content.answers.find((one) => one.id === id)?.sources ?? [];
    case "flag":
      return content.flags.find((one) => one.id === id)?.sources ?? [];
    case "card":
    case "which":
    case "check":
      return content.cards.sources;
    case "decision":
      return content.decisions.sources;
    case "message":
      return content.steps.messages[id]?.sources ?? content.steps.sources;
    case "exercise":
      return turn.area?.exercises?.find((one) => one.id === id)?.sources ?? [];
    default:
      return turn.area?.sources ?? [];
  }
}

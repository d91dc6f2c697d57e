import { askedOnce } from "../src/care/asked-once.ts";
import { isQuestion } from "./answer.ts";
import { labelOf } from "./buttons.ts";
import { numberInDoubt, painChoice } from "./context.ts";
import type { MessageEvent } from "./event.ts";
import type { Turn } from "./turn.ts";

/**
 * The buttons that a message means: pressed, typed out, pointed at ("2", "the second one"), or all of several.
 * Empty when it is none of them.
 */
export function chosen(turn: Turn, message: MessageEvent): readonly string[] {
  const { question } = turn.conversation;
  if (question === null) return [];
  if (message.choice !== null) {
    const values = message.choice.split(",").map((value) => value.trim());
    return values.filter((value) => question.options.includes(value));
  }
  const { words, ordinals } = message.understanding;
  const typed = question.options.filter((value) => {
    const label = labelOf(turn, value);
    return words === plain(label) || words === plain(value);
  });
  if (typed.length > 0) return typed;
  // A number that rates the pain points at no button.
  if (question.ask === "severity" || message.understanding.pain.value !== null) return [];
  const doubt = numberInDoubt(question);
  const shown = doubt === null ? question.options : [question.options[doubt - 1] as string, painChoice(doubt)];
  return ordinals.flatMap((ordinal) => {
    const value = shown.at(ordinal > 0 ? ordinal - 1 : ordinal);
    return value === undefined || ordinal === 0 ? [] : [value];
  });
}

/** As the reader of words writes it: lower case, no marks. Kept, since each message is held against all labels that are shown. */
const plain = askedOnce((text) =>
  text
    .toLowerCase()
    .replace(/'/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim(),
);

/** From this length on a "no" or "yes" among the words may be about anything. */
const SHORT = 4;

/**
 * Yes, no or unsure, from a button or from words; the intent helps where the words are oblique. A correction or a longer
 * message that is neither a yes nor a no as a whole is no answer: safety hangs on it.
 */
export function yesNoOf(turn: Turn, message: MessageEvent): "yes" | "no" | "unsure" | null {
  const value = chosen(turn, message)[0];
  if (value === "yes" || value === "no" || value === "unsure") return value;
  const { yesNo, intent, confidence, length, findings } = message.understanding;
  // "Not right now" holds the word of a yes.
  if (message.choice === null && length <= SHORT && findings.has("not-now")) return "no";
  if (asksSomething(message) || (intent === "correct" && confidence >= 0.5)) return null;
  if (yesNo !== null && (length <= SHORT || intent === "affirm" || intent === "deny")) return yesNo;
  if (confidence < 0.6) return null;
  if (intent === "affirm") return "yes";
  return intent === "deny" ? "no" : null;
}

/** The message is a question of its own, whatever words of an answer it holds. */
export function asksSomething({ choice, understanding }: MessageEvent): boolean {
  const { intent, confidence, length } = understanding;
  return choice === null && length > 2 && confidence >= 0.5 && (isQuestion(intent) || intent === "explain");
}

/** "Done", "ok", "next" in any words. */
export function saysDone({ understanding }: MessageEvent): boolean {
  const { intent, confidence, findings, words } = understanding;
  if (findings.get("go-again") === "present") return true;
  if ((intent === "done" || intent === "affirm") && confidence >= 0.4) return true;
  return /^(done|ok|okay|next|finished|ready)\b/.test(words);
}

/** "Skip", "I'd rather not say". */
export function saysSkip(turn: Turn, message: MessageEvent): boolean {
  return chosen(turn, message)[0] === "skip" || message.understanding.findings.get("skip-it") === "present";
}

/** "Fine", "all good". */
export function isWell({ choice, understanding: { words, length } }: MessageEvent): boolean {
  if (choice !== null || length > 6) return false;
  if (/^(no|nah) (thanks |thank you )?(i am|im|its|it is|all|am) (all )?(good|fine|ok|okay|great)( (now|thanks))?$/.test(words))
    return true;
  return (
    /\b(fine|good|great|ok|okay|well|perfect|brilliant|sorted)\b/.test(words) && !/\b(not|no|isnt|aint|never|dont)\b/.test(words)
  );
}

/** "Ok", "done", "ok then" and not a word more: heard, or done with it. How it is was not said. */
export function merelyNods({ choice, understanding: { words } }: MessageEvent): boolean {
  return choice === null && MERE_NOD.test(words);
}

const MERE_NOD = /^((ok|okay)( (then|done|next|ready|got it|thanks|thank you))?|done|all done|next|ready|finished|got it)$/;

/** "Ok", "done", "got it" as a whole message: heard, but no answer to a list. */
export function nods({ choice, understanding }: MessageEvent): boolean {
  const { findings, length, yesNo, area } = understanding;
  return choice === null && findings.get("nod") === "present" && length < SHORT && area === null && (yesNo ?? "yes") === "yes";
}

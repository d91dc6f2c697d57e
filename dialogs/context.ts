import type { Intent } from "../src/care/labels.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import type { Conversation, Question } from "./conversation.ts";
import type { MessageEvent } from "./event.ts";

/** Answers and controls: out of the blue they are something else. */
const REPLIES_ONLY: ReadonlySet<Intent> = new Set(["correct", "affirm", "deny", "done", "go-back"]);

/**
 * The message in the light of where the talk stands. With nothing asked and nothing going on, an intent that only answers gives
 * way to the likeliest other one. A number that can be no button is how bad it is.
 */
export function inContext(message: MessageEvent, conversation: Conversation): MessageEvent {
  const pain = painMeant(message, conversation);
  if (pain !== null) return { ...message, choice: null, understanding: withPain(message.understanding, pain) };
  return { ...message, understanding: withoutCount(withoutReply(message.understanding, conversation), conversation) };
}

/** "I ran 10k", asked how bad it is: what is counted rates nothing. */
function withoutCount(understanding: Understanding, { question }: Conversation): Understanding {
  const { pain, findings, intent } = understanding;
  const asked = question?.ask === "severity" || question?.ask === "recheck";
  if (!asked || pain.value === null || !findings.has("counts-things") || intent === "report-pain-level") return understanding;
  return { ...understanding, pain: { ...pain, value: null, before: null } };
}

const WITH_WORDS = /\b(number|option|line|choice|the|no|first|second|third|fourth|fifth|sixth|seventh|top|last|bottom)\b/;
const PAIN = /^pain-(\d+)$/;

/** A number alone ("5"), as against "number five" or "the fifth": it may be a button or how bad it is. Null for anything else. */
export function bareNumber({ choice, understanding }: MessageEvent): number | null {
  const { ordinals, words, pain } = understanding;
  const [number] = ordinals;
  if (choice !== null || number === undefined || ordinals.length !== 1 || number < 0 || pain.value !== null) return null;
  // "I ran 10k" rates nothing.
  if (understanding.findings.has("counts-things")) return null;
  return WITH_WORDS.test(words) ? null : number;
}

/** The value of the button that says "I meant the pain". */
export const painChoice = (value: number): string => `pain-${value}`;

/** The number that was asked about in "the button or the pain?", while that is open. */
export function numberInDoubt({ options }: Question): number | null {
  const value = options.at(-1)?.match(PAIN)?.[1];
  return value === undefined ? null : Number(value);
}

/** The pain that a number means: the button for it was pressed, or there is no other button of that number. */
function painMeant(message: MessageEvent, { question, episode }: Conversation): number | null {
  if (episode === null || episode.ended || question === null) return null;
  const pressed = message.choice?.match(PAIN)?.[1];
  if (pressed !== undefined && question.options.includes(painChoice(Number(pressed)))) return Number(pressed);
  const doubt = numberInDoubt(question);
  const { pain, ordinals, duration } = message.understanding;
  if (doubt !== null && message.choice === null) return pain.needsNumber || ordinals.join() === "2" ? doubt : null;
  const number = bareNumber(message);
  if (number === null || number > 10 || duration !== null) return null;
  return question.options[number - 1] === undefined ? number : null;
}

function withPain(understanding: Understanding, value: number): Understanding {
  const pain = { ...understanding.pain, value, word: null, needsNumber: false, offScale: null };
  return { ...understanding, pain, ordinals: [], length: 1, intent: "report-pain-level", confidence: 1 };
}

/** Asked how it goes, a few words that seem to be about something else ("a bit better") are read as the likeliest report. */
function asReport(understanding: Understanding, question: Question | null): Understanding | null {
  const { intent, alternatives, length } = understanding;
  const [best, ...rest] = alternatives;
  const asked = question !== null && ["severity", "recheck", "done"].includes(question.ask);
  if (!asked || intent !== "out-of-scope" || length > FEW_WORDS || best === undefined) return null;
  if (!best.intent.startsWith("report-") || best.confidence < 0.25) return null;
  return { ...understanding, intent: best.intent, confidence: Math.max(0.5, best.confidence), alternatives: rest };
}

const FEW_WORDS = 4;

function withoutReply(understanding: Understanding, { question, episode, past }: Conversation): Understanding {
  // An animal is for somebody else.
  if (understanding.findings.has("pet-has-it"))
    return { ...understanding, intent: "out-of-scope", confidence: 1, alternatives: [] };
  const report = asReport(understanding, question);
  if (report !== null) return report;
  const idle = question === null && (episode === null || episode.ended) && past.length === 0;
  // After the end there is no step to go back to: "it's back" tells of the cramp.
  const returns = question === null && episode?.ended === true && understanding.findings.has("is-back");
  if (!(idle || returns) || !REPLIES_ONLY.has(understanding.intent)) return understanding;
  const others = understanding.alternatives.filter(({ intent }) => !REPLIES_ONLY.has(intent));
  const [best, ...rest] = others;
  if (best === undefined) return understanding;
  const left = 1 - understanding.confidence;
  const share = left > 0 ? Math.min(1, best.confidence / left) : best.confidence;
  return { ...understanding, intent: best.intent, confidence: share, alternatives: rest };
}

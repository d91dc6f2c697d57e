import type { AnswerContent } from "../src/care/content.ts";
import type { Intent } from "../src/care/labels.ts";
import type { Understanding } from "../src/understanding/understanding.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** From this confidence on the question nearest in meaning is answered; below, the usual one of the intent. */
const SURE = 0.35;
/** So near at least, when the intent is that of the question. */
const LIKELY = 0.1;

/** Usual answer of an intent, when no single question is near. */
const USUAL: Readonly<Partial<Record<Intent, string>>> = {
  "ask-stop-activity": "f18",
  "ask-massage": "f25",
  "ask-stretch": "f01",
  "ask-rest": "f20",
  "ask-heat-cold": "f06",
  "ask-fluids": "f09",
  "ask-medicine": "f27",
  "ask-cause": "f08",
  "ask-prevention": "f44",
  "ask-exercises": "f31",
  "ask-seriousness": "f16",
};

export function isQuestion(intent: Intent): boolean {
  return intent in USUAL;
}

/** Beside a complaint only what is surely a question counts as one: by its intent, or by the question that it comes near to. */
export function surelyAsks({ confidence, answer }: Understanding): boolean {
  const near = answer?.confidence ?? 0;
  return confidence >= 0.9 || near >= 0.6 || (confidence >= 0.6 && near >= 0.25);
}

/** Answers a question about cramps, fitted to the person where it matters. */
export function sayAnswer(turn: Turn, understanding: Understanding): void {
  const answer = findAnswer(turn, understanding);
  if (answer === null) return;
  sayAnswerContent(turn, answer);
}

export function sayUsualAnswer(turn: Turn, intent: Intent): void {
  const id = USUAL[intent];
  const answer = turn.content.answers.find((one) => one.id === id);
  if (answer !== undefined) sayAnswerContent(turn, answer);
}

function sayAnswerContent(turn: Turn, answer: AnswerContent): void {
  const { episode } = turn.conversation;
  const group = Object.keys(answer.for ?? {}).find((name) => episode !== null && belongsTo(name, episode));
  const said = group === undefined ? answer.say : (answer.for?.[group] ?? answer.say);
  turn.say(said, { step: "answer", key: `answer:${answer.id}`, sources: answer.sources });
}

function findAnswer(turn: Turn, understanding: Understanding): AnswerContent | null {
  const { answer, intent } = understanding;
  const near = answer === null ? undefined : turn.content.answers.find((one) => one.id === answer.id);
  const fits =
    near !== undefined &&
    answer !== null &&
    (answer.confidence >= SURE || (near.intent === intent && answer.confidence >= LIKELY));
  if (fits) return near;
  return turn.content.answers.find((one) => one.id === USUAL[intent]) ?? null;
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  pregnant: ["pregnant", "baby-born"],
  child: ["child-patient"],
  older: [],
  kidney: ["dialysis"],
  heart: ["heart-history"],
  diabetes: ["diabetes"],
  "blood-thinner": ["thinner"],
  statin: ["statin"],
  cancer: ["cancer-now"],
  "clot-risk": ["clot-history", "after-operation", "still-long"],
};

/** Whether the patient belongs to a group of populations.yaml, by what was told. */
export function belongsTo(group: string, episode: Episode): boolean {
  const { age } = episode.facts;
  if (group === "child" && age !== null && age < 16) return true;
  if (group === "older") return age !== null && age >= 65;
  return episode.risks.includes(group) || (GROUPS[group] ?? []).some((finding) => episode.findings.includes(finding));
}

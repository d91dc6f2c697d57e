/** The names that the classifier, the dialogs, the evaluation and the command line share. Other programs rely on these strings. */

export const INTENTS = [
  "report-spasm",
  "report-pain-level",
  "report-better",
  "report-same",
  "report-worse",
  "ask-stop-activity",
  "ask-massage",
  "ask-stretch",
  "ask-rest",
  "ask-heat-cold",
  "ask-fluids",
  "ask-medicine",
  "ask-cause",
  "ask-prevention",
  "ask-exercises",
  "ask-seriousness",
  "talk-to-human",
  "correct",
  "affirm",
  "deny",
  "done",
  "repeat",
  "explain",
  "go-back",
  "cancel",
  "restart",
  "greet",
  "thanks",
  "goodbye",
  "help",
  "privacy",
  "out-of-scope",
] as const;
export type Intent = (typeof INTENTS)[number];

/** Most urgent first. */
export const DISPOSITIONS = ["emergency-now", "urgent-same-day", "see-clinician-soon", "self-care"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const AREAS = [
  "calf",
  "shin",
  "foot",
  "thigh",
  "thigh-front",
  "thigh-back",
  "hip",
  "groin",
  "back",
  "lower-back",
  "upper-back",
  "neck",
  "shoulder",
  "upper-arm",
  "forearm",
  "hand",
  "abdomen",
  "ribs",
  "jaw",
  "eyelid",
  "pelvis",
] as const;
export type Area = (typeof AREAS)[number];

export const SIDES = ["left", "right", "both"] as const;
export type Side = (typeof SIDES)[number];

export const PAIN_WORDS = ["mild", "moderate", "severe"] as const;
export type PainWord = (typeof PAIN_WORDS)[number];

export const POLARITIES = ["present", "unsure", "hypothetical", "past", "other", "negated"] as const;
/** How a sign was told: `other` is somebody whom nobody is helping now. */
export type Polarity = (typeof POLARITIES)[number];

/** A doubtful sign is acted on as a certain one. Undefined: not mentioned. */
export function countsAsPresent(polarity: Polarity | undefined): boolean {
  return polarity === "present" || polarity === "unsure";
}

export const STEPS = [
  "welcome",
  "stop-activity",
  "safety-check",
  "severity",
  "stretch",
  "massage",
  "recheck",
  "rest",
  "gentle-movement",
  "heat-cold",
  "fluids",
  "back-exercises",
  "wrap-up",
  "escalate",
  "answer",
  "check-in",
  "privacy",
  "small-talk",
  "hand-off",
  "clarify",
  "not-understood",
  "fallback",
] as const;
export type StepName = (typeof STEPS)[number];

export const ASKS = [
  "area",
  "side",
  "severity",
  "safety-check",
  "which-sign",
  "onset",
  "recheck",
  "done",
  "back-gate",
  "confirm",
  "choose",
  "check-in",
  "country",
  "resume",
] as const;
export type Ask = (typeof ASKS)[number];

/** 0 is the most urgent. */
export function urgency(disposition: Disposition): number {
  return DISPOSITIONS.indexOf(disposition);
}

/** The more urgent of the two; null is below everything. */
export function moreUrgent(a: Disposition | null, b: Disposition | null): Disposition | null {
  if (a === null) return b;
  if (b === null) return a;
  return urgency(a) <= urgency(b) ? a : b;
}

/** Whether a level is more urgent than another; than none at all each is. */
export function isMoreUrgent(level: Disposition, other: Disposition | null): boolean {
  return other === null || urgency(level) < urgency(other);
}

/** Urgent-same-day or higher: help is advised and routine advice ends. */
export function isEscalation(disposition: Disposition | null): boolean {
  return disposition !== null && urgency(disposition) <= 1;
}

/** Lists of phrases that change what a finding near them means (content/en/lexicon/grammar.yaml). */
export const CUES = [
  "not_negators",
  "scope_breakers",
  "unless",
  "denied_after",
  "resolved",
  "turned",
  "habit",
  "past",
  "not_past",
  "present",
  "hypothetical",
  "asking",
  "not_hypothetical",
  "other",
  "relative_had",
  "idiom",
  "somebody",
  "stranger",
  "animal",
  "media",
  "lesson",
  "nobody_ill",
  "own_focus",
  "in_care",
  "going_on",
  "past_back",
  "longstanding",
  "unsure",
  "starters",
] as const;
export type Cue = (typeof CUES)[number];

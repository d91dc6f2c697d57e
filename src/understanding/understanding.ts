import type { Area, Disposition, Intent, Polarity, Side } from "../care/labels.ts";
import type { Findings } from "../care/red-flags.ts";
import type { Pain } from "./pain.ts";
import type { Patient } from "./person.ts";
import type { Repair } from "./repair.ts";
import type { YesNo } from "./reply-words.ts";
import type { Duration } from "./time.ts";

/** What a message says, as far as words go. The conversation decides what it means at this point. */
export interface Understanding {
  /** The words as they were read, in lower case and mended; for comparing with the labels of buttons, never kept. */
  readonly words: string;
  /** How many they are; 0 for an empty message or a lone picture. */
  readonly length: number;
  readonly intent: Intent;
  /** How likely the intent is right, 0 to 1, calibrated on the project's development set. */
  readonly confidence: number;
  /** The next likely intents. */
  readonly alternatives: readonly { readonly intent: Intent; readonly confidence: number }[];
  /** The question of answers.yaml that it comes nearest to, when it is a question. */
  readonly answer: { readonly id: string; readonly confidence: number } | null;
  readonly area: Area | null;
  readonly otherAreas: readonly Area[];
  /** A limb without its part, or the whole body. */
  readonly vague: "leg" | "arm" | "body" | null;
  readonly deniedAreas: readonly Area[];
  readonly side: Side | null;
  readonly pain: Pain;
  readonly duration: Duration | null;
  readonly patient: Patient;
  readonly facts: StatedFacts;
  readonly findings: Findings;
  readonly redFlags: readonly FoundFlag[];
  /** What the words alone call for; null when the message tells of nothing. */
  readonly disposition: Disposition | null;
  /** A flag that the second net suspects and the rules did not find: worth one question. */
  readonly suspected: string | null;
  readonly yesNo: YesNo | null;
  /** Which of a list is meant: 1 is the first, -1 the last. */
  readonly ordinals: readonly number[];
  /** ISO code of a country that was named as the place where the person is. */
  readonly country: string | null;
  /** Name of the language when it is not one that the bot speaks. */
  readonly otherLanguage: string | null;
  readonly repairs: readonly Repair[];
}

/** Facts that red-flag rules compare; null when not told. */
export interface StatedFacts {
  readonly age: number | null;
  readonly weeks: number | null;
  /** Degrees Celsius. */
  readonly temperature: number | null;
  readonly sudden: boolean;
}

export interface FoundFlag {
  readonly id: string;
  readonly disposition: Disposition;
  readonly polarity: Polarity;
  /** The words that it was found in. */
  readonly evidence: string;
  /** Found by rule, or raised by the second net beside a sign of the flag. */
  readonly by: "rule" | "net";
}

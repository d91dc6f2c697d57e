import type { Area, Disposition, Intent, PainWord, Polarity, Side } from "../../care/labels.ts";
import type { Understanding } from "../../understanding/understanding.ts";

/** What `npm run understand` prints for a line of text (schemas/understanding-line.schema.json). */
export interface UnderstandingLine {
  readonly text: string;
  readonly intent: Intent;
  readonly confidence: number;
  readonly alternatives: readonly { readonly intent: Intent; readonly confidence: number }[];
  readonly area: Area | null;
  readonly side: Side | null;
  readonly severity: { readonly value: number | null; readonly word: PainWord | null };
  readonly durationMinutes: number | null;
  readonly patient: "self" | "other";
  readonly redFlags: readonly {
    readonly id: string;
    readonly disposition: Disposition;
    readonly polarity: Polarity;
    readonly evidence: string;
  }[];
  readonly disposition: Disposition | null;
  readonly repaired: readonly (readonly [string, string])[];
}

export function understandingLine(text: string, understood: Understanding): UnderstandingLine {
  const { intent, alternatives, area, side, pain, duration, patient, redFlags, disposition, repairs } = understood;
  return {
    text,
    intent,
    confidence: rounded(understood.confidence),
    alternatives: alternatives.map((one) => ({ intent: one.intent, confidence: rounded(one.confidence) })),
    area,
    side,
    severity: { value: pain.value, word: pain.word },
    durationMinutes: duration?.minutes ?? null,
    patient: patient.who,
    redFlags: redFlags.map(({ id, disposition: level, polarity, evidence }) => ({ id, disposition: level, polarity, evidence })),
    disposition,
    repaired: repairs.map(({ from, to }) => [from, to] as const),
  };
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

import type { Understand } from "../src/understanding/understand.ts";
import type { LabelledMessage } from "./sets.ts";

export interface EntityScore {
  readonly name: string;
  readonly right: number;
  readonly all: number;
  readonly wrong: readonly string[];
}

/** Area, side, severity, duration and patient, each where the set has a label for it. */
export function scoreEntities(messages: readonly Omit<LabelledMessage, "intent">[], understand: Understand): EntityScore[] {
  const read = messages.map((message) => ({ message, told: understand(message.text) }));
  type Pair = (typeof read)[0];
  const score = (name: string, truth: (pair: Pair) => unknown, told: (pair: Pair) => unknown): EntityScore => {
    const labelled = read.filter((pair) => truth(pair) !== undefined);
    const wrong = labelled.filter((pair) => truth(pair) !== told(pair));
    return {
      name,
      right: labelled.length - wrong.length,
      all: labelled.length,
      wrong: wrong.map((pair) => `${name} ${truth(pair)} → ${told(pair)}: ${pair.message.text}`),
    };
  };
  return [
    score(
      "area",
      ({ message }) => message.area,
      ({ told }) => told.area,
    ),
    score(
      "side",
      ({ message }) => message.side,
      ({ told }) => told.side,
    ),
    score(
      "severity",
      ({ message }) => message.severity,
      ({ message, told }) => severityTold(message, told),
    ),
    score(
      "duration",
      ({ message }) => hundredths(message.durationMinutes),
      ({ told }) => hundredths(told.duration?.minutes ?? null),
    ),
    score(
      "patient",
      ({ message }) => message.patient,
      ({ told }) => told.patient.who,
    ),
  ].filter(({ all }) => all > 0);
}

/** Ten seconds are 0.17 minutes. */
function hundredths(minutes: number | null | undefined): number | null | undefined {
  return typeof minutes === "number" ? Math.round(minutes * 100) / 100 : minutes;
}

function severityTold({ severity }: Omit<LabelledMessage, "intent">, { pain }: ReturnType<Understand>): number | string | null {
  if (typeof severity === "string") return pain.word;
  return severity === null ? (pain.value ?? pain.word) : pain.value;
}

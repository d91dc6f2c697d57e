import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Area, Disposition, Intent, Side } from "../src/care/labels.ts";

/**
 * Labelled messages by other hands than the training sentences. `held-out` is frozen: nothing is trained on it or tuned to
 * single lines of it. Half of what is harmless in it was written to sound alarming; `everyday` has the proportions that a service
 * meets, and its triage is frozen as well (of its intents the places were looked at). `development` is for looking at.
 */
export type SetName = "held-out" | "everyday" | "development";

export interface LabelledMessage {
  readonly text: string;
  readonly intent: Intent;
  readonly area?: Area | null;
  readonly side?: Side | null;
  /** A score, a word, or null when nothing is told. */
  readonly severity?: number | string | null;
  readonly durationMinutes?: number | null;
  readonly patient?: "self" | "other";
  readonly voice?: string;
}

export interface LabelledTriage {
  readonly text: string;
  readonly disposition: Disposition;
  /** Every level that careful clinicians would accept; `ask` where asking first is fair. */
  readonly accept: readonly (Disposition | "ask")[];
  readonly theme: string;
}

export const readMessages = (set: SetName): LabelledMessage[] => read(set, "intents");
/** Messages about how long it has gripped, told or not; with no other label. */
export const readDurations = (): Pick<LabelledMessage, "text" | "durationMinutes">[] => read("held-out", "durations");
export const readTriage = (set: SetName): LabelledTriage[] => read(set, "triage");

function read<T>(set: SetName, name: string): T[] {
  const text = readFileSync(join(import.meta.dirname, set, `${name}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

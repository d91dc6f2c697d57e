/** A stretch of a message: its first token, and the one behind its last. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether two stretches share a word. */
export function overlap(a: Stretch, b: Stretch): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The words between two stretches; 0 when they touch or overlap. */
export function distance(a: Stretch, b: Stretch): number {
  return Math.max(0, a.start - b.end, b.start - a.end);
}

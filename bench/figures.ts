export type Unit = "µs" | "ms" | "turns/s" | "MB" | "KB" | "times" | "%";

/** One thing that was measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** Floors and peers of the same run, and how many times theirs our figure is. */
  readonly beside?: readonly Beside[];
  readonly goal?: Goal;
}

export interface Beside {
  readonly peer: string;
  readonly times: number;
}

/** What the figure, or its ratio to a peer, should be. */
export interface Goal {
  readonly words: string;
  readonly met: boolean;
}

export interface Suite {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** @param most what the figure may be */
export function atMost(value: number, most: number, unit: Unit): Goal {
  return { words: `≤ ${most} ${unit}`, met: value <= most };
}

/** @param least how many times the peer's our figure should be */
export function timesAtLeast(peer: string, times: number, least: number): Goal {
  return { words: `≥ ${least} × ${peer}`, met: times >= least };
}

export function timesAtMost(what: string, times: number, most: number): Goal {
  return { words: `≤ ${most} × ${what}`, met: times <= most };
}

/** "1.24", "12.4", "124", "1,240": three places, or all in front of the point. */
export function rounded(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function shownValue({ value, unit }: Figure): string {
  return unit === "times" ? `${rounded(value)} times` : `${rounded(value)} ${unit}`;
}

export function besideOf({ beside = [] }: Figure): string {
  return beside.map(({ peer, times }) => `${rounded(times)} × ${peer}`).join(" · ");
}

/** A table for the terminal. */
export function table({ title, figures }: Suite): string {
  const goalOf = ({ goal }: Figure) => (goal === undefined ? "" : `${goal.met ? "met" : "MISSED"}: ${goal.words}`);
  const rows = figures.map((one) => [one.what, shownValue(one), besideOf(one), goalOf(one)] as const);
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  const lines = rows.map(([what, value, beside, goal]) =>
    `  ${what.padEnd(width(0))}  ${value.padStart(width(1))}  ${beside.padEnd(width(2))}  ${goal}`.trimEnd(),
  );
  return [title, ...lines, ""].join("\n");
}

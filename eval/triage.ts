import { DISPOSITIONS, type Disposition, urgency } from "../src/care/labels.ts";
import type { Understand } from "../src/understanding/understand.ts";
import type { LabelledTriage } from "./sets.ts";

export interface TriageRow {
  readonly disposition: Disposition;
  readonly count: number;
  /** Sent at least to their level, or to one that careful clinicians accept. */
  readonly sent: number;
  /** Not sent, but asked about in that turn. */
  readonly asked: number;
  /** Exactly the level, or an accepted one. */
  readonly exact: number;
  /** Sent above every accepted level. */
  readonly above: number;
}

export interface TriageScores {
  readonly rows: readonly TriageRow[];
  /** Ordinary messages of each kind that were sent above their level. */
  readonly falseAlarms: ReadonlyMap<string, { readonly count: number; readonly above: number }>;
  readonly exact: number;
  readonly wrong: readonly string[];
}

const FOUR = DISPOSITIONS.indexOf("self-care");

/** The level that the words of a first message get. What is not said to be higher is self-care. */
export function scoreTriage(messages: readonly LabelledTriage[], understand: Understand): TriageScores {
  const rows = new Map<Disposition, { count: number; sent: number; asked: number; exact: number; above: number }>();
  const falseAlarms = new Map<string, { count: number; above: number }>();
  const wrong: string[] = [];
  for (const { text, disposition, accept, theme } of messages) {
    const told = understand(text);
    const level = told.disposition === null ? FOUR : urgency(told.disposition);
    const accepted = [disposition, ...accept].filter((one) => one !== "ask").map(urgency);
    const row = rows.get(disposition) ?? { count: 0, sent: 0, asked: 0, exact: 0, above: 0 };
    rows.set(disposition, row);
    row.count++;
    const sent = level <= urgency(disposition) || accepted.includes(level);
    const above = level < Math.min(...accepted);
    if (sent) row.sent++;
    else if (told.suspected !== null) row.asked++;
    if (accepted.includes(level)) row.exact++;
    if (above) row.above++;
    if (disposition === "self-care") {
      const alarms = falseAlarms.get(theme) ?? { count: 0, above: 0 };
      falseAlarms.set(theme, { count: alarms.count + 1, above: alarms.above + (above ? 1 : 0) });
    }
    const asked = !sent && told.suspected !== null ? ", asked" : "";
    if (!accepted.includes(level)) wrong.push(`${disposition} → ${DISPOSITIONS[level]}${asked} (${theme}): ${text}`);
  }
  const ordered = DISPOSITIONS.flatMap((disposition) => {
    const row = rows.get(disposition);
    return row === undefined ? [] : [{ disposition, ...row }];
  });
  const exact = ordered.reduce((sum, row) => sum + row.exact, 0) / messages.length;
  return { rows: ordered, falseAlarms, exact, wrong };
}

const MARK = "said:";

/** The finding that stands for a red flag's own phrases: true when one of them was said. */
export function saidFinding(flag: string): string {
  return `${MARK}${flag}`;
}

/** Whether a finding stands for a red flag's own phrases. */
export function isSaid(finding: string): boolean {
  return finding.startsWith(MARK);
}

/** The finding that stands for a red flag's own phrases: true when one of them was said. */
export function saidFinding(flag: string): string {
  return `said:${flag}`;
}

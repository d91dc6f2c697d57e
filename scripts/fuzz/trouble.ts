/** Something that no input may bring about. */
export interface Trouble {
  readonly seed: number;
  readonly step: number;
  readonly what: string;
  /** What was sent, shortened. */
  readonly call: string;
}

/** Cases in one session: with one person, or one chat. */
export const STEPS = 25;
/** Nothing takes this long, in milliseconds, unless it hangs: a machine under load stands still for a second or two. */
export const HANG = 20_000;

/** Milliseconds of processor time: a process that was held up has not hung. */
export function computedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Whether some input changed what all objects share. */
export function isPolluted(): boolean {
  return ({} as Record<string, unknown>)["polluted"] !== undefined;
}

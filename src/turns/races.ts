/** A turn is pure, so one that lost a race is simply computed again; this often before something must be wrong. */
export const MOST_RACES = 20;

/** @param what what the conversation changes faster than */
export function outraced(what: string): Error {
  return new Error(`the conversation changes faster than ${what}`);
}

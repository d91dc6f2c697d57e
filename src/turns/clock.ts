/**
 * A clock that never goes back: it follows the machine's, and when that is set back it goes on at its own pace until the
 * machine's has caught up. A countdown then lasts as long as it was to last.
 * @param wall milliseconds since 1970, as the machine has them
 * @param steady milliseconds since any moment, never set
 */
export function steadyClock(wall: () => number, steady: () => number): () => number {
  let shown = wall();
  let at = steady();
  return () => {
    const elapsed = Math.max(0, steady() - at);
    shown = Math.max(wall(), Math.floor(shown + elapsed));
    at += Math.floor(elapsed);
    return shown;
  };
}

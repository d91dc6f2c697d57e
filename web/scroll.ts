/** Keeps the newest turn in view: its first line stays visible, however much follows it. */
export interface Follow {
  /** @param first the first line that the person has not seen yet */
  to(scroller: HTMLElement, first: HTMLElement | null): void;
  /** Something within changed its height. */
  again(scroller: HTMLElement): void;
}

const MARGIN = 14;

export function createFollow(): Follow {
  let anchor: HTMLElement | null = null;
  let isFirst = true;
  const go = (scroller: HTMLElement, smooth: boolean) => {
    const bottom = scroller.scrollHeight - scroller.clientHeight;
    const top = anchor === null ? bottom : anchor.offsetTop - scroller.offsetTop - MARGIN;
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    scroller.scrollTo({ top: Math.max(0, Math.min(bottom, top)), behavior: calm ? "instant" : "smooth" });
  };
  return {
    to: (scroller, first) => {
      anchor = first;
      go(scroller, !isFirst);
      isFirst = false;
    },
    again: (scroller) => go(scroller, false),
  };
}

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
    const box = scrollBoxOf(scroller);
    const bottom = box.scrollHeight - box.clientHeight;
    const top = anchor === null ? bottom : topWithin(box, anchor) - MARGIN;
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top: Math.max(0, Math.min(bottom, top)), behavior: calm ? "instant" : "smooth" });
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

/** Where there is little height, the transcript does not scroll by itself but with the panel around it (styles/frame.ts). */
function scrollBoxOf(scroller: HTMLElement): HTMLElement {
  const isOwn = getComputedStyle(scroller).overflowY !== "visible";
  return isOwn ? scroller : (scroller.parentElement ?? scroller);
}

/** How far below the upper edge of what scrolls a line lies, and below what sticks to that edge. */
function topWithin(box: HTMLElement, line: HTMLElement): number {
  const covered = Number.parseFloat(getComputedStyle(box).scrollPaddingBlockStart) || 0;
  return line.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - covered;
}

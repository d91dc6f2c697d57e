import { css } from "lit";

/** A phone held sideways, a page much enlarged, large letters. It changes what the other sheets say, so it comes after them. */
export const littleRoom = css`
  /* A phone on its side, or a page much enlarged: all of it scrolls, but what tells the number stays. */
  @media (max-height: 480px) {
    .panel {
      overflow-y: auto;
    }
    .panel > .scroller {
      flex: none;
      overflow: visible;
    }
    .answers.timed {
      position: static;
    }
    .head {
      padding-block: 4px;
      background: var(--paper);
    }
    .advice.emergency-now {
      padding-block: 6px;
    }
    .advice .big-call {
      min-block-size: 48px;
    }
  }
  @media (min-width: 480px) and (max-height: 480px) {
    .advice.emergency-now {
      grid-template-columns: auto 1fr;
      align-items: center;
    }
  }
  /* With still less height it would cover too much. */
  @media (min-height: 261px) and (max-height: 480px) {
    .panel {
      scroll-padding-block-start: 60px;
    }
    .panel:not(.emergency-now) .head,
    .advice.emergency-now {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
    }
  }
  /* Letters so large that ring and buttons would cover all else: one below the other, and they scroll along. */
  @container talk (max-width: 15em) {
    .answers.timed {
      position: static;
      grid-template-columns: minmax(0, 1fr);
    }
    .timed .choices {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

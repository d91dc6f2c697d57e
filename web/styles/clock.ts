import { css } from "lit";

/** The countdown, to be read from an arm's length; and what forced colours need. */
export const clock = css`
  .clock {
    display: grid;
    justify-items: center;
    gap: 12px;
  }
  .ring {
    position: relative;
    inline-size: clamp(6rem, 34cqi, 9.375rem);
    aspect-ratio: 1;
    display: grid;
    place-items: center;
  }
  .ring svg {
    position: absolute;
    inset: 0;
  }
  .ring circle {
    fill: none;
    stroke-width: 9;
  }
  .track {
    stroke: var(--line);
  }
  .left {
    stroke: var(--accent-line);
    stroke-linecap: round;
    transition: stroke-dashoffset 260ms linear;
  }
  .paused .left {
    stroke: var(--edge);
    stroke-dasharray: 6 8;
  }
  .over .left {
    stroke: none;
  }
  .seconds {
    display: grid;
    justify-items: center;
    font-size: clamp(2.25rem, 11cqi, 3.25rem);
    line-height: 1;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.03em;
  }
  .seconds small {
    margin-block-start: 4px;
    font-size: 0.875rem;
    font-weight: 500;
    letter-spacing: 0;
    color: var(--soft);
  }
  .alarms {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: 8px;
    color: var(--soft);
    font-size: 0.9375rem;
  }
  @container (max-width: 330px) {
    .alarms > span {
      display: none;
    }
  }
  .toggle {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 6px 14px 6px 8px;
    border: 1.5px solid var(--edge);
    border-radius: 22px;
    background: none;
    font-size: 0.9375rem;
  }
  .toggle::before {
    content: "";
    inline-size: 34px;
    block-size: 20px;
    border-radius: 10px;
    border: 2px solid var(--edge);
    background: radial-gradient(circle at 8px 50%, var(--edge) 5.5px, transparent 6px);
  }
  .toggle[aria-checked="true"]::before {
    border-color: var(--accent-line);
    background: radial-gradient(circle at calc(100% - 8px) 50%, var(--paper) 5.5px, transparent 6px) var(--accent-line);
  }
  @media (forced-colors: active) {
    .bubble,
    .advice,
    .panel {
      border: 1px solid CanvasText;
    }
    .call,
    .big-call,
    .send,
    .launcher,
    .choice.main {
      border: 2px solid LinkText;
    }
    .rest,
    .place {
      fill: Canvas;
      stroke: CanvasText;
    }
    .place[aria-checked="true"] {
      fill: Highlight;
      stroke: Highlight;
    }
    .place:focus-visible {
      stroke: LinkText;
    }
    .track {
      stroke: GrayText;
    }
    .left {
      stroke: Highlight;
    }
    .toggle::before {
      forced-color-adjust: none;
      background-color: Canvas;
    }
    .toggle[aria-checked="true"]::before {
      background: Highlight;
    }
    .logo,
    .icon {
      stroke: CanvasText;
    }
  }
`;

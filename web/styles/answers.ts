import { css } from "lit";

/** What can be pressed: large, far enough apart for a shaking thumb. */
export const answers = css`
  .answers {
    container-type: inline-size;
    padding: 10px 14px 4px;
    display: grid;
    gap: 14px;
  }
  .answers.timed {
    position: sticky;
    inset-block-end: -12px;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 8px 14px;
    padding-block: 12px;
    background: var(--paper);
    border-block-start: 1px solid var(--line);
  }
  .timed > .map,
  .timed > .ticks,
  .timed > .scale,
  .timed > .alarms {
    grid-column: 1 / -1;
  }
  .timed .choices {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .timed .choice:last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }
  .timed .choice {
    min-inline-size: 0;
    padding-inline: 6px;
    font-size: 1rem;
  }
  /* Not much height: the switches lie below the edge until the person scrolls to them. */
  @media (max-height: 700px) {
    .answers.timed {
      inset-block-end: -68px;
    }
  }
  .answers:focus-visible {
    outline-offset: -3px;
    border-radius: var(--round);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .choice {
    flex: 1 1 auto;
    min-block-size: 54px;
    min-inline-size: min(132px, 100%);
    padding: 10px 18px;
    border: 2px solid var(--accent-line);
    border-radius: var(--round);
    background: var(--paper);
    color: var(--ink);
    font-weight: 600;
    font-size: 1.0625rem;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .choice.main {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .choice[aria-disabled="true"] {
    background: var(--wash);
    border: 2px dashed var(--edge);
    color: var(--soft);
  }
  @media (hover: hover) {
    .choice:not(.main, [aria-disabled="true"]):hover,
    .tick:hover {
      background: var(--wash);
    }
  }
  .choice:active,
  .score:active {
    transform: scale(0.98);
  }
  .hint {
    color: var(--soft);
    font-size: 0.9375rem;
    padding: 0;
  }
  .ticks {
    border: 0;
    margin: 0;
    padding: 0;
    min-inline-size: 0;
    display: grid;
    gap: 8px;
  }
  .ticks .choices {
    margin-block-start: 6px;
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 14px;
    min-block-size: 50px;
    padding: 7px 14px;
    border: 1.5px solid var(--edge);
    border-radius: var(--round);
    cursor: pointer;
    line-height: 1.3;
  }
  .tick:has(:checked) {
    border-color: var(--alarm);
    box-shadow: inset 0 0 0 1.5px var(--alarm);
    font-weight: 600;
  }
  .tick input {
    flex: none;
    inline-size: 26px;
    block-size: 26px;
    margin: 0;
    accent-color: var(--alarm-fill);
  }
  .scale {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 8px;
  }
  .score {
    min-block-size: 56px;
    padding: 0;
    border: 2px solid var(--score);
    border-radius: 12px;
    background: color-mix(in srgb, var(--score) 16%, var(--paper));
    font-weight: 700;
    font-size: 1.1875rem;
  }
  .s0,
  .s1 {
    --score: #17865f;
  }
  .s2,
  .s3 {
    --score: #5c8a1a;
  }
  .s4,
  .s5 {
    --score: #a3790a;
  }
  .s6,
  .s7 {
    --score: #cb6216;
  }
  .s8,
  .s9,
  .s10 {
    --score: #d0383f;
  }
  @container (min-width: 560px) {
    .scale {
      grid-template-columns: repeat(11, 1fr);
    }
  }
  .ends {
    grid-column: 1 / -1;
    display: flex;
    justify-content: space-between;
    color: var(--soft);
    font-size: 0.875rem;
  }
  .map {
    display: grid;
    gap: 10px;
  }
  .map .main {
    scroll-margin-block-end: 12px;
  }
  .figures {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
    max-inline-size: 400px;
    inline-size: 100%;
    margin-inline: auto;
    border-radius: var(--round);
    background: var(--wash);
    padding: 12px 4px 8px;
  }
  .figure {
    display: grid;
    justify-items: center;
    gap: 4px;
    color: var(--soft);
    font-size: 0.875rem;
  }
  .figure svg {
    inline-size: 100%;
    max-block-size: 340px;
    overflow: visible;
  }
  .rest,
  .place {
    fill: var(--body);
    stroke: var(--body);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .rest {
    opacity: 0.55;
  }
  .place {
    cursor: pointer;
    transition: fill 120ms;
  }
  .place:focus {
    outline: none;
  }
  .place:focus-visible {
    stroke: var(--focus);
    stroke-width: 4;
    paint-order: stroke;
  }
  @media (hover: hover) {
    .place:hover {
      fill: color-mix(in srgb, var(--accent-line) 45%, var(--body));
    }
  }
  .place[aria-checked="true"] {
    fill: var(--accent-line);
    stroke: var(--accent-line);
  }
  .place[aria-checked="true"]:focus-visible {
    stroke: var(--focus);
  }
  .side {
    font-size: 12px;
    fill: var(--soft);
  }
  .by-name {
    display: grid;
    gap: 4px;
    font-size: 0.9375rem;
    color: var(--soft);
  }
  select {
    min-block-size: 50px;
    inline-size: 100%;
    padding: 8px 12px;
    border: 1.5px solid var(--edge);
    border-radius: var(--round);
    background: var(--paper);
    color: var(--ink);
  }
`;

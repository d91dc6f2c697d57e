import { css } from "lit";

const dark = css`
  --paper: #14191b;
  --ink: #eef3f1;
  --soft: #b3c0bc;
  --line: #3d4a4b;
  --edge: #7f908f;
  --bot: #222b2d;
  --wash: #1c2527;
  --alarm: #ff8f85;
  --alarm-fill: #b3141d;
  --warn-paper: #3a2a08;
  --warn-ink: #ffd98a;
  --focus: #9cd1ff;
  --body: #35494a;
  --shade: 0 12px 40px rgb(0 0 0 / 60%);
  color-scheme: dark;
`;

/** Colours and sizes. Text on its ground has 4.5:1 or more, lines of controls 3:1 (WCAG 1.4.3, 1.4.11). */
export const tokens = css`
  :host {
    --accent: var(--unknot-accent, #0b6e4f);
    --on-accent: var(--unknot-on-accent, #fff);
    --accent-line: color-mix(in srgb, var(--accent) 78%, var(--ink));
    --paper: #fff;
    --ink: #14211d;
    --soft: #51615b;
    --line: #d5dedb;
    --edge: #75857f;
    --bot: #eef3f1;
    --wash: #f6f9f8;
    --alarm: #b3141d;
    --alarm-fill: #b3141d;
    --warn-paper: #fff3d6;
    --warn-ink: #5c3d00;
    --focus: #0a58ca;
    --body: #cfdeda;
    --shade: 0 12px 40px rgb(16 40 32 / 22%);
    --round: 14px;
    color-scheme: light;
    font: 400 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    color: var(--ink);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) {
      ${dark}
    }
  }
  :host([theme="dark"]) {
    ${dark}
  }
  * {
    box-sizing: border-box;
  }
  button,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  .tick,
  a {
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  button:not([aria-disabled="true"]) {
    cursor: pointer;
  }
  p,
  h2,
  h3 {
    margin: 0;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  .icon {
    inline-size: 1.4em;
    block-size: 1.4em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

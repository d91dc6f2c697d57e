import { css } from "lit";

/** The launcher, the panel and what stands at its top and bottom. */
export const frame = css`
  :host {
    display: block;
  }
  :host(:not([inline])) {
    display: contents;
  }
  .launcher {
    position: fixed;
    inset-block-end: max(16px, env(safe-area-inset-bottom));
    inset-inline-end: 16px;
    z-index: 2147483000;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 60px;
    padding: 8px 22px 8px 12px;
    border: 0;
    border-radius: 30px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    box-shadow: var(--shade);
  }
  .launcher .logo {
    inline-size: 40px;
    block-size: 40px;
  }
  :host([position="left"]) .launcher,
  :host([position="left"]) .panel.floating {
    inset-inline: 16px auto;
  }
  .dot {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: #ffb454;
    border: 2px solid #fff;
  }
  .panel {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: hidden;
    background: var(--paper);
    color: var(--ink);
  }
  :host([inline]) .panel {
    block-size: 100%;
    border-radius: inherit;
  }
  .panel.floating {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: max(16px, env(safe-area-inset-bottom));
    inset-inline-end: 16px;
    inline-size: min(420px, calc(100vw - 32px));
    block-size: min(720px, calc(100dvh - 32px));
    border: 1px solid var(--line);
    border-radius: 20px;
    box-shadow: var(--shade);
  }
  @media (max-width: 480px) {
    .panel.floating,
    :host([position="left"]) .panel.floating {
      inset: 0;
      inline-size: auto;
      block-size: auto;
      border: 0;
      border-radius: 0;
    }
  }
  .head {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 14px;
    border-block-end: 1px solid var(--line);
  }
  .logo {
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    fill: var(--accent);
    stroke: none;
  }
  .logo path {
    fill: none;
    stroke: var(--on-accent);
    stroke-width: 2.4;
    stroke-linecap: round;
  }
  .launcher .logo circle {
    fill: none;
  }
  .title {
    flex: 1;
    min-inline-size: 0;
  }
  h2 {
    font-size: 1.125rem;
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  .title p {
    font-size: 0.8125rem;
    line-height: 1.3;
    color: var(--soft);
  }
  .title .connection {
    color: var(--ink);
    font-weight: 600;
  }
  .connection:empty {
    display: none;
  }
  .call,
  .big-call {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 48px;
    border-radius: 24px;
    font-weight: 700;
    text-decoration: none;
    white-space: nowrap;
  }
  .call {
    padding: 0 16px 0 12px;
    border: 2px solid var(--alarm);
    color: var(--alarm);
  }
  .call .icon,
  .big-call .icon {
    fill: currentColor;
    stroke: none;
  }
  .big-call {
    inline-size: 100%;
    min-block-size: 60px;
    padding: 10px 20px;
    border-radius: 16px;
    background: var(--alarm-fill);
    color: #fff;
    font-size: 1.25rem;
    white-space: normal;
    text-align: center;
  }
  .close {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-inline-end: -8px;
    border: 0;
    border-radius: 50%;
    background: none;
  }
  .advice {
    padding: 10px 16px;
  }
  .advice.emergency-now {
    display: grid;
    gap: 10px;
    padding-block: 14px 16px;
    background: var(--alarm-fill);
    color: #fff;
    font-size: 1.125rem;
  }
  .advice .big-call {
    background: #fff;
    color: #a30f18;
  }
  .advice.emergency-now :focus-visible {
    outline-color: #fff;
  }
  .advice.urgent-same-day {
    background: var(--warn-paper);
    color: var(--warn-ink);
    border-block-end: 2px solid currentColor;
  }
  .advice.see-clinician-soon {
    background: var(--wash);
    border-block-end: 1px solid var(--line);
  }
  .panel.emergency-now .head {
    border-block-end-color: var(--alarm-fill);
  }
  .panel.emergency-now .head .call {
    display: none;
  }
  .offline {
    display: grid;
    gap: 10px;
    margin: 12px 16px;
    padding: 16px;
    border: 2px solid var(--edge);
    border-radius: var(--round);
    background: var(--wash);
  }
  .offline h3 {
    font-size: 1.0625rem;
  }
  .offline ol {
    margin: 0;
    padding-inline-start: 1.3em;
    display: grid;
    gap: 6px;
  }
  .composer {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 8px;
    align-items: end;
    padding: 10px 12px max(6px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--line);
    background: var(--paper);
  }
  textarea {
    inline-size: 100%;
    min-block-size: 48px;
    max-block-size: 30dvh;
    padding: 11px 16px;
    border: 1.5px solid var(--edge);
    border-radius: 24px;
    background: var(--paper);
    resize: none;
    field-sizing: content;
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  textarea::placeholder {
    color: var(--soft);
    opacity: 1;
  }
  .send {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }
  .foot {
    grid-column: 1 / -1;
    display: flex;
    justify-content: center;
    gap: 8px;
  }
  .link {
    min-block-size: 32px;
    padding: 4px 10px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--soft);
    font-size: 0.8125rem;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (max-width: 359px) {
    .head {
      gap: 8px;
      padding-inline: 10px;
    }
    .head .logo {
      display: none;
    }
  }
`;

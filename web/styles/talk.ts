import { css } from "lit";

/** The lines of the conversation. */
export const talk = css`
  .scroller {
    container: talk / inline-size;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding-block-end: 12px;
  }
  .log {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    gap: 6px;
    padding: 14px 14px 4px;
  }
  .line {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    position: relative;
    max-inline-size: min(88%, 34em);
  }
  .line.first:not(:first-child) {
    margin-block-start: 10px;
  }
  .line.user {
    align-self: flex-end;
    align-items: flex-end;
  }
  .bubble {
    padding: 10px 15px;
    border-radius: 18px;
    background: var(--bot);
    overflow-wrap: anywhere;
    font-size: 1.0625rem;
  }
  .bubble p {
    white-space: pre-line;
  }
  .bot.first .bubble {
    border-start-start-radius: 6px;
  }
  .user .bubble {
    background: var(--accent);
    color: var(--on-accent);
    border-end-end-radius: 6px;
  }
  .bubble a {
    color: var(--alarm);
    font-weight: 700;
    white-space: nowrap;
    display: inline-block;
    padding-block: 2px;
  }
  .line.emergency-now .bubble {
    border: 2px solid var(--alarm-fill);
    font-weight: 600;
  }
  .line.urgent-same-day .bubble {
    background: var(--warn-paper);
    color: var(--warn-ink);
  }
  .line.urgent-same-day .bubble a {
    color: inherit;
  }
  .picture {
    display: block;
    inline-size: 100%;
    max-inline-size: 300px;
    block-size: auto;
    margin-block: 10px 4px;
    border-radius: 12px;
    background: #fff;
  }
  @container (min-width: 600px) {
    .bubble:has(.picture:not([hidden])) {
      display: flex;
      gap: 16px;
      align-items: center;
    }
    .bubble .picture {
      inline-size: 260px;
      margin: 0;
    }
  }
  .pending .bubble {
    opacity: 0.85;
  }
  .pending.failed .bubble,
  .pending.refused .bubble {
    opacity: 1;
    background: var(--paper);
    color: var(--ink);
    border: 2px dashed var(--alarm);
  }
  .state {
    font-size: 0.8125rem;
    color: var(--soft);
    padding: 2px 6px;
  }
  button.state {
    min-block-size: 44px;
    padding-inline: 10px;
    border: 0;
    background: none;
    color: var(--alarm);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .note {
    margin: 12px 16px 0;
    padding: 8px 14px;
    border-radius: 10px;
    background: var(--wash);
    color: var(--soft);
    font-size: 0.9375rem;
    text-align: center;
  }
  .typing {
    display: flex;
    gap: 5px;
    inline-size: fit-content;
    margin: 6px 14px;
    padding: 15px 16px;
    border-radius: 18px;
    background: var(--bot);
  }
  .typing i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--soft);
    animation: breathe 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    40% {
      opacity: 0.25;
    }
  }
`;

import { html, svg, type TemplateResult } from "lit";
import type { Countdown } from "../clock.ts";
import { WORDS } from "../words.ts";

export interface AlarmSettings {
  readonly sound: boolean;
  readonly vibration: boolean;
}

export interface AlarmActions {
  readonly settings: AlarmSettings;
  readonly canVibrate: boolean;
  /** A switch was pressed: browsers let a page make a sound only after a press. */
  readonly set: (what: Partial<AlarmSettings>) => void;
}

const RADIUS = 54;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that empties, and the seconds in its middle. Pause and skip are the bot's own buttons. */
export function countdown({ state, secondsLeft, share }: Countdown): TemplateResult {
  const left = state === "paused" ? WORDS.clockPaused : state === "over" ? WORDS.clockOver : WORDS.seconds(secondsLeft);
  return html`<div class="clock ${state}">
    <div class="ring" role="timer" aria-label=${WORDS.clock} aria-live="off">
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle class="track" cx="60" cy="60" r=${RADIUS} />
        ${svg`<circle class="left" cx="60" cy="60" r=${RADIUS} transform="rotate(-90 60 60)"
          stroke-dasharray=${ROUND} stroke-dashoffset=${ROUND * (1 - share)} />`}
      </svg>
      <span class="seconds" aria-hidden="true">${secondsLeft}<small>${state === "paused" ? WORDS.clockPaused : WORDS.secondsShort}</small></span>
      <span class="hidden">${left}</span>
    </div>
  </div>`;
}

/** How its end should be noticed. */
export function alarmSwitches({ settings, canVibrate, set }: AlarmActions): TemplateResult {
  return html`<div class="alarms" role="group" aria-label=${WORDS.alarms}>
    <span aria-hidden="true">${WORDS.alarms}</span>
    ${toggle(WORDS.sound, settings.sound, () => set({ sound: !settings.sound }))}
    ${canVibrate ? toggle(WORDS.vibration, settings.vibration, () => set({ vibration: !settings.vibration })) : ""}
  </div>`;
}

function toggle(label: string, on: boolean, flip: () => void): TemplateResult {
  return html`<button type="button" class="toggle" role="switch" aria-checked=${on} @click=${flip}>${label}</button>`;
}

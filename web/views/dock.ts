import { html, nothing, type TemplateResult } from "lit";
import type { Countdown } from "../clock.ts";
import type { Standing } from "../transcript.ts";
import { WORDS } from "../words.ts";
import { type AnswerActions, answersTo } from "./answers.ts";
import { type BodyMapActions, bodyMap } from "./body-map.ts";
import { type AlarmActions, alarmSwitches, countdown } from "./countdown.ts";

export interface DockParts extends AnswerActions {
  readonly standing: Standing;
  /** Nothing of the person is on its way: the buttons count. */
  readonly isOpen: boolean;
  readonly clock: Countdown | null;
  readonly alarm: AlarmActions;
  readonly map: BodyMapActions;
}

/** What can be pressed now. While a countdown runs it stays in view below the text and the picture. */
export function dock(parts: DockParts): TemplateResult {
  const { standing, isOpen, clock, alarm, map } = parts;
  const questions = isOpen ? standing.questions : [];
  return html`<div class="answers ${clock === null ? "" : "timed"}" tabindex="-1" role="group" aria-label=${WORDS.answers}>
    ${clock === null ? nothing : countdown(clock)} ${isOpen && standing.wantsPlace ? bodyMap(map) : nothing}
    ${questions.map((question) => answersTo(question, parts))}
    ${clock === null ? nothing : alarmSwitches(alarm)}
  </div>`;
}

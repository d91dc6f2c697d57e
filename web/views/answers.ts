import { html, type TemplateResult } from "lit";
import type { Choice } from "../../dialogs/reply.ts";
import { answerOf, type Question } from "../transcript.ts";
import { WORDS } from "../words.ts";

export interface AnswerActions {
  /** Values that are ticked in a list of several. */
  readonly ticked: readonly string[];
  readonly tick: (value: string, on: boolean) => void;
  readonly press: (question: Question, text: string, value: string) => void;
}

/** The buttons of a question, in the form that fits what is asked. */
export function answersTo(question: Question, actions: AnswerActions): TemplateResult {
  if (isScale(question.choices)) return painScale(question, actions);
  if (question.multiple) return tickList(question, actions);
  return html`<div class="choices">${question.choices.map((choice) => button(question, choice, actions))}</div>`;
}

function button(question: Question, { value, label }: Choice, { press }: AnswerActions, kind = ""): TemplateResult {
  return html`<button class="choice ${kind}" type="button" @click=${() => press(question, label, value)}>${label}</button>`;
}

/** A scale from 0 to 10, whatever was asked about. */
function isScale(choices: readonly Choice[]): boolean {
  return choices.length === 11 && choices.every(({ value }, index) => value === String(index));
}

function painScale(question: Question, { press }: AnswerActions): TemplateResult {
  return html`<div class="scale">
    ${question.choices.map(
      ({ value, label }) =>
        html`<button type="button" class="score s${value}" aria-label=${WORDS.painOf(label)} @click=${() => press(question, label, value)}>
          ${label}
        </button>`,
    )}
    <span class="ends" aria-hidden="true"><span>${WORDS.painLeast}</span><span>${WORDS.painMost}</span></span>
  </div>`;
}

/** Answers that stand alone: they deny or doubt the whole list. */
const ALONE = ["none", "unsure"];

function tickList(question: Question, actions: AnswerActions): TemplateResult {
  const { ticked, tick, press } = actions;
  const lines = question.choices.filter(({ value }) => !ALONE.includes(value));
  const alone = question.choices.filter(({ value }) => ALONE.includes(value));
  const chosen = lines.filter(({ value }) => ticked.includes(value));
  const sendTicked = () => {
    const { text, value } = answerOf(chosen);
    if (chosen.length > 0) press(question, text, value);
  };
  return html`<fieldset class="ticks">
    <legend class="hint">${WORDS.tickHint}</legend>
    ${lines.map(
      ({ value, label }) =>
        html`<label class="tick">
          <input
            type="checkbox"
            .checked=${ticked.includes(value)}
            @change=${(event: Event) => tick(value, (event.target as HTMLInputElement).checked)}
          />
          <span>${label}</span>
        </label>`,
    )}
    <div class="choices">
      ${
        chosen.length > 0
          ? html`<button class="choice main" type="button" @click=${sendTicked}>${WORDS.tickSend(chosen.length)}</button>`
          : alone.map((choice) => button(question, choice, actions, choice.value === "none" ? "main" : ""))
      }
    </div>
  </fieldset>`;
}

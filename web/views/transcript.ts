import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Message } from "../message.ts";
import type { Pending } from "../outbox.ts";
import { WORDS } from "../words.ts";

export interface TranscriptParts {
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  readonly endpoint: string;
  readonly retry: (pending: Pending) => void;
  /** A picture's height is known now, or that there is none. */
  readonly settled: () => void;
}

/** What was said, oldest first; new lines are read out by screen readers as they come. */
export function transcript({ messages, pending, endpoint, retry, settled }: TranscriptParts): TemplateResult {
  return html`<div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${WORDS.log}>
    ${repeat(
      messages,
      ({ id }) => id,
      (message, index) => line(message, messages[index - 1]?.from !== message.from, endpoint, settled),
    )}
    ${repeat(
      pending,
      ({ clientId }) => clientId,
      (one) => pendingLine(one, retry),
    )}
  </div>`;
}

function line(message: Message, first: boolean, endpoint: string, settled: () => void): TemplateResult {
  const { from, text, spoken, picture, disposition, step } = message;
  const grave = step === "escalate" && disposition !== null ? disposition : "";
  return html`<div class="line ${from} ${first ? "first" : ""} ${grave}">
    <span class="hidden">${from === "bot" ? WORDS.bot : WORDS.you}: </span>
    <div class="bubble" dir="auto">
      ${
        spoken === text
          ? html`<p>${withNumber(message)}</p>`
          : html`<p aria-hidden="true">${withNumber(message)}</p><span class="hidden">${spoken}</span>`
      }
      ${picture === null ? nothing : pictureOf(picture, endpoint, settled)}
    </div>
  </div>`;
}

/** One that is not drawn yet, or does not load, leaves nothing behind: its words are in the text. */
function pictureOf({ id, alt }: { id: string; alt: string }, endpoint: string, settled: () => void): TemplateResult {
  const settle = (event: Event) => {
    const image = event.target as HTMLImageElement;
    image.hidden = event.type === "error";
    settled();
  };
  return html`<img class="picture" src="${endpoint}/pictures/${id}.svg" alt=${alt} hidden @load=${settle} @error=${settle} />`;
}

/**
 * The emergency number within the text can be tapped. Everything else of the text is text. It is no stop of the Tab key: the
 * same number stands at the top, and the line may be read out in other words.
 */
function withNumber({ text, from, emergencyNumber }: Message): unknown {
  if (from === "user" || emergencyNumber === null) return text;
  const parts = text.split(new RegExp(`(?<![\\d+])(${emergencyNumber.replace("+", "\\+")})(?!\\d)`));
  return parts.map((part, index) =>
    index % 2 === 1 ? html`<a tabindex="-1" href="tel:${part.replaceAll(" ", "")}">${part}</a>` : part,
  );
}

function pendingLine(one: Pending, retry: (pending: Pending) => void): TemplateResult {
  const stuck = one.state === "failed" || one.state === "refused";
  return html`<div class="line user first pending ${one.state}">
    <span class="hidden">${WORDS.you}: </span>
    <div class="bubble" dir="auto"><p>${one.text}</p></div>
    ${
      stuck
        ? html`<button type="button" class="state" @click=${() => retry(one)}>${WORDS[one.state]}</button>`
        : html`<span class="state">${WORDS[one.state]}</span>`
    }
  </div>`;
}

import { html, type TemplateResult } from "lit";
import { WORDS } from "../words.ts";

export interface ComposerParts {
  readonly draft: string;
  readonly write: (text: string) => void;
  readonly send: () => void;
  readonly say: (text: string) => void;
}

/** Free words, always possible. Enter sends, Shift and Enter begins a line. */
export function composer({ draft, write, send, say }: ComposerParts): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    send();
  };
  return html`<form class="composer" @submit=${submit}>
    <label class="hidden" for="message">${WORDS.input}</label>
    <textarea
      id="message"
      rows="1"
      maxlength="8000"
      autocomplete="off"
      enterkeyhint="send"
      placeholder=${WORDS.placeholder}
      .value=${draft}
      @input=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}
      @keydown=${onKey}
    ></textarea>
    <button type="submit" class="send" aria-label=${WORDS.send}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20V5M5 12l7-7 7 7" /></svg>
    </button>
    <p class="foot">
      <button type="button" class="link" @click=${() => say(WORDS.startOverText)}>${WORDS.startOver}</button>
      <button type="button" class="link" @click=${() => say(WORDS.privacyText)}>${WORDS.privacy}</button>
    </p>
  </form>`;
}

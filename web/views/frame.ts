import { html, nothing, type TemplateResult } from "lit";
import { type Disposition, isEscalation } from "../../src/care/labels.ts";
import type { Connection } from "../connection.ts";
import { WORDS } from "../words.ts";

/** The knot that came undone. */
const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
  <circle cx="16" cy="16" r="16" />
  <path d="M5 19c4 0 5-8 10-8s5 9 10 9" /><path d="M7 12c3 3 4 9 9 9s6-6 10-6" />
</svg>`;

const phone = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11 11 0 0 0 3.6.6 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.5.6 3.6a1 1 0 0 1-.25 1z"
  />
</svg>`;

/** 112 reaches help from mobile phones nearly everywhere, so it is dialled where the country is not known. */
function telephone(number: string | null, className: string, words?: string): TemplateResult {
  const dialled = number ?? "112";
  return html`<a class=${className} href="tel:${dialled.replaceAll(" ", "")}" aria-label=${WORDS.callLabel(number ?? WORDS.callUnknown)}
    >${phone}<span>${words ?? dialled}</span></a
  >`;
}

/** The button in the corner of a page. */
export function launcher(unread: boolean, show: () => void): TemplateResult {
  return html`<button class="launcher" type="button" aria-label=${unread ? `${WORDS.open}. ${WORDS.newMessages}` : WORDS.open} @click=${show}>
    ${logo}<span>${WORDS.openShort}</span>${unread ? html`<i class="dot"></i>` : nothing}
  </button>`;
}

export interface HeaderParts {
  readonly connection: Connection;
  readonly emergencyNumber: string | null;
  readonly close: (() => void) | null;
}

export function header({ connection, emergencyNumber, close }: HeaderParts): TemplateResult {
  return html`<div class="head">
    ${logo}
    <div class="title">
      <h2>${WORDS.name}</h2>
      <p>${WORDS.role}</p>
      <p class="connection" role="status">${connection === "online" ? nothing : WORDS.connection[connection]}</p>
    </div>
    ${telephone(emergencyNumber, "call")}
    ${
      close === null
        ? nothing
        : html`<button type="button" class="close" aria-label=${WORDS.close} @click=${close}>
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
          </button>`
    }
  </div>`;
}

/** What the bot advises, where it cannot be scrolled away. */
export function advice(disposition: Disposition | null, number: string | null): TemplateResult {
  switch (disposition) {
    case "emergency-now":
      return html`<section class="advice emergency-now" role="alert">
        <strong>${WORDS.emergency}</strong>
        ${telephone(number, "big-call", WORDS.call(number ?? WORDS.callUnknown))}
      </section>`;
    case "urgent-same-day":
      return html`<section class="advice urgent-same-day" role="alert"><strong>${WORDS.urgent}</strong></section>`;
    case "see-clinician-soon":
      return html`<section class="advice see-clinician-soon" role="status"><strong>${WORDS.soon}</strong></section>`;
    default:
      return html``;
  }
}

/** What helps without a server. Whoever was sent to help is not told to do anything else. */
export function offlineCard(number: string | null, disposition: Disposition | null): TemplateResult {
  if (disposition !== null && isEscalation(disposition))
    return html`<section class="offline"><p>${WORDS.offlineEmergency}</p></section>`;
  return html`<section class="offline" aria-labelledby="offline-title">
    <h3 id="offline-title">${WORDS.offlineTitle}</h3>
    <ol>
      ${WORDS.offlineSteps.map((step) => html`<li>${step}</li>`)}
    </ol>
    <p>${WORDS.offlineCall}</p>
    ${telephone(number, "big-call", WORDS.call(number ?? WORDS.callUnknown))}
  </section>`;
}

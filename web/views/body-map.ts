import { html, nothing, svg, type TemplateResult } from "lit";
import { BACK_HEAD, BACK_PLACES, FIGURE, FRONT_PLACES, PLACE_NAMES, type Place } from "../body-shapes.ts";
import { WORDS } from "../words.ts";

export interface BodyMapActions {
  /** The name of the chosen place, "left calf"; null before one is. */
  readonly chosen: string | null;
  readonly choose: (name: string | null) => void;
  readonly send: (name: string) => void;
}

/** Front and back of a body to tap, the same places by name, and one large button that sends the chosen one. */
export function bodyMap({ chosen, choose, send }: BodyMapActions): TemplateResult {
  return html`<div class="map" role="group" aria-label=${WORDS.map}>
    <p class="hint" aria-hidden="true">${WORDS.mapHint}</p>
    <div class="figures">
      ${figure(WORDS.mapFront, FRONT_PLACES, chosen, choose)} ${figure(WORDS.mapBack, BACK_PLACES, chosen, choose)}
    </div>
    <button class="choice main" type="button" aria-disabled=${chosen === null} @click=${() => chosen !== null && send(chosen)}>
      ${chosen === null ? WORDS.mapEmpty : WORDS.mapSend(chosen)}
    </button>
    <label class="by-name">
      <span>${WORDS.mapChoose}</span>
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || null)}>
        <option value="" ?selected=${chosen === null}>${WORDS.mapNone}</option>
        ${PLACE_NAMES.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}
      </select>
    </label>
  </div>`;
}

/** One tab stop; the arrows go from place to place, as in any group of radio buttons. */
function figure(label: string, places: readonly Place[], chosen: string | null, choose: (name: string) => void): TemplateResult {
  const current = places.findIndex(({ name }) => name === chosen);
  const isFront = places === FRONT_PLACES;
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = places.findIndex(({ id }) => (event.target as Element).id === `${label}-${id}`);
    if (event.key !== " " && event.key !== "Enter" && step === undefined) return;
    event.preventDefault();
    const next = places[(at + (step ?? 0) + places.length) % places.length];
    if (next === undefined) return;
    choose(next.name);
    (event.currentTarget as Element).querySelector<SVGElement>(`#${label}-${next.id}`)?.focus();
  };
  return html`<div class="figure">
    <svg viewBox="0 0 ${FIGURE.width} ${FIGURE.height}" role="radiogroup" aria-label=${label} @keydown=${onKey}>
      ${isFront ? nothing : svg`<path class="rest" d=${BACK_HEAD} />`}
      ${places.map(
        (place, index) => svg`<path
          id="${label}-${place.id}"
          class="place"
          role="radio"
          aria-checked=${place.name === chosen}
          aria-label=${place.name}
          tabindex=${index === Math.max(0, current) ? 0 : -1}
          d=${place.path}
          transform=${place.mirrored ? `translate(${FIGURE.width} 0) scale(-1 1)` : nothing}
          @click=${() => choose(place.name)}
        ><title>${place.name}</title></path>`,
      )}
      <text class="side" x="8" y="66" aria-hidden="true">${isFront ? WORDS.mapRight : WORDS.mapLeft}</text>
      <text class="side" x="105" y="66" aria-hidden="true">${isFront ? WORDS.mapLeft : WORDS.mapRight}</text>
    </svg>
    <span aria-hidden="true">${label}</span>
  </div>`;
}

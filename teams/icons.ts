import { Resvg } from "@resvg/resvg-js";
import { ACCENT } from "./manifest.ts";

/** A loosened knot, drawn in a square of 96. */
const KNOT = `<path d="M8 66 C30 66 34 52 42 40 C52 24 74 26 72 46 C70 66 44 68 40 50 C37 36 52 30 88 30" fill="none" stroke="white" stroke-linecap="round" stroke-linejoin="round"`;

/** What Teams shows in its lists: 192 by 192, the knot in the middle half. */
export function colorIcon(): Uint8Array {
  return draw(
    `<rect width="192" height="192" fill="${ACCENT}"/><g transform="translate(48 48)">${KNOT} stroke-width="10"/></g>`,
    192,
  );
}

/** What Teams shows in its bar: 32 by 32, white on nothing. */
export function outlineIcon(): Uint8Array {
  return draw(`<g transform="scale(0.3333)">${KNOT} stroke-width="9"/></g>`, 32);
}

function draw(shapes: string, size: number): Uint8Array {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${shapes}</svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

/** One picture as SVG and as PNG. */
import { Resvg } from "@resvg/resvg-js";
import { svg } from "./page.ts";
import { PICTURES } from "./pictures.ts";

/** The width of a PNG: twice the 360 px at which a chat shows it. */
const PNG_WIDTH = 720;

/** The SVG of a picture. Throws if there is no pose for the id. */
export function drawn(id: string, alt: string): string {
  const pose = PICTURES[id];
  if (pose === undefined) throw new Error(`no pose for ${id}: add one under scripts/pictures/poses and list it in pictures.ts`);
  return svg(pose(), alt);
}

/** The PNG of an SVG, with clear corners. */
export const raster = (svg: string): Uint8Array =>
  new Resvg(svg, { fitTo: { mode: "width", value: PNG_WIDTH }, font: { loadSystemFonts: false } }).render().asPng();

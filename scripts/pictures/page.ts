/** One picture: a light panel with one or more scenes fitted into their places, written as SVG. */
import { escapeXml } from "../escape-xml.ts";
import type { Point } from "./geometry.ts";
import { shapesOf, UNITS, written } from "./path.ts";
import { bounds, type Scene } from "./scene.ts";
import { COLOURS, LINE, PAGE } from "./style.ts";

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a scene, in centimetres on the camera's plane. */
export interface Window {
  readonly min: Point;
  readonly max: Point;
}

/** A scene and where on the page it goes. A lens is a round close-up. */
export interface Panel {
  readonly scene: Scene;
  readonly frame?: Frame;
  readonly lens?: { readonly at: Point; readonly radius: number; readonly centre: Point; readonly zoom: number };
  readonly maxZoom?: number;
  /** What part of the scene must fit; all of it, if not told. */
  readonly window?: Window;
}

const WHOLE: Frame = {
  x: PAGE.margin,
  y: PAGE.margin,
  width: PAGE.width - 2 * PAGE.margin,
  height: PAGE.height - 2 * PAGE.margin,
};
/** How far a line may be off, in pixels: a page with many shapes has to do with coarser lines, to stay as small to load. */
const TOLERANCES = [
  { shapes: 75, tolerance: 0.45 },
  { shapes: 92, tolerance: 0.7 },
  { shapes: Infinity, tolerance: 1.2 },
] as const;

/** The page as SVG; the title is its alternative text. */
export function svg(panels: readonly Panel[], title: string): string {
  const { width, height, corner } = PAGE;
  const shapes = panels.reduce((sum, { scene }) => sum + scene.shapes.length, 0);
  const tolerance = TOLERANCES.find((row) => shapes <= row.shapes)?.tolerance ?? 1;
  const parts = panels.map((panel, i) =>
    panel.lens === undefined ? inFrame(panel, i === 0, tolerance) : inLens(panel, panel.lens, i, tolerance),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * UNITS} ${height * UNITS}" role="img" aria-labelledby="t">`,
    `<title id="t">${escapeXml(title)}</title>`,
    `<clipPath id="p"><rect width="${width * UNITS}" height="${height * UNITS}" rx="${corner * UNITS}"/></clipPath>`,
    `<g clip-path="url(#p)" stroke="${COLOURS.ink}" stroke-width="${written(LINE)}" stroke-linejoin="round" stroke-linecap="round" fill="none">`,
    `<path stroke="none" fill="${COLOURS.panel}" d="M0 0h${width * UNITS}v${height * UNITS}H0z"/>`,
    ...parts,
    "</g></svg>\n",
  ].join("\n");
}

function inFrame(
  { scene, frame = WHOLE, window, maxZoom = window === undefined ? 4.4 : 14 }: Panel,
  floorAcross: boolean,
  tolerance: number,
): string {
  const { min, max } = window ?? bounds(scene.shapes);
  const zoom = Math.min(frame.width / (max[0] - min[0]), frame.height / (max[1] - min[1]), maxZoom);
  const centre: Point = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2];
  const place = ([x, y]: Point): Point => [
    frame.x + frame.width / 2 + (x - centre[0]) * zoom,
    frame.y + frame.height / 2 - (y - centre[1]) * zoom,
  ];
  return (floorAcross ? floorOf(scene, place) : "") + shapesOf(scene.shapes, { place, tolerance });
}

/** The floor's colour, from where it ends at the back down to the page's lower edge. */
const floorOf = ({ floorBack }: Scene, place: (p: Point) => Point): string =>
  floorBack === null
    ? ""
    : `<path stroke="none" fill="${COLOURS.floor}" d="M0 ${written(Math.max(0, place([0, floorBack])[1]))}H${PAGE.width * UNITS}V${PAGE.height * UNITS}H0z"/>`;

function inLens({ scene }: Panel, lens: NonNullable<Panel["lens"]>, index: number, tolerance: number): string {
  const [x, y] = lens.at;
  const place = (p: Point): Point => [x + (p[0] - lens.centre[0]) * lens.zoom, y - (p[1] - lens.centre[1]) * lens.zoom];
  const circle = `cx="${written(x)}" cy="${written(y)}" r="${written(lens.radius)}"`;
  return [
    `<clipPath id="l${index}"><circle ${circle}/></clipPath>`,
    `<circle ${circle} stroke="none" fill="${COLOURS.halo}"/><g clip-path="url(#l${index})">${floorOf(scene, place)}`,
    shapesOf(scene.shapes, { place, tolerance }),
    `</g><circle ${circle} stroke="${COLOURS.ghostLine}" stroke-width="8"/>`,
  ].join("\n");
}

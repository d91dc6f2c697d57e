/** One picture: a light panel with one or more scenes fitted into their places, written as SVG. */
import { type Line, type Point, simplified } from "./geometry.ts";
import { bounds, type Scene, type Shape } from "./scene.ts";
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
  readonly lens?: { readonly at: Point; readonly radius: number; readonly centre: Point; readonly zoom: number; readonly from?: Point };
  readonly maxZoom?: number;
  /** What part of the scene must fit; all of it, if not told. */
  readonly window?: Window;
}

export interface Picture {
  readonly id: string;
  readonly panels: readonly Panel[];
}

const WHOLE: Frame = {
  x: PAGE.margin,
  y: PAGE.margin,
  width: PAGE.width - 2 * PAGE.margin,
  height: PAGE.height - 2 * PAGE.margin,
};
const ARROW = { width: 11, head: 36, halo: 5 } as const;

/** How far a written line may be off the drawn one, in pixels of the page. */
const TOLERANCE = 0.42;

type Place = (p: Point) => Point;

export function svg({ panels }: Picture, title: string): string {
  const { width, height, corner } = PAGE;
  const parts = panels.map((panel, i) => (panel.lens === undefined ? inFrame(panel, panels.length === 1 || i === 0) : inLens(panel, panel.lens, i)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * UNITS} ${height * UNITS}" role="img" aria-labelledby="t">`,
    `<title id="t">${escaped(title)}</title>`,
    `<clipPath id="p"><rect width="${width * UNITS}" height="${height * UNITS}" rx="${corner * UNITS}"/></clipPath>`,
    `<g clip-path="url(#p)" stroke="${COLOURS.ink}" stroke-width="${written(LINE)}" stroke-linejoin="round" stroke-linecap="round" fill="none">`,
    `<path stroke="none" fill="${COLOURS.panel}" d="M0 0h${width * UNITS}v${height * UNITS}H0z"/>`,
    ...parts,
    "</g></svg>\n",
  ].join("\n");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function inFrame({ scene, frame = WHOLE, window, maxZoom = window === undefined ? 4.4 : 14 }: Panel, floorAcross: boolean): string {
  const { min, max } = window ?? bounds(scene.shapes);
  const zoom = Math.min(frame.width / (max[0] - min[0]), frame.height / (max[1] - min[1]), maxZoom);
  const centre: Point = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2];
  const place: Place = ([x, y]) => [
    frame.x + frame.width / 2 + (x - centre[0]) * zoom,
    frame.y + frame.height / 2 - (y - centre[1]) * zoom,
  ];
  const floor =
    scene.floorBack === null || !floorAcross
      ? ""
      : `<path stroke="none" fill="${COLOURS.floor}" d="M0 ${written(place([0, scene.floorBack])[1])}H${PAGE.width * UNITS}V${PAGE.height * UNITS}H0z"/>\n`;
  return floor + shapesOf(scene.shapes, place);
}

function inLens({ scene }: Panel, lens: NonNullable<Panel["lens"]>, index: number): string {
  const [x, y] = lens.at;
  const place: Place = (p) => [x + (p[0] - lens.centre[0]) * lens.zoom, y - (p[1] - lens.centre[1]) * lens.zoom];
  const circle = `cx="${written(x)}" cy="${written(y)}" r="${written(lens.radius)}"`;
  const floor = scene.floorBack === null ? "" : `<path stroke="none" fill="${COLOURS.floor}" d="M0 ${written(place([0, scene.floorBack])[1])}H${PAGE.width * UNITS}V${PAGE.height * UNITS}H0z"/>`;
  const pointer = lens.from === undefined ? "" : `<path stroke="${COLOURS.ghostLine}" stroke-width="6" d="M${join(lens.from.map(written))}L${join([x, y].map(written))}"/><circle cx="${written(lens.from[0])}" cy="${written(lens.from[1])}" r="12" stroke="none" fill="${COLOURS.ghostLine}"/>`;
  return [
    pointer,
    `<clipPath id="l${index}"><circle ${circle}/></clipPath>`,
    `<circle ${circle} stroke="none" fill="${COLOURS.halo}"/><g clip-path="url(#l${index})">${floor}`,
    shapesOf(scene.shapes, place),
    `</g><circle ${circle} stroke="${COLOURS.ghostLine}" stroke-width="8"/>`,
  ].join("\n");
}

function shapesOf(shapes: readonly Shape[], place: Place): string {
  return shapes
    .map((shape, order) => ({ shape, order }))
    .sort((a, b) => a.shape.depth - b.shape.depth || a.order - b.order)
    .map(({ shape }) => (shape.arrow === undefined ? pathOf(shape, place) : arrowOf(shape, place)))
    .join("\n");
}

function pathOf({ lines, fill, stroke, width, dash, opacity, smooth }: Shape, place: Place): string {
  const d = lines.map((line) => (smooth ? curve(line, place) : polyline(line, place))).join("");
  const attributes = [
    fill === undefined ? "" : ` fill="${fill}"`,
    stroke === undefined ? ' stroke="none"' : stroke === COLOURS.ink ? "" : ` stroke="${stroke}"`,
    stroke === undefined || width === undefined || width === LINE ? "" : ` stroke-width="${written(width)}"`,
    dash === undefined ? "" : ` stroke-dasharray="${dash}"`,
    opacity === undefined ? "" : ` opacity="${opacity}"`,
  ].join("");
  return `<path${attributes} d="${d}"/>`;
}

/** Written units a pixel: whole numbers of half pixels take the fewest bytes. */
const UNITS = 2;
const written = (n: number): number => Math.round(n * UNITS) + 0;
const join = (numbers: readonly number[]): string => numbers.map((n, i) => (i > 0 && n >= 0 ? ` ${n}` : `${n}`)).join("");

function polyline({ points, closed }: Line, place: Place): string {
  const px = points.map(place);
  const kept = closed ? [...simplified([...px, px[0] as Point], TOLERANCE).slice(0, -1)] : simplified(px, TOLERANCE);
  let [x, y] = (kept[0] as Point).map(written) as [number, number];
  const start = [x, y];
  const steps = kept.slice(1).flatMap((p) => {
    const [dx, dy] = [written(p[0]) - x, written(p[1]) - y];
    x += dx;
    y += dy;
    return dx === 0 && dy === 0 ? [] : [dx, dy];
  });
  return `M${join(start)}l${join(steps)}${closed ? "z" : ""}`;
}

/** A smooth line through the points (Catmull and Rom 1974). */
function curve({ points, closed }: Line, place: Place): string {
  const px = points.map(place);
  const at = (i: number): Point => (closed ? px[(i + px.length) % px.length] : px[Math.max(0, Math.min(px.length - 1, i))]) as Point;
  const last = closed ? px.length : px.length - 1;
  const parts = Array.from({ length: last }, (_, i) => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return `C${join([b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[0], c[1]].map(written))}`;
  });
  return `M${join((px[0] as Point).map(written))}${parts.join("")}${closed ? "z" : ""}`;
}

function arrowOf({ lines, arrow }: Shape, place: Place): string {
  const [line] = lines;
  if (line === undefined || arrow === undefined) return "";
  const px = dense(line.points.map(place));
  const head = ARROW.head * arrow.weight;
  const shaft = ARROW.width * arrow.weight;
  const tip = headAt(px, head);
  const tail = arrow.both ? headAt([...px].reverse(), head) : null;
  const start = tail === null ? 0 : tail.cut;
  const body = px.slice(start, px.length - tip.cut);
  const way = polyline({ points: body, closed: false }, (p) => p);
  const heads = [tip, ...(tail === null ? [] : [tail])].map(({ points }) => polyline({ points, closed: true }, (p) => p)).join("");
  const halo = ARROW.halo * 2;
  return [
    `<path stroke="${COLOURS.halo}" stroke-width="${written(shaft + halo)}" d="${way}"/>`,
    `<path stroke="${COLOURS.halo}" stroke-width="${written(halo)}" fill="${COLOURS.halo}" d="${heads}"/>`,
    `<path stroke="${COLOURS.arrow}" stroke-width="${written(shaft)}" d="${way}"/>`,
    `<path stroke="none" fill="${COLOURS.arrow}" d="${heads}"/>`,
  ].join("");
}

/** The smooth way through the points, a point every few pixels. */
function dense(points: readonly Point[]): Point[] {
  const at = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))] as Point;
  const found: Point[] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const steps = Math.max(2, Math.ceil(Math.hypot(c[0] - b[0], c[1] - b[1]) / 3));
    for (let s = 0; s < steps; s++) {
      const t = s / steps;
      const one = (p: number, q: number, r: number, u: number) =>
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - u) * t * t + (3 * q - p - 3 * r + u) * t * t * t);
      found.push([one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])]);
    }
  }
  found.push(points.at(-1) as Point);
  return found;
}

/** The arrow's head at the end of a way, and how many points of the way it covers. */
function headAt(way: readonly Point[], length: number): { points: Point[]; cut: number } {
  const tip = way.at(-1) as Point;
  let back = way.length - 1;
  while (back > 0 && Math.hypot((way[back] as Point)[0] - tip[0], (way[back] as Point)[1] - tip[1]) < length * 0.9) back--;
  const base = way[back] as Point;
  const span = Math.hypot(tip[0] - base[0], tip[1] - base[1]) || 1;
  const u: Point = [(tip[0] - base[0]) / span, (tip[1] - base[1]) / span];
  const foot: Point = [tip[0] - u[0] * length, tip[1] - u[1] * length];
  const half = length * 0.5;
  return {
    points: [tip, [foot[0] - u[1] * half, foot[1] + u[0] * half], [foot[0] + u[1] * half, foot[1] - u[0] * half]],
    cut: Math.max(1, way.length - 1 - back),
  };
}

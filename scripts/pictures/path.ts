/** Writes shapes as SVG paths, in few bytes. */
import { type Line, type Point, simplified } from "./geometry.ts";
import type { Shape } from "./scene.ts";
import { smooth } from "./smooth.ts";
import { COLOURS, LINE } from "./style.ts";

/** Where a point of a scene goes, and how far a written line may be off the drawn one: both in pixels of the page. */
export interface Pen {
  readonly place: (p: Point) => Point;
  readonly tolerance: number;
}

/** A filled shape's edge may be this much coarser: its line is drawn over it. */
const UNDER_LINE = 2.2;
/** Pixels. */
const ARROW = { width: 11, head: 36, halo: 5 } as const;

/** The shapes, far ones first, as SVG paths. */
export function shapesOf(shapes: readonly Shape[], pen: Pen): string {
  return shapes
    .map((shape, order) => ({ shape, order }))
    .sort((a, b) => a.shape.depth - b.shape.depth || a.order - b.order)
    .map(({ shape }) => (shape.arrow === undefined ? pathOf(shape, pen) : arrowOf(shape, pen)))
    .join("\n");
}

function pathOf({ lines, fill, stroke, width, dash, opacity, smooth: isCurve }: Shape, pen: Pen): string {
  const coarse = stroke === undefined && fill !== undefined ? { ...pen, tolerance: pen.tolerance * UNDER_LINE } : pen;
  const d = lines.map((line) => (isCurve ? curve(line, pen) : polyline(line, coarse))).join("");
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
export const UNITS = 2;
export const written = (n: number): number => Math.round(n * UNITS) + 0;
const join = (numbers: readonly number[]): string => numbers.map((n, i) => (i > 0 && n >= 0 ? ` ${n}` : `${n}`)).join("");

/** Without the points in the middle of edges that are as good as straight. */
const merged = (points: readonly Point[], closed: boolean, tolerance: number): Point[] =>
  closed ? simplified([...points, points[0] as Point], tolerance).slice(0, -1) : simplified(points, tolerance);

function polyline({ points, closed }: Line, { place, tolerance }: Pen): string {
  const distinct = points
    .map(place)
    .filter((p, i, all) => i === 0 || Math.hypot(p[0] - (all[i - 1] as Point)[0], p[1] - (all[i - 1] as Point)[1]) > 0.2);
  if (distinct.length < 3) return `M${join(distinct.flat().map(written))}`;
  const { start, steps } = smooth(merged(distinct, closed, tolerance / 4), closed, tolerance);
  let at = start.map(written) as [number, number];
  let command = "M";
  let path = `M${join(at)}`;
  for (const { to, by } of steps) {
    const numbers = [...(by ?? []), to].flatMap((p) => [written(p[0]) - at[0], written(p[1]) - at[1]]);
    const wanted = by === null ? "l" : "c";
    path +=
      wanted === command && (numbers[0] ?? 0) >= 0 ? ` ${join(numbers)}` : (wanted === command ? "" : wanted) + join(numbers);
    command = wanted;
    at = to.map(written) as [number, number];
  }
  return closed ? `${path}z` : path;
}

/** A smooth line through the points (Catmull and Rom 1974). */
function curve({ points, closed }: Line, pen: Pen): string {
  const px = points.map(pen.place);
  const at = (i: number): Point =>
    (closed ? px[(i + px.length) % px.length] : px[Math.max(0, Math.min(px.length - 1, i))]) as Point;
  const last = closed ? px.length : px.length - 1;
  const parts = Array.from({ length: last }, (_, i) => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return `C${join([b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[0], c[1]].map(written))}`;
  });
  return `M${join((px[0] as Point).map(written))}${parts.join("")}${closed ? "z" : ""}`;
}

function arrowOf({ lines, arrow }: Shape, pen: Pen): string {
  const [line] = lines;
  if (line === undefined || arrow === undefined) return "";
  const px = dense(line.points.map(pen.place));
  const flat: Pen = { place: (p) => p, tolerance: 0.3 };
  const head = ARROW.head * arrow.weight;
  const shaft = ARROW.width * arrow.weight;
  const tip = headAt(px, head);
  const tail = arrow.both ? headAt([...px].reverse(), head) : null;
  const start = tail === null ? 0 : tail.cut;
  const body = px.slice(start, px.length - tip.cut);
  const way = polyline({ points: body, closed: false }, flat);
  const heads = [tip, ...(tail === null ? [] : [tail])].map(({ points }) => polyline({ points, closed: true }, flat)).join("");
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

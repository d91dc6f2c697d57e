/** Smooth curves through the corners of an outline: cubic Béziers by least squares (Schneider, "Graphics Gems", 1990), straight edges and sharp corners kept. */
import type { Point } from "./geometry.ts";

/** A step of a path from where the last one ended: a straight line to `to`, or a curve with two control points. */
export interface Step {
  readonly to: Point;
  readonly by: readonly [Point, Point] | null;
}
type Cubic = readonly [Point, Point, Point, Point];

/** A turn sharper than this (degrees) is a corner; the roundest small shapes turn by 26 at each of their points. */
const CORNER = 36;
/** An edge this many times as long as its neighbours is straight, not a piece of a round. */
const STRAIGHT = 2.4;

/** Pixels between the points to which curves are fitted. */
const SPACING = 5;

const plus = (a: Point, b: Point, t = 1): Point => [a[0] + b[0] * t, a[1] + b[1] * t];
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
const size = (a: Point): number => Math.hypot(a[0], a[1]);
const unit = (a: Point): Point => {
  const length = size(a) || 1;
  return [a[0] / length, a[1] / length];
};

/** The way along the points, in as few lines and curves as stay within `tolerance` of them. */
export function smooth(points: readonly Point[], closed: boolean, tolerance: number): { start: Point; steps: Step[] } {
  const breaks = breaksOf(points, closed);
  const first = closed ? (breaks[0] ?? 0) : 0;
  const n = points.length;
  const at = (i: number): Point => points[i % n] as Point;
  const ends = closed ? [...breaks.filter((i) => i > first), first + n] : [...breaks.filter((i) => i > 0 && i < n - 1), n - 1];
  const steps: Step[] = [];
  let from = first;
  for (const end of ends) {
    const run = Array.from({ length: end - from + 1 }, (_, i) => at(from + i));
    if (run.length === 2) steps.push({ to: at(end), by: null });
    else steps.push(...curves(denser(run), ...tangents(points, closed, from, end), tolerance));
    from = end;
  }
  return { start: at(first), steps };
}

/** Where a run must end: at corners, and at both ends of straight edges. */
function breaksOf(points: readonly Point[], closed: boolean): number[] {
  const n = points.length;
  const edge = (i: number): Point => minus(points[(i + 1 + n) % n] as Point, points[(i + n) % n] as Point);
  const isCorner = (i: number): boolean => {
    if (!closed && (i <= 0 || i >= n - 1)) return true;
    const cosine = dot(unit(edge(i - 1)), unit(edge(i)));
    return cosine < Math.cos((CORNER * Math.PI) / 180);
  };
  const isStraight = (i: number): boolean => {
    const length = size(edge(i));
    return (isCorner(i) || length > STRAIGHT * size(edge(i - 1))) && (isCorner(i + 1) || length > STRAIGHT * size(edge(i + 1)));
  };
  const all = Array.from({ length: n }, (_, i) => i);
  return all.filter(
    (i) => isCorner(i) || (i < n - 1 || closed ? isStraight(i) : false) || (i > 0 || closed ? isStraight(i - 1) : false),
  );
}

/** The directions in which a run leaves its first point and comes from its last. */
function tangents(points: readonly Point[], closed: boolean, from: number, end: number): [Point, Point] {
  const n = points.length;
  const at = (i: number): Point => points[(i + n) % n] as Point;
  const direction = (i: number, inside: 1 | -1): Point => {
    const inner = unit(minus(at(i + inside), at(i)));
    if (!closed && (i === 0 || i === n - 1)) return inner;
    const outer = minus(at(i), at(i - inside));
    if (dot(unit(outer), inner) < Math.cos((CORNER * Math.PI) / 180)) return inner;
    const straight = size(outer) > STRAIGHT * size(minus(at(i + inside), at(i)));
    return straight ? unit(outer) : unit(minus(at(i + inside), at(i - inside)));
  };
  return [direction(from, 1), direction(end, -1)];
}

/** More points on long edges, so that a curve may not bulge between two corners. */
const denser = (run: readonly Point[]): Point[] =>
  run.flatMap((p, i) => {
    const next = run[i + 1];
    if (next === undefined) return [p];
    const way = minus(next, p);
    const parts = Math.max(1, Math.ceil(size(way) / SPACING));
    return Array.from({ length: parts }, (_, k) => plus(p, way, k / parts));
  });

function curves(run: readonly Point[], start: Point, end: Point, tolerance: number): Step[] {
  const last = run.length - 1;
  const step = ([, b, c, d]: Cubic): Step => ({ to: d, by: [b, c] });
  if (last === 1) {
    const third = size(minus(run[1] as Point, run[0] as Point)) / 3;
    const [a, d] = run as [Point, Point];
    return [step([a, plus(a, start, third), plus(d, end, third), d])];
  }
  let places = chords(run);
  let worst = { at: 0, off: Infinity };
  for (let pass = 0; pass < 4; pass++) {
    const cubic = fitted(run, places, start, end);
    worst = furthest(run, places, cubic);
    if (worst.off <= tolerance) return [step(cubic)];
    places = places.map((t, i) => nearer(cubic, run[i] as Point, t));
  }
  const split = Math.max(1, Math.min(last - 1, worst.at));
  const across = unit(minus(run[split - 1] as Point, run[split + 1] as Point));
  return [
    ...curves(run.slice(0, split + 1), start, across, tolerance),
    ...curves(run.slice(split), [-across[0], -across[1]], end, tolerance),
  ];
}

/** How far along the run each point is, from 0 to 1. */
function chords(run: readonly Point[]): number[] {
  const far = [0];
  for (let i = 1; i < run.length; i++) far.push((far[i - 1] ?? 0) + size(minus(run[i] as Point, run[i - 1] as Point)));
  const whole = far.at(-1) || 1;
  return far.map((one) => one / whole);
}

function fitted(run: readonly Point[], places: readonly number[], start: Point, end: Point): Cubic {
  const a = run[0] as Point;
  const d = run.at(-1) as Point;
  let [c00, c01, c11, x0, x1] = [0, 0, 0, 0, 0];
  places.forEach((t, i) => {
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    const left: Point = [start[0] * b1, start[1] * b1];
    const right: Point = [end[0] * b2, end[1] * b2];
    const rest = minus(run[i] as Point, [a[0] * (b0 + b1) + d[0] * (b2 + b3), a[1] * (b0 + b1) + d[1] * (b2 + b3)]);
    c00 += dot(left, left);
    c01 += dot(left, right);
    c11 += dot(right, right);
    x0 += dot(left, rest);
    x1 += dot(right, rest);
  });
  const determinant = c00 * c11 - c01 * c01;
  const span = size(minus(d, a));
  let reach: [number, number] = [(x0 * c11 - x1 * c01) / determinant, (c00 * x1 - c01 * x0) / determinant];
  if (!(Math.min(...reach) > span * 0.01 && Math.max(...reach) < span * 3)) reach = [span / 3, span / 3];
  return [a, plus(a, start, reach[0]), plus(d, end, reach[1]), d];
}

function pointAt([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t;
  const one = (i: 0 | 1) => s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i];
  return [one(0), one(1)];
}

function furthest(run: readonly Point[], places: readonly number[], cubic: Cubic): { at: number; off: number } {
  let found = { at: 0, off: 0 };
  places.forEach((t, i) => {
    const off = size(minus(pointAt(cubic, t), run[i] as Point));
    if (off > found.off) found = { at: i, off };
  });
  return found;
}

/** A better place on the curve for a point: one step of Newton's. */
function nearer(cubic: Cubic, point: Point, t: number): number {
  const [a, b, c, d] = cubic;
  const s = 1 - t;
  const off = minus(pointAt(cubic, t), point);
  const one = (i: 0 | 1) => 3 * (s * s * (b[i] - a[i]) + 2 * s * t * (c[i] - b[i]) + t * t * (d[i] - c[i]));
  const two = (i: 0 | 1) => 6 * (s * (c[i] - 2 * b[i] + a[i]) + t * (d[i] - 2 * c[i] + b[i]));
  const [speed, change]: [Point, Point] = [
    [one(0), one(1)],
    [two(0), two(1)],
  ];
  const below = dot(speed, speed) + dot(off, change);
  return below === 0 ? t : Math.max(0, Math.min(1, t - dot(off, speed) / below));
}

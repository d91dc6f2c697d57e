/** Vectors, rotations and flat convex shapes. World axes: x to the right of the picture, y up, z towards whoever looks. Centimetres, degrees. */
export type Vec = readonly [number, number, number];
export type Point = readonly [number, number];
/** A convex polygon, counter-clockwise with y up. */
export type Polygon = readonly Point[];
/** Where the own axes (x forward, y up, z right) point in the world. */
export interface Axes {
  readonly x: Vec;
  readonly y: Vec;
  readonly z: Vec;
}
/** A rounded body in space: a centre and three half axes along `axes`. */
export interface Ball {
  readonly centre: Vec;
  readonly radii: Vec;
  readonly axes: Axes;
}

export const WORLD: Axes = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec, by: number): Vec => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec, b: Vec): Vec => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const size = (a: Vec): number => Math.hypot(a[0], a[1], a[2]);
export const mix = (a: Vec, b: Vec, t: number): Vec => add(scale(a, 1 - t), scale(b, t));
export const rad = (degrees: number): number => (degrees * Math.PI) / 180;
export const deg = (radians: number): number => (radians * 180) / Math.PI;

export function unit(a: Vec): Vec {
  const length = size(a);
  if (length < 1e-9) throw new Error("a direction of no length");
  return scale(a, 1 / length);
}

/** What of `a` is at right angles to `to`, at length 1. */
export const across = (a: Vec, to: Vec): Vec => unit(sub(a, scale(to, dot(a, to))));

/** The angle between two directions. */
export const angle = (a: Vec, b: Vec): number => deg(Math.acos(Math.max(-1, Math.min(1, dot(unit(a), unit(b))))));

/** Axes with `y` as given and `x` as near to `front` as that allows. */
export function axesFrom(y: Vec, front: Vec): Axes {
  const up = unit(y);
  const x = across(front, up);
  return { x, y: up, z: cross(x, up) };
}

/** From own coordinates to the world's. */
export const turned = (axes: Axes, v: Vec): Vec => add(add(scale(axes.x, v[0]), scale(axes.y, v[1])), scale(axes.z, v[2]));

/** From the world's coordinates to own ones. */
export const inOwn = (axes: Axes, v: Vec): Vec => [dot(axes.x, v), dot(axes.y, v), dot(axes.z, v)];

const within = (parent: Axes, child: Axes): Axes => ({
  x: turned(parent, child.x),
  y: turned(parent, child.y),
  z: turned(parent, child.z),
});

/** How far a joint is bent: forwards, to the right side, turned to the right. */
export interface Bend {
  readonly flex?: number;
  readonly side?: number;
  readonly turn?: number;
}

/** The axes after a bend in own coordinates: the turn first, then the side, then forwards. */
export function bent(axes: Axes, { flex = 0, side = 0, turn = 0 }: Bend): Axes {
  const [f, s, t] = [rad(flex), rad(side), rad(turn)];
  const forward: Axes = { x: [Math.cos(f), -Math.sin(f), 0], y: [Math.sin(f), Math.cos(f), 0], z: [0, 0, 1] };
  const sideways: Axes = { x: [1, 0, 0], y: [0, Math.cos(s), Math.sin(s)], z: [0, -Math.sin(s), Math.cos(s)] };
  const round: Axes = { x: [Math.cos(t), 0, Math.sin(t)], y: [0, 1, 0], z: [-Math.sin(t), 0, Math.cos(t)] };
  return within(axes, within(forward, within(sideways, round)));
}

/** `v` turned about `axis` (right-handed). */
export function about(axis: Vec, degrees: number, v: Vec): Vec {
  const k = unit(axis);
  const a = rad(degrees);
  return add(add(scale(v, Math.cos(a)), scale(cross(k, v), Math.sin(a))), scale(k, dot(k, v) * (1 - Math.cos(a))));
}

/** A view without vanishing point: which way the picture's right and upper side and whoever looks at it lie. */
export interface Camera {
  readonly right: Vec;
  readonly up: Vec;
  readonly towards: Vec;
}

/** `yaw` goes round the figure, `pitch` looks down on it: degrees. */
export function camera(yaw: number, pitch: number): Camera {
  const [w, p] = [rad(yaw), rad(pitch)];
  return {
    right: [Math.cos(w), 0, -Math.sin(w)],
    up: [-Math.sin(w) * Math.sin(p), Math.cos(p), -Math.cos(w) * Math.sin(p)],
    towards: [Math.sin(w) * Math.cos(p), Math.sin(p), Math.cos(w) * Math.cos(p)],
  };
}

export const seen = (view: Camera, v: Vec): Point => [dot(view.right, v), dot(view.up, v)];

/** The outline of the tight skin over some balls, as the camera sees it. */
export function skin(view: Camera, balls: readonly Ball[], steps = stepsFor(balls)): Polygon {
  const points: Point[] = [];
  for (let i = 0; i < steps; i++) {
    const a = (2 * Math.PI * i) / steps;
    const direction = add(scale(view.right, Math.cos(a)), scale(view.up, Math.sin(a)));
    let best: Vec | undefined;
    let furthest = -Infinity;
    for (const { centre, radii, axes } of balls) {
      const own = inOwn(axes, direction);
      const stretched: Vec = [own[0] * radii[0], own[1] * radii[1], own[2] * radii[2]];
      const reach = size(stretched);
      const support = turned(axes, [
        (stretched[0] * radii[0]) / reach,
        (stretched[1] * radii[1]) / reach,
        (stretched[2] * radii[2]) / reach,
      ]);
      const at = add(centre, support);
      const far = dot(at, direction);
      if (far > furthest + 1e-9) {
        furthest = far;
        best = at;
      }
    }
    if (best === undefined) throw new Error("a shape of no balls");
    const point = seen(view, best);
    const last = points.at(-1);
    if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) > 1e-6) points.push(point);
  }
  return points;
}

/** Enough corners for the size of the shape: 14 for a finger, 40 for a chest. */
const stepsFor = (balls: readonly Ball[]): number => {
  const widest = Math.max(...balls.flatMap(({ radii }) => radii));
  return 2 * Math.round(Math.min(20, Math.max(7, 4.6 * Math.sqrt(widest))));
};

type Span = readonly [number, number];

/** The part (0 to 1) of the way from a to b that is inside a convex polygon grown by `margin`; null if none. */
function insideSpan(a: Point, b: Point, polygon: Polygon, margin: number): Span | null {
  let [from, to] = [0, 1];
  for (let i = 0; i < polygon.length; i++) {
    const p = polygon[i] as Point;
    const q = polygon[(i + 1) % polygon.length] as Point;
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (length < 1e-9) continue;
    const n: Point = [(q[1] - p[1]) / length, -(q[0] - p[0]) / length];
    const start = (a[0] - p[0]) * n[0] + (a[1] - p[1]) * n[1] - margin;
    const end = (b[0] - p[0]) * n[0] + (b[1] - p[1]) * n[1] - margin;
    if (start > 0 && end > 0) return null;
    if (start > 0) from = Math.max(from, start / (start - end));
    else if (end > 0) to = Math.min(to, start / (start - end));
    if (from >= to) return null;
  }
  return [from, to];
}

function without(spans: readonly Span[], cut: Span): Span[] {
  return spans.flatMap(([from, to]): Span[] => {
    if (cut[1] <= from || cut[0] >= to) return [[from, to]];
    const left: Span[] = cut[0] > from ? [[from, cut[0]]] : [];
    return cut[1] < to ? [...left, [cut[1], to]] : left;
  });
}

export interface Line {
  readonly points: readonly Point[];
  readonly closed: boolean;
}

/** Two shapes that share an edge both keep it: inside begins this deep (the error of a round shape with few corners). */
const SHARED = 0.16;

/** The line round several overlapping convex polygons; what is inside all polygons of an `eraser` is left out. */
export function outline(polygons: readonly Polygon[], erasers: readonly (readonly Polygon[])[] = []): Line[] {
  const pieces: [Point, Point][] = [];
  polygons.forEach((polygon, own) => {
    polygon.forEach((a, i) => {
      const b = polygon[(i + 1) % polygon.length] as Point;
      let spans: Span[] = [[0, 1]];
      polygons.forEach((other, j) => {
        const cut = j === own ? null : insideSpan(a, b, other, j < own ? 1e-4 : -1e-4);
        if (cut !== null) spans = without(spans, cut);
      });
      for (const eraser of erasers) {
        let cut: Span | null = [0, 1];
        for (const part of eraser) {
          const one = insideSpan(a, b, part, -SHARED);
          cut = cut === null || one === null ? null : [Math.max(cut[0], one[0]), Math.min(cut[1], one[1])];
        }
        if (cut !== null && cut[0] < cut[1]) spans = without(spans, cut);
      }
      for (const [from, to] of spans) {
        const at = (t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        pieces.push([at(from), at(to)]);
      }
    });
  });
  return joined(pieces);
}

const JOIN = 0.12;

function joined(pieces: [Point, Point][]): Line[] {
  const near = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const left = [...pieces];
  const lines: Line[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const points: Point[] = [...first];
    for (;;) {
      const end = points.at(-1) as Point;
      let best = -1;
      let gap = JOIN;
      left.forEach(([start], i) => {
        const distance = near(start, end);
        if (distance < gap) [best, gap] = [i, distance];
      });
      if (best < 0) break;
      const [next] = left.splice(best, 1) as [[Point, Point]];
      points.push(next[1]);
    }
    for (;;) {
      const start = points[0] as Point;
      const before = left.findIndex(([, end]) => near(end, start) < JOIN);
      if (before < 0) break;
      const [next] = left.splice(before, 1) as [[Point, Point]];
      points.unshift(next[0]);
    }
    const closed = near(points[0] as Point, points.at(-1) as Point) < JOIN;
    if (closed) points.pop();
    if (length(points) > 0.15) lines.push({ points, closed });
  }
  return lines;
}

const length = (points: readonly Point[]): number =>
  points.reduce(
    (sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - (points[i - 1] as Point)[0], p[1] - (points[i - 1] as Point)[1])),
    0,
  );

/** Leaves out points that are less than `tolerance` off the line (Douglas and Peucker 1973). */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const a = points[0] as Point;
  const b = points.at(-1) as Point;
  const span = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let worst = 0;
  let at = 0;
  points.forEach((p, i) => {
    const off =
      span < 1e-9
        ? Math.hypot(p[0] - a[0], p[1] - a[1])
        : Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / span;
    if (off > worst) [worst, at] = [off, i];
  });
  if (worst <= tolerance) return [a, b];
  return [...simplified(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(points.slice(at), tolerance)];
}

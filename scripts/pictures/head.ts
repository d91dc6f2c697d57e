/** The head: skull, jaw, hair, ear, eyes, nose and mouth, as the camera sees them. */
import type { Part } from "./figure.ts";
import {
  add,
  type Ball,
  type Camera,
  cross,
  dot,
  inOwn,
  outline,
  type Point,
  scale,
  seen,
  skin,
  turned,
  unit,
  type Vec,
} from "./geometry.ts";
import type { Shape } from "./scene.ts";
import { COLOURS, LINE } from "./style.ts";

export interface HeadLook {
  /** Shut eyes: at ease. */
  readonly eyes?: "open" | "shut";
  readonly mouth?: "smile" | "blow" | "open";
  /** How far the jaw has dropped, in centimetres. */
  readonly jaw?: number;
}

const SKULL = { centre: [0.5, 11, 0] as Vec, radii: [10, 11, 8.3] as Vec };
const HAIR = 1.06;
/** The hair: what lies beyond either of two planes, one over the forehead, one behind the ears down to the nape. */
const HAIR_PARTS = [
  { towards: unit([-0.3, 0.95, 0]), from: 0.42 },
  { towards: unit([-0.9, 0.3, 0]), from: 0.05 },
] as const;

export const onHead = (head: Part, x: number, y: number, z = 0): Vec => add(head.at, turned(head.axes, [x, y, z]));

/** What the parts of a face share: where they are, which way they look, and how a line is drawn on them. */
interface Face {
  readonly view: Camera;
  readonly depth: number;
  readonly round: (centre: Vec, radii: Vec) => Ball;
  /** How much a direction of the head's own looks at the camera, from -1 to 1. */
  readonly facing: (own: Vec) => number;
  readonly at: (own: Vec) => Point;
  readonly stroke: (points: readonly Vec[], width?: number) => Shape;
}

function faceOf({ at: place, axes }: Part, view: Camera, depth: number): Face {
  const at = (own: Vec): Point => seen(view, add(place, turned(axes, own)));
  return {
    view,
    depth,
    round: (centre, radii) => ({ centre: add(place, turned(axes, centre)), radii, axes }),
    facing: (own) => dot(turned(axes, unit(own)), view.towards),
    at,
    stroke: (points, width = LINE * 0.9) => ({
      lines: [{ points: points.map(at), closed: false }],
      stroke: COLOURS.ink,
      width,
      smooth: true,
      depth,
    }),
  };
}

/** A head with hair and a face, all at one depth. */
export function headShapes(head: Part, view: Camera, depth: number, look: HeadLook): Shape[] {
  const face = faceOf(head, view, depth);
  const { facing, stroke } = face;
  const profile = Math.abs(facing([0, 0, 1])) > 0.45;
  const shapes = [...skullShapes(face, look.jaw ?? 0, profile), ...[-1, 1].flatMap((side) => sideShapes(face, side, look))];
  if (!profile && facing([1, 0, 0]) > 0.3) {
    shapes.push(
      stroke([
        [11, 9.6, 0.4],
        [12, 7.9, 1.3],
        [11.4, 7.3, 0],
      ]),
    );
  }
  if (facing([1, -0.2, 0]) > -0.15) shapes.push(...mouth(look, look.jaw ?? 0, face));
  return shapes;
}

/** Face, jaw, the nose of a profile, and hair. */
function skullShapes({ view, depth, round, facing }: Face, jaw: number, profile: boolean): Shape[] {
  const skull = round(SKULL.centre, SKULL.radii);
  const hair = round(SKULL.centre, scale(SKULL.radii, HAIR));
  const chin = round([4.6, 2.6 - jaw, 0], [4.9, 3.6, 4.4]);
  const cheek = round([2.2, 5 - jaw * 0.5, 0], [6.8, 5, 6.6]);
  const nose = [round([10, 10.4, 0], [1, 1.4, 1]), round([11.3, 7.8, 0], [1.5, 1.3, 1.7])];
  const skins = [skin(view, [skull, cheek], 40), skin(view, [cheek, chin], 32)];
  if (profile && facing([1, 0, 0]) > -0.75) skins.push(skin(view, nose, 16));
  const crowns = HAIR_PARTS.map(({ towards, from }) => cap(hair, towards, from, view))
    .filter((points) => points.length > 2)
    .map((points): Shape => ({ lines: [{ points, closed: true }], fill: COLOURS.hair, depth }));
  return [
    { lines: outline(skins), fill: COLOURS.skin, stroke: COLOURS.ink, width: LINE, depth },
    ...crowns.map((crown): Shape => ({ ...crown, stroke: COLOURS.ink, width: LINE * 1.6 })),
    ...crowns,
  ];
}

/** The ear, the eye and the eyebrow of one side (-1 or 1), where the camera sees them. */
function sideShapes({ view, depth, round, facing, stroke }: Face, side: number, look: HeadLook): Shape[] {
  const shapes: Shape[] = [];
  const disc = (ball: Ball, steps: number, fill: string): Shape => ({
    lines: [{ points: skin(view, [ball], steps), closed: true }],
    fill,
    depth,
  });
  if (facing([-0.25, -0.1, side]) > 0.1) {
    const ear = disc(round([-0.8, 8.8, side * 8.1], [2, 2.9, 1]), 20, COLOURS.skin);
    shapes.push({ ...ear, stroke: COLOURS.ink, width: LINE * 0.8 });
  }
  if (facing([0.85, 0, side * 0.36]) <= 0.22) return shapes;
  const lid: Vec[] = [
    [9.4, 11.2, side * 2.2],
    [9.1, 10.6, side * 3.3],
    [8.2, 11, side * 4.6],
  ];
  const eye = round([9.1, 11.2, side * 3.4], [0.5, 1.05, 0.85]);
  const brow: Vec[] = [
    [10, 13.6, side * 1.9],
    [9.7, 14.3, side * 3.4],
    [8.5, 13.7, side * 5],
  ];
  return [...shapes, look.eyes === "shut" ? stroke(lid) : disc(eye, 14, COLOURS.ink), stroke(brow)];
}

function mouth(look: HeadLook, jaw: number, { at, facing, stroke, depth }: Face): Shape[] {
  const y = 4.5;
  if (look.mouth === "blow") {
    const lips: Vec[] = Array.from({ length: 12 }, (_, i) => {
      const a = (Math.PI * 2 * i) / 12;
      return [10.3, y + Math.sin(a) * 1.3, Math.cos(a) * 1.1];
    });
    return [{ lines: [{ points: lips.map(at), closed: true }], fill: COLOURS.ink, stroke: COLOURS.ink, width: LINE, depth }];
  }
  if (look.mouth === "open" || jaw > 0) {
    const low = y - 0.4 - jaw * 1.1;
    const lips: Vec[] = [
      [8.7, y, -2.9],
      [9.6, y + 0.4, 0],
      [8.7, y, 2.9],
      [8.7, low + 0.8, 2.2],
      [9.2, low, 0],
      [8.7, low + 0.8, -2.2],
    ];
    return [
      {
        lines: [{ points: lips.map(at), closed: true }],
        fill: COLOURS.mouth,
        stroke: COLOURS.ink,
        width: LINE * 0.8,
        depth,
        smooth: true,
      },
    ];
  }
  const sides = [-1, 1].filter((side) => facing([0.9, -0.1, side * 0.3]) > 0.05);
  const points: Vec[] = [[9.3, y + 0.1, 0]];
  if (sides.includes(-1)) points.unshift([8.4, y + 0.7, -2.6]);
  if (sides.includes(1)) points.push([8.4, y + 0.7, 2.6]);
  return points.length > 1 ? [stroke(points)] : [];
}

/** What the camera sees of the part of a ball that lies beyond a plane (`from` 0 is the middle, 1 the pole). */
function cap(body: Ball, towards: Vec, from: number, view: Camera): Point[] {
  const place = (q: Vec): Vec =>
    add(body.centre, turned(body.axes, [q[0] * body.radii[0], q[1] * body.radii[1], q[2] * body.radii[2]]));
  // Normal to the ball at q, in own coordinates, is q / radii.
  const eye = inOwn(body.axes, view.towards);
  const sees = unit([eye[0] / body.radii[0], eye[1] / body.radii[1], eye[2] / body.radii[2]]);
  const frame = circleAxes(sees);
  const rim = run(
    72,
    (a) => ringPoint(sees, 0, frame, a),
    (q) => dot(q, towards) >= from,
  );
  const cut = run(
    72,
    (a) => ringPoint(towards, from, circleAxes(towards), a),
    (q) => dot(q, sees) >= 0,
  );
  const [first, second] = [rim.map(place), cut.map(place)];
  const [a, b] = [first.map((p) => seen(view, p)), second.map((p) => seen(view, p))];
  if (a.length === 0) return dot(towards, sees) > 0 ? b : [];
  if (b.length === 0) return dot(towards, sees) * from >= 0 ? a : [];
  const end = a.at(-1) as Point;
  const near = (p: Point) => Math.hypot(p[0] - end[0], p[1] - end[1]);
  if (near(b[0] as Point) > near(b.at(-1) as Point)) b.reverse();
  return [...a, ...b];
}

function circleAxes(normal: Vec): readonly [Vec, Vec] {
  const u = unit(cross(Math.abs(normal[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], normal));
  return [u, cross(normal, u)];
}

function ringPoint(normal: Vec, from: number, [u, v]: readonly [Vec, Vec], a: number): Vec {
  const r = Math.sqrt(1 - from * from);
  return add(scale(normal, from), add(scale(u, r * Math.cos(a)), scale(v, r * Math.sin(a))));
}

/** The one stretch of a ring that passes the test, in order round the ring. */
function run(steps: number, point: (angle: number) => Vec, test: (q: Vec) => boolean): Vec[] {
  const all = Array.from({ length: steps }, (_, i) => point((2 * Math.PI * i) / steps));
  const passes = all.map(test);
  if (passes.every(Boolean)) return all;
  const start = passes.findIndex((pass, i) => pass && !(passes[(i + steps - 1) % steps] as boolean));
  if (start < 0) return [];
  const found: Vec[] = [];
  for (let i = start; passes[i % steps]; i++) found.push(all[i % steps] as Vec);
  return found;
}

/** Puts people, things, marks and arrows in front of one camera, far things first, and gives them as SVG shapes. */
import { type Piece, type PieceName, pieces } from "./body.ts";
import { type Person, SIDES } from "./figure.ts";
import {
  type Axes,
  add,
  type Ball,
  type Camera,
  camera,
  dot,
  type Line,
  outline,
  type Point,
  type Polygon,
  seen,
  skin,
  turned,
  type Vec,
} from "./geometry.ts";
import { handLines } from "./hand.ts";
import { type HeadLook, headShapes } from "./head.ts";
import { ball, type Run } from "./solid.ts";
import { COLOURS, LINE } from "./style.ts";

/** A drawn shape, still in centimetres on the camera's plane. */
export interface Shape {
  readonly lines: readonly Line[];
  readonly depth: number;
  readonly fill?: string;
  readonly stroke?: string;
  /** In pixels of the page. */
  readonly width?: number;
  readonly dash?: string;
  readonly opacity?: number;
  /** A curve is drawn smoothly through its points. */
  readonly smooth?: boolean;
  /** In front of everything, sized in pixels. */
  readonly arrow?: { readonly both: boolean; readonly weight: number };
}

export interface View {
  readonly yaw?: number;
  readonly pitch?: number;
}

export interface PersonLook {
  /** Draws pieces nearer (positive) or further off than they are. */
  readonly shift?: Partial<Record<PieceName | "head", number>>;
  readonly without?: readonly (PieceName | "head")[];
  readonly head?: HeadLook;
}

export interface ArrowLook {
  readonly both?: boolean;
  readonly weight?: number;
}

export interface Scene {
  readonly view: Camera;
  readonly shapes: Shape[];
  /** Who is in the scene, and how near each piece of them was drawn. */
  readonly people: Map<Person, Map<PieceName, number>>;
  /** Where the floor ends at the back, by its height on the camera's plane; null where the scene has none. */
  floorBack: number | null;
  depthOf(at: Vec): number;
  /** Where a place is on the camera's plane. */
  centre(at: Vec): Point;
  person(who: Person, look?: PersonLook): void;
  ghost(who: Person, only?: readonly (PieceName | "head")[], depth?: number): void;
  mark(runs: readonly Run[], depth: number): void;
  solid(runs: readonly Run[], look: { fill: string; depth: number; stroke?: string }): void;
  line(points: readonly Vec[], look: { depth: number; stroke?: string; width?: number; smooth?: boolean; dash?: string }): void;
  /** Flat faces of one colour that do not lie over each other. */
  faces(faces: readonly (readonly Vec[])[], look: { fill: string; depth: number; stroke?: string; width?: number }): void;
  arrow(points: readonly Vec[], look?: ArrowLook): void;
  floor(back?: number): void;
}

/** From this pitch on the view is from above, and what is higher is nearer. */
const STEEP = 30;
/** Nearer than anything of a scene. */
const IN_FRONT = 1e4;

/** An empty scene before a camera; angles in degrees. */
export function scene({ yaw = 0, pitch = 8 }: View = {}): Scene {
  const view = camera(yaw, pitch);
  // What is nearer is judged along the ground: a raised foot is no nearer for being high.
  const level = pitch > STEEP ? view.towards : camera(yaw, 0).towards;
  const shapes: Shape[] = [];
  const lineOf = (points: readonly Vec[], closed: boolean): Line => ({ points: points.map((p) => seen(view, p)), closed });

  const made: Scene = {
    view,
    shapes,
    people: new Map(),
    floorBack: null,
    depthOf: (at) => dot(level, at),
    centre: (at) => seen(view, at),
    person: (who, look = {}) => drawPerson(made, who, look),
    ghost: (who, only, depth = -250) => drawGhost(made, who, only, depth),
    mark: (runs, depth) => {
      shapes.push({ lines: outline(flat(view, runs)), depth, fill: COLOURS.muscle, stroke: COLOURS.muscleEdge, width: 2 });
    },
    solid: (runs, { fill, depth, stroke }) => {
      shapes.push(...filled(flat(view, runs), [], fill, depth, stroke));
    },
    line: (points, { depth, stroke = COLOURS.ink, width = LINE, smooth = false, dash }) => {
      shapes.push({ lines: [lineOf(points, false)], depth, stroke, width, smooth, ...(dash === undefined ? {} : { dash }) });
    },
    faces: (faces, { fill, depth, stroke = COLOURS.ink, width = 2.2 }) => {
      shapes.push({ lines: faces.map((corners) => lineOf(corners, true)), depth, fill, stroke, width });
    },
    arrow: (points, { both = false, weight = 1 } = {}) => {
      shapes.push({ lines: [lineOf(points, false)], depth: IN_FRONT, arrow: { both, weight } });
    },
    floor: (back = 45) => {
      made.floorBack = seen(view, [0, 0, 0])[1] + back * Math.max(0.09, Math.hypot(view.up[0], view.up[2]));
    },
  };
  return made;
}

const flat = (view: Camera, runs: readonly Run[]): Polygon[] => runs.map((run) => skin(view, run));

function drawPerson(scene: Scene, who: Person, look: PersonLook): void {
  const { view, shapes, people, depthOf } = scene;
  const depths = drawBody(scene, who, look);
  people.set(who, depths);
  for (const side of SIDES) {
    const depth = depths.get(`hand-${side}`);
    if (depth === undefined) continue;
    for (const points of handLines(who.arms[side], side, view))
      scene.line(points, { depth: depth + 0.02, width: LINE * 0.6, smooth: true });
  }
  if (look.without?.includes("head")) return;
  const depth = Math.max(depthOf(who.trunk.head.at) + 0.6, (depths.get("neck") ?? -Infinity) + 0.05);
  shapes.push(...headShapes(who.trunk.head, view, depth + (look.shift?.head ?? 0), look.head ?? {}));
}

/** Where somebody was before or may go: one pale shape with a dashed line, of the named pieces or of all. */
function drawGhost({ view, shapes }: Scene, who: Person, only: readonly (PieceName | "head")[] | undefined, depth: number): void {
  const wanted = (name: PieceName | "head") => only === undefined || only.includes(name);
  const polygons = flat(
    view,
    pieces(who).flatMap(({ name, runs }) => (wanted(name) ? runs : [])),
  );
  if (wanted("head")) {
    const { at, axes } = who.trunk.head;
    polygons.push(skin(view, [ball(at, 1, axes), ...headBalls(at, axes)]));
  }
  shapes.push({ lines: outline(polygons), depth, fill: COLOURS.ghost, stroke: COLOURS.ghostLine, width: 2.4, dash: "18 14" });
}

/** Draws all of a person but the head, and gives how near each piece lies. */
function drawBody({ view, shapes, depthOf }: Scene, who: Person, look: PersonLook): Map<PieceName, number> {
  const all = pieces(who);
  const polygonsOf = new Map<PieceName, Polygon[]>(all.map(({ name, runs }) => [name, flat(view, runs)]));
  const depthOfPiece = ({ at, over }: Piece): number => depthOf(at) + over;
  const depths = new Map<PieceName, number>();
  for (const piece of all) {
    if (look.without?.includes(piece.name)) continue;
    const under = all.filter(({ name }) => piece.hangsOver?.includes(name));
    const erasers = piece.joins.flatMap(({ to, at }) => {
      const near = skin(view, [at]);
      return to.flatMap((name) => (polygonsOf.get(name) ?? []).map((polygon) => [polygon, near]));
    });
    const nearest = Math.max(depthOfPiece(piece), ...under.map((one) => depthOfPiece(one) + 0.1));
    const depth = nearest + (look.shift?.[piece.name] ?? 0);
    depths.set(piece.name, depth);
    shapes.push(...filled(polygonsOf.get(piece.name) ?? [], erasers, piece.fill, depth));
  }
  return depths;
}

function headBalls(at: Vec, axes: Axes): Ball[] {
  const place = (x: number, y: number): Vec => add(at, turned(axes, [x, y, 0]));
  return [ball(place(0.5, 11), [10.3, 11.2, 8.6], axes), ball(place(4, 4), [5.5, 4.6, 5], axes)];
}

/** A filled shape with its line, the line interrupted where the erasers are. */
function filled(
  polygons: readonly Polygon[],
  erasers: readonly (readonly Polygon[])[],
  fill: string,
  depth: number,
  stroke: string = COLOURS.ink,
): Shape[] {
  const whole = outline(polygons);
  const closed = whole.every((line) => line.closed) ? whole : polygons.map((points): Line => ({ points, closed: true }));
  if (erasers.length === 0) return [{ lines: whole, fill, stroke, width: LINE, depth }];
  return [
    { lines: closed, fill, depth },
    { lines: outline(polygons, erasers), stroke, width: LINE, depth },
  ];
}

export const bounds = (shapes: readonly Shape[]): { min: Point; max: Point } => {
  const points = shapes.flatMap(({ lines }) => lines.flatMap((line) => line.points));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { min: [Math.min(...xs), Math.min(...ys)], max: [Math.max(...xs), Math.max(...ys)] };
};

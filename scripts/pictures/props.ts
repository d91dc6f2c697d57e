/** Things in the pictures: seats, walls, tables, towels, pillows. Sizes in centimetres. */
import { type Axes, add, cross, dot, scale, turned, unit, type Vec, WORLD } from "./geometry.ts";
import type { Scene } from "./scene.ts";
import { ball } from "./solid.ts";
import { COLOURS } from "./style.ts";

interface Fills {
  readonly light: string;
  readonly dark: string;
}
const WOOD: Fills = { light: COLOURS.wood, dark: COLOURS.woodDark };
const WALL: Fills = { light: COLOURS.wall, dark: COLOURS.wallShade };
/** Far behind the people, above the floor. */
const BEHIND = -300;

export interface Box {
  readonly centre: Vec;
  readonly size: Vec;
  readonly axes?: Axes;
  readonly fills?: Fills;
  readonly depth?: number;
}

/** The axis at right angles to a face, and the two along it. */
const FACES = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
] as const;

/** A box: the faces that the camera sees, the top light, the sides darker. */
export function box(scene: Scene, { centre, size, axes = WORLD, fills = WOOD, depth = BEHIND }: Box): void {
  const half = scale(size, 0.5);
  const seenFaces = FACES.flatMap(([i, j, k]) =>
    [-1, 1].flatMap((sign) => {
      const place = (a: number, b: number, c: number): Vec => {
        const own: [number, number, number] = [0, 0, 0];
        own[i] = a;
        own[j] = b;
        own[k] = c;
        return own;
      };
      if (dot(turned(axes, place(sign, 0, 0)), scene.view.towards) < 0.02) return [];
      const corner = (b: number, c: number): Vec => add(centre, turned(axes, place(sign * half[i], b * half[j], c * half[k])));
      return [{ top: i === 1, corners: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)] }];
    }),
  );
  for (const top of [false, true]) {
    const faces = seenFaces.filter((face) => face.top === top).map(({ corners }) => corners);
    if (faces.length > 0) scene.faces(faces, { fill: top ? fills.light : fills.dark, depth });
  }
}

/** A chair without arms whose seat's middle is above `at` (on the floor); whoever sits on it looks along `front`. */
export function chair(
  scene: Scene,
  at: Vec,
  front: Vec = [1, 0, 0],
  {
    seat = 45,
    deep = 42,
    wide = 42,
    back = 44,
    depth = BEHIND,
  }: { seat?: number; deep?: number; wide?: number; back?: number; depth?: number } = {},
): void {
  const x = unit(front);
  const axes: Axes = { x, y: [0, 1, 0], z: cross(x, [0, 1, 0]) };
  const on = (own: Vec): Vec => add(at, turned(axes, own));
  const part = (centre: Vec, size: Vec, layer: number): void =>
    box(scene, { centre: on(centre), size, axes, depth: depth + layer });
  const far = (own: Vec): number => dot(on(own), scene.view.towards) / 1000;
  for (const sx of [-1, 1]) {
    for (const sz of [-1, 1]) {
      const leg: Vec = [sx * (deep / 2 - 2), (seat - 4) / 2, sz * (wide / 2 - 2)];
      part(leg, [3.6, seat - 4, 3.6], 1 + far(leg));
    }
  }
  part([0, seat - 2, 0], [deep, 4, wide], 2);
  if (back > 0) {
    const behind = far([-1, 0, 0]) < far([0, 0, 0]);
    const layer = behind ? 0 : 3;
    for (const sz of [-1, 1]) part([-deep / 2 + 2, seat + back / 2, sz * (wide / 2 - 2)], [3.6, back, 3.6], layer);
    part([-deep / 2 + 2, seat + back - 8, 0], [3, 16, wide - 4], layer + 0.5);
  }
}

/** A wall that stands across the picture at `x`, seen nearly from its edge. */
export const wallAt = (scene: Scene, x: number, { height = 190, thick = 8, wide = 90, depth = BEHIND - 1 } = {}): void =>
  box(scene, { centre: [x + thick / 2, height / 2, 0], size: [thick, height, wide], fills: WALL, depth });

/** A table: a top and four legs, `at` on the floor under its middle. */
export function table(scene: Scene, at: Vec, { height = 74, long = 70, wide = 50, depth = BEHIND } = {}): void {
  for (const sz of [-1, 1]) {
    for (const sx of [-1, 1]) {
      box(scene, {
        centre: add(at, [sx * (long / 2 - 3), (height - 4) / 2, sz * (wide / 2 - 3)]),
        size: [4, height - 4, 4],
        depth: depth + sz * 0.1,
      });
    }
  }
  box(scene, { centre: add(at, [0, height - 2, 0]), size: [long, 4, wide], depth: depth + 1 });
}

/** A thin mat on the floor. */
export const mat = (scene: Scene, from: number, to: number, wide = 56): void =>
  box(scene, {
    centre: [(from + to) / 2, -1, 0],
    size: [to - from, 2, wide],
    fills: { light: COLOURS.mat, dark: COLOURS.matDark },
    depth: BEHIND - 50,
  });

/** A soft pillow: a flat rounded body. */
export function pillow(scene: Scene, centre: Vec, radii: Vec, axes: Axes = WORLD, depth = BEHIND): void {
  const corner: Vec = [radii[0] * 0.45, radii[1], radii[2] * 0.45];
  const at = (sx: number, sz: number): Vec => add(centre, turned(axes, [sx * radii[0] * 0.55, 0, sz * radii[2] * 0.55]));
  scene.solid([[at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)].map((p) => ball(p, corner, axes))], { fill: COLOURS.cloth, depth });
}

/** A towel or strap from hand to hand round something: a broad line with an edge. */
export function strap(scene: Scene, points: readonly Vec[], depth: number, width = 13): void {
  scene.line(points, { depth, width: width + 5, stroke: COLOURS.ink, smooth: false });
  scene.line(points, { depth: depth + 0.01, width, stroke: COLOURS.towel, smooth: false });
}

/** The ways to stand, sit and lie that the pictures share. Whoever stands or sits looks to the right of the picture. */
import { type Person, person, type Side, type Stance } from "./figure.ts";
import { rad, type Vec } from "./geometry.ts";

export const RIGHT: Vec = [1, 0, 0];
export const LEFT: Vec = [-1, 0, 0];
export const UP: Vec = [0, 1, 0];
export const DOWN: Vec = [0, -1, 0];
export const NEAR: Vec = [0, 0, 1];
export const FAR: Vec = [0, 0, -1];

/** How high the pelvis is in somebody who stands. */
export const STANDING = 95;
/** The same on a chair's seat 45 cm high, and on the floor. */
const SITTING = 56.5;
export const ON_FLOOR = 12;
/** The pelvis of somebody who lies on the back. */
export const LYING = 11.4;
/** How high an ankle is over a flat sole. */
export const ANKLE = 8;

type Rest = Omit<Stance, "at" | "front" | "up">;
interface At {
  readonly at?: Vec;
  /** The trunk's lean to the front, in degrees. */
  readonly lean?: number;
  readonly front?: Vec;
}

/** A trunk that leans forward as one piece from the hips. */
export function upright({ at = [0, STANDING, 0], lean = 0, front = RIGHT, ...rest }: At & Rest = {}): Person {
  const [c, s] = [Math.cos(rad(lean)), Math.sin(rad(lean))];
  return person({ at, front: [front[0] * c, -s, front[2] * c], up: [front[0] * s, c, front[2] * s], ...rest });
}

/** On a chair, both feet flat. */
export function seated({ at = [0, SITTING, 0], ...rest }: At & Rest = {}): Person {
  const who = upright({ at, ...rest });
  for (const side of ["left", "right"] as const) footDown(who, side, rest.front ?? RIGHT);
  return who;
}

/** Puts the foot flat on the floor under the knee of somebody who sits. */
export function footDown(who: Person, side: Side, front: Vec = RIGHT, reach = 44): void {
  const { hip } = who.legs[side];
  who.leg(side, {
    ankle: [hip[0] + front[0] * reach, ANKLE, hip[2] + front[2] * reach],
    pole: [front[0], 0.6, front[2]],
    toesTo: front,
  });
}

/** On the back, the head to the left. */
export const supine = ({ at = [0, LYING, 0], ...rest }: At & Rest = {}): Person => person({ at, front: UP, up: LEFT, ...rest });

/** Both hands on the thighs of somebody who sits. */
export function handsOnThighs(who: Person, front: Vec = RIGHT): void {
  for (const side of ["left", "right"] as const) {
    const { hip, knee } = who.legs[side];
    const on: Vec = [hip[0] + (knee[0] - hip[0]) * 0.62, hip[1] + 6, hip[2] + (knee[2] - hip[2]) * 0.62];
    const { shoulder } = who.arms[side];
    const out: Vec = [Math.sign(shoulder[0] - hip[0]) || 0, 0, Math.sign(shoulder[2] - hip[2]) || 0];
    who.arm(side, {
      touch: on,
      pole: [out[0] - front[0], -0.3, out[2] - front[2]],
      fingers: [front[0], -0.12, front[2]],
      palm: DOWN,
    });
  }
}

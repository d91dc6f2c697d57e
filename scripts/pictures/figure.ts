/** The jointed person: bones, joints and how poses place them. Lengths in centimetres, an adult of about 172 cm. */
import {
  type Axes,
  across,
  add,
  angle,
  axesFrom,
  type Bend,
  bent,
  cross,
  dot,
  mix,
  rad,
  scale,
  size,
  sub,
  turned,
  unit,
  type Vec,
} from "./geometry.ts";

export type Side = "left" | "right";
export const SIDES: readonly Side[] = ["left", "right"];
/** The sign of a side on the body's own z axis, which points to its right. */
export const signOf = (side: Side): 1 | -1 => (side === "right" ? 1 : -1);

export const BONES = {
  pelvisToLumbar: 9,
  lumbarToChest: 15,
  chestToShoulders: 20,
  neck: 7.5,
  shoulderOut: 17,
  shoulderUp: 5.8,
  hipOut: 9,
  hipDown: 3,
  thigh: 43,
  shank: 41,
  upperArm: 30,
  forearm: 26,
} as const;

/** The trunk's joints, from the pelvis up. Each has its own axes: x forward, y up, z to the person's right. */
export const TRUNK = ["lumbar", "chest", "shoulders", "neck", "head"] as const;
export type TrunkJoint = (typeof TRUNK)[number];

export interface Part {
  readonly at: Vec;
  readonly axes: Axes;
}

export interface Arm {
  readonly shoulder: Vec;
  readonly elbow: Vec;
  readonly wrist: Vec;
  /** y from elbow to shoulder; x where the forearm goes when the elbow bends. */
  readonly upper: Axes;
  readonly fore: Axes;
  readonly fingers: Vec;
  readonly palm: Vec;
  readonly curl: number;
  /** Fingers drawn one by one, this many degrees apart; null for fingers in one. */
  readonly spread: number | null;
}

export interface Leg {
  readonly hip: Vec;
  readonly knee: Vec;
  readonly ankle: Vec;
  /** y from knee to hip; x out of the kneecap. */
  readonly thigh: Axes;
  readonly shank: Axes;
  /** x to the toes, y from the sole up. */
  readonly foot: Axes;
  /** The toes bent up (positive) or down, in degrees. */
  readonly toes: number;
  /** Five toes, this many degrees apart; null for toes in one. */
  readonly splay: number | null;
}

export interface Stance {
  /** The middle of the pelvis, 95 cm above the floor in somebody who stands. */
  readonly at: Vec;
  /** Where the belly looks. */
  readonly front: Vec;
  /** Where the pelvis has its upper side. */
  readonly up: Vec;
  readonly spine?: Partial<Record<TrunkJoint, Bend>>;
  /** Moves a shoulder up and forwards (centimetres). */
  readonly shoulders?: Partial<Record<Side, { readonly up?: number; readonly forward?: number; readonly out?: number }>>;
}

export interface HandPose {
  readonly fingers?: Vec;
  readonly palm?: Vec;
  /** 0 is flat, 1 a fist. */
  readonly curl?: number;
  /** Draws the fingers one by one, this many degrees apart. */
  readonly spread?: number;
}

/** An arm by direction, by where its wrist is, or by what its palm touches. `pole` is the side to which the elbow points. */
export type ArmPose = HandPose &
  (
    | { readonly upper: Vec; readonly elbow?: number; readonly towards?: Vec }
    | { readonly wrist: Vec; readonly pole: Vec }
    | { readonly touch: Vec; readonly pole: Vec; readonly fingers: Vec; readonly palm: Vec }
  );

export interface FootPose {
  readonly toesTo?: Vec;
  readonly soleTo?: Vec;
  /** Pointed (positive) or drawn up from a right angle, in degrees; used where no direction is told. */
  readonly pointed?: number;
  readonly toes?: number;
  /** Draws the toes one by one, this many degrees apart. */
  readonly splay?: number;
}

/** A leg by direction or by where its ankle is. `pole` is the side to which the knee points. */
export type LegPose = FootPose &
  ({ readonly thigh: Vec; readonly knee?: number; readonly towards?: Vec } | { readonly ankle: Vec; readonly pole: Vec });

export interface Person {
  readonly pelvis: Part;
  readonly trunk: Readonly<Record<TrunkJoint, Part>>;
  readonly arms: Record<Side, Arm>;
  readonly legs: Record<Side, Leg>;
  arm(side: Side, pose: ArmPose): Arm;
  leg(side: Side, pose: LegPose): Leg;
}

/** From the wrist to the middle of the palm's skin, along the fingers and along the palm's side. */
const PALM = { along: 6.5, out: 2 } as const;
/** How far beyond its length a limb may be asked to reach before that is a mistake. */
const SLACK = 0.5;

export function person(stance: Stance): Person {
  const pelvis: Part = { at: stance.at, axes: axesFrom(stance.up, stance.front) };
  const joint = (from: Part, length: number, name: TrunkJoint): Part => {
    const at = add(from.at, scale(from.axes.y, length));
    return { at, axes: bent(from.axes, stance.spine?.[name] ?? {}) };
  };
  const lumbar = joint(pelvis, BONES.pelvisToLumbar, "lumbar");
  const chest = joint(lumbar, BONES.lumbarToChest, "chest");
  const shoulders = joint(chest, BONES.chestToShoulders * 0.5, "shoulders");
  const neck = joint(shoulders, BONES.chestToShoulders * 0.5 + 1, "neck");
  const head = joint(neck, BONES.neck, "head");
  const trunk = { lumbar, chest, shoulders, neck, head };

  const shoulderOf = (side: Side): Vec => {
    const { up = 0, forward = 0, out = 0 } = stance.shoulders?.[side] ?? {};
    return add(shoulders.at, turned(shoulders.axes, [forward, BONES.shoulderUp + up, signOf(side) * (BONES.shoulderOut + out)]));
  };
  const hipOf = (side: Side): Vec => add(pelvis.at, turned(pelvis.axes, [0, -BONES.hipDown, signOf(side) * BONES.hipOut]));
  const down = scale(pelvis.axes.y, -1);

  const made: Person = {
    pelvis,
    trunk,
    arms: {
      left: armOf("left", shoulderOf("left"), shoulders.axes, { upper: scale(shoulders.axes.y, -1) }),
      right: armOf("right", shoulderOf("right"), shoulders.axes, { upper: scale(shoulders.axes.y, -1) }),
    },
    legs: {
      left: legOf(hipOf("left"), pelvis.axes, { thigh: down }),
      right: legOf(hipOf("right"), pelvis.axes, { thigh: down }),
    },
    arm(side, pose) {
      made.arms[side] = armOf(side, shoulderOf(side), shoulders.axes, pose);
      return made.arms[side];
    },
    leg(side, pose) {
      made.legs[side] = legOf(hipOf(side), pelvis.axes, pose);
      return made.legs[side];
    },
  };
  return made;
}

/** The middle joint of a two-bone limb from `root` to `end`, on the side of `pole`. */
function middle(root: Vec, end: Vec, first: number, second: number, pole: Vec): { middle: Vec; end: Vec } {
  const way = sub(end, root);
  const distance = size(way);
  if (distance > first + second + SLACK) {
    throw new Error(`out of reach by ${(distance - first - second).toFixed(1)} cm`);
  }
  const along = unit(way);
  const reach = Math.min(distance, (first + second) * 0.9999);
  const near = (first * first - second * second + reach * reach) / (2 * reach);
  const aside = Math.sqrt(Math.max(0, first * first - near * near));
  return { middle: add(root, add(scale(along, near), scale(across(pole, along), aside))), end: add(root, scale(along, reach)) };
}

/** Where a hinge's far bone goes: bent by `degrees` from straight on, towards a side. */
function hinge(along: Vec, degrees: number, towards: Vec): Vec {
  const aside = across(towards, along);
  return add(scale(along, Math.cos(rad(degrees))), scale(aside, Math.sin(rad(degrees))));
}

const STRAIGHT = 2;

function armOf(side: Side, shoulder: Vec, body: Axes, pose: ArmPose): Arm {
  let elbow: Vec;
  let wrist: Vec;
  let bendTo: Vec;
  if ("upper" in pose) {
    const along = unit(pose.upper);
    bendTo = pose.towards ?? (Math.abs(dot(along, body.x)) > 0.95 ? body.y : body.x);
    elbow = add(shoulder, scale(along, BONES.upperArm));
    wrist = add(elbow, scale(hinge(along, pose.elbow ?? 0, bendTo), BONES.forearm));
  } else {
    const target =
      "touch" in pose
        ? sub(sub(pose.touch, scale(unit(pose.fingers), PALM.along)), scale(unit(pose.palm), PALM.out))
        : pose.wrist;
    const found = middle(shoulder, target, BONES.upperArm, BONES.forearm, pose.pole);
    [elbow, wrist, bendTo] = [found.middle, found.end, scale(pose.pole, -1)];
  }
  const up = unit(sub(shoulder, elbow));
  const forward = unit(sub(wrist, elbow));
  if (angle(scale(up, -1), forward) > STRAIGHT) bendTo = forward;
  const upper = axesFrom(up, bendTo);
  const fore = axesFrom(scale(forward, -1), angle(scale(up, -1), forward) > STRAIGHT ? up : upper.x);
  const fingers = unit(pose.fingers ?? forward);
  const inward = scale(upper.z, -signOf(side));
  return {
    shoulder,
    elbow,
    wrist,
    upper,
    fore,
    fingers,
    palm: across(pose.palm ?? inward, fingers),
    curl: pose.curl ?? 0.12,
    spread: pose.spread ?? null,
  };
}

function legOf(hip: Vec, body: Axes, pose: LegPose): Leg {
  let knee: Vec;
  let ankle: Vec;
  let kneecap: Vec;
  if ("thigh" in pose) {
    const along = unit(pose.thigh);
    const behind = pose.towards ?? scale(kneecapOf(along, body), -1);
    knee = add(hip, scale(along, BONES.thigh));
    ankle = add(knee, scale(hinge(along, pose.knee ?? 0, behind), BONES.shank));
    kneecap = scale(behind, -1);
  } else {
    const found = middle(hip, pose.ankle, BONES.thigh, BONES.shank, pose.pole);
    [knee, ankle, kneecap] = [found.middle, found.end, pose.pole];
  }
  const up = unit(sub(hip, knee));
  const lower = unit(sub(ankle, knee));
  const isBent = angle(scale(up, -1), lower) > STRAIGHT;
  const thigh = axesFrom(up, isBent ? scale(lower, -1) : kneecap);
  const shank = axesFrom(scale(lower, -1), isBent ? scale(up, -1) : thigh.x);
  return { hip, knee, ankle, thigh, shank, foot: footOf(shank, pose), toes: pose.toes ?? 0, splay: pose.splay ?? null };
}

/** Where the kneecap looks when the thigh has been raised to the front and moved aside, without a turn. */
function kneecapOf(thigh: Vec, body: Axes): Vec {
  const [forward, up] = [dot(thigh, body.x), -dot(thigh, body.y)];
  const length = Math.hypot(forward, up);
  return length < 0.1 ? body.x : add(scale(body.x, up / length), scale(body.y, forward / length));
}

function footOf(shank: Axes, pose: FootPose): Axes {
  if (pose.toesTo === undefined) return bent(shank, { flex: pose.pointed ?? 0 });
  const x = unit(pose.toesTo);
  const y = across(pose.soleTo === undefined ? shank.y : scale(pose.soleTo, -1), x);
  return { x, y, z: cross(x, y) };
}

/** The thumb's direction, from the hand's other two. */
export const thumbOf = (side: Side, hand: Pick<Arm, "fingers" | "palm">): Vec =>
  side === "right" ? cross(hand.fingers, hand.palm) : cross(hand.palm, hand.fingers);

/** A place on a bone: `t` from its upper end (0) to its lower end (1), `off` in the bone's own axes. */
export const along = (from: Vec, to: Vec, t: number, axes: Axes, off: Vec = [0, 0, 0]): Vec =>
  add(mix(from, to, t), turned(axes, off));

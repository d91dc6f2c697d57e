/** The hand: in one piece as it is seen from some way off, or finger by finger for a close-up. */
import { type Arm, type Side, thumbOf } from "./figure.ts";
import { type Axes, add, type Camera, dot, rad, scale, sub, turned, type Vec } from "./geometry.ts";
import { ball, type Run } from "./solid.ts";

const KNUCKLE = 8.6;
const FIRST_BONE = 4.6;
/** Where each finger stands (from the little one to the index, in finger widths) and how long it is, compared with the middle one. */
const FINGERS = [
  { place: -1.5, long: 0.8 },
  { place: -0.5, long: 0.95 },
  { place: 0.5, long: 1 },
  { place: 1.5, long: 0.95 },
] as const;
const FINGER_WIDE = 1.95;

interface Frame {
  readonly own: Axes;
  /** A place on the hand: along the fingers, towards the thumb, out of the palm. */
  at(along: number, toThumb: number, toPalm: number): Vec;
  /** The first and the last joint of a bent finger: along the fingers and out of the palm. */
  readonly mid: readonly [number, number];
  readonly tip: readonly [number, number];
}

function frameOf({ wrist, fingers, palm, curl }: Arm, side: Side): Frame {
  const thumb = thumbOf(side, { fingers, palm });
  const own: Axes = { x: thumb, y: scale(fingers, -1), z: side === "right" ? scale(palm, -1) : palm };
  const inwards = side === "right" ? -1 : 1;
  const [first, second] = [rad(80 * curl), rad(180 * curl)];
  const mid = [KNUCKLE + FIRST_BONE * Math.cos(first), FIRST_BONE * Math.sin(first)] as const;
  return {
    own,
    at: (along, toThumb, toPalm) => add(wrist, turned(own, [toThumb, -along, inwards * toPalm])),
    mid,
    tip: [mid[0] + 4.2 * Math.cos(second), mid[1] + 4.2 * Math.sin(second)],
  };
}

export function handRuns(arm: Arm, side: Side): Run[] {
  const frame = frameOf(arm, side);
  const { own, at } = frame;
  const palm = ball(at(6, 0, 0.2), [4.2, 4.2, 1.9], own);
  const back: Run[] = [
    [ball(arm.wrist, [2.9, 2.9, 2.5], own), palm],
    [palm, ball(at(KNUCKLE, 0, 0.2), [4, 2, 1.8], own)],
  ];
  return [...back, ...thumbRuns(arm, frame), ...(arm.spread === null ? mitten(frame) : fingerRuns(frame, arm.spread))];
}

function thumbRuns({ curl, spread }: Arm, { own, at }: Frame): Run[] {
  const wide = (spread ?? 0) / 13;
  const joint = ball(at(6.4, 5.2 + wide * 1.2, 1.2 + curl * 1.5), 1.6, own);
  const tip = ball(at(9.4 - wide, 5.6 - curl * 2 + wide * 2.8, 1.6 + curl * 4), 1.3, own);
  return [
    [ball(at(3, 2.4, 0.8), 1.9, own), joint],
    [joint, tip],
  ];
}

function mitten({ own, at, mid, tip }: Frame): Run[] {
  return [
    [ball(at(KNUCKLE, 0, 0.2), [3.9, 1.8, 1.7], own), ball(at(mid[0], 0, mid[1]), [3.6, 1.7, 1.6], own)],
    [ball(at(mid[0], 0, mid[1]), [3.6, 1.6, 1.5], own), ball(at(tip[0], -0.2, tip[1]), [2.9, 1.5, 1.3], own)],
  ];
}

/** The knuckle, the middle joint and the tip of one finger. */
function fingerJoints(
  { at, mid, tip }: Frame,
  { place, long }: (typeof FINGERS)[number],
  spread: number,
): readonly [Vec, Vec, Vec] {
  const lean = rad(place * spread);
  const on = (along: number, toPalm: number): Vec =>
    at(KNUCKLE + along * long * Math.cos(lean), place * FINGER_WIDE + along * long * Math.sin(lean), 0.2 + toPalm * long);
  return [on(0, 0), on(mid[0] - KNUCKLE, mid[1]), on(tip[0] - KNUCKLE, tip[1])];
}

function fingerRuns(frame: Frame, spread: number): Run[] {
  return FINGERS.flatMap((finger): Run[] => {
    const [knuckle, joint, tip] = fingerJoints(frame, finger, spread);
    const bend = ball(joint, 1.1, frame.own);
    return [
      [ball(knuckle, [1.2, 1.4, 1.3], frame.own), bend],
      [bend, ball(tip, 0.95, frame.own)],
    ];
  });
}

/** The fine lines of a hand drawn finger by finger: the palm's crease, fingers bent over the palm, or the nails, whichever the camera sees. */
export function handLines(arm: Arm, side: Side, view: Camera): Vec[][] {
  if (arm.spread === null) return [];
  const frame = frameOf(arm, side);
  const facing = dot(arm.palm, view.towards);
  if (facing > 0.3 && arm.curl < 0.4)
    return [[frame.at(2.2, 0.6, 2), frame.at(5, 0.8, 2), frame.at(7, 2.2, 2), frame.at(7.8, 4, 1.8)]];
  const { spread } = arm;
  if (facing > 0.3) {
    return FINGERS.map((finger) => {
      const [, joint, tip] = fingerJoints(frame, finger, spread);
      const aside = scale(frame.own.x, 0.95);
      return [sub(joint, aside), sub(tip, aside), add(tip, scale(sub(tip, joint), 0.2)), add(tip, aside), add(joint, aside)];
    });
  }
  if (facing > -0.3) return [];
  return FINGERS.map((finger) => {
    const [, joint, tip] = fingerJoints(frame, finger, spread);
    const along = scale(add(tip, scale(joint, -1)), 1 / 4);
    const base = add(tip, scale(along, -0.5));
    const aside = scale(frame.own.x, 0.55);
    return [add(base, add(aside, along)), add(base, aside), add(base, scale(aside, -1)), add(base, add(scale(aside, -1), along))];
  });
}

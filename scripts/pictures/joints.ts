/** How far each joint of a figure is bent, and how far a grown person's can be. */
import { type Arm, type Leg, type Person, SIDES, type Side, signOf, TRUNK } from "./figure.ts";
import { type Axes, about, add, angle, cross, deg, dot, inOwn, scale, sub, unit, type Vec } from "./geometry.ts";

export interface JointAngle {
  readonly joint: string;
  readonly degrees: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Ranges in degrees from the neutral standing position, as the American Academy of Orthopaedic Surgeons gives them,
 * with some room: a hand presses a joint further than its own muscles do, and a bone stands for a soft limb.
 */
const RANGE = {
  spine: [0, 32],
  neck: [0, 60],
  "shoulder extension": [-180, 70],
  elbow: [0, 150],
  "forearm rotation": [-110, 110],
  "wrist bend": [-90, 92],
  "wrist to the side": [-45, 45],
  "hip flexion": [-30, 140],
  "hip abduction": [-35, 75],
  "hip rotation": [-60, 95],
  knee: [0, 158],
  ankle: [-75, 35],
  "foot turned on its side": [0, 45],
  toes: [-40, 75],
} as const;

/** All joints of a person. */
export const jointAngles = (who: Person): JointAngle[] => [
  ...trunk(who),
  ...SIDES.flatMap((side) => [...arm(who, side), ...leg(who, side)]),
];

const found = (joint: keyof typeof RANGE, where: string, degrees: number): JointAngle => {
  const [least, most] = RANGE[joint];
  return { joint: `${where} ${joint}`, degrees, least, most };
};

function trunk({ pelvis, trunk: joints }: Person): JointAngle[] {
  const order: Axes[] = [pelvis.axes, ...TRUNK.map((name) => joints[name].axes)];
  const bends = TRUNK.slice(0, 3).map((name, i) => found("spine", name, angle((order[i] as Axes).y, (order[i + 1] as Axes).y)));
  return [...bends, found("neck", "", angle(joints.shoulders.axes.y, joints.head.axes.y))];
}

function arm({ trunk: { shoulders }, arms }: Person, side: Side): JointAngle[] {
  const { elbow, wrist, upper, fingers, palm }: Arm = arms[side];
  const forward = unit(sub(wrist, elbow));
  const own = inOwn(shoulders.axes, scale(upper.y, -1));
  const behind = own[1] < 0 || own[0] < 0 ? deg(Math.atan2(-own[0], Math.hypot(own[1], own[2]))) : 0;
  const aside = cross(palm, fingers);
  const inwards = scale(upper.z, -signOf(side));
  return [
    found("shoulder extension", side, behind),
    found("elbow", side, angle(scale(upper.y, -1), forward)),
    found("forearm rotation", side, twist(inwards, unit(cross(fingers, aside)), forward, fingers)),
    found("wrist bend", side, deg(Math.asin(clamp(dot(palm, forward)))) * -1),
    found("wrist to the side", side, deg(Math.asin(clamp(dot(aside, forward))))),
  ];
}

/** The turn of the palm about the forearm, once the hand is laid straight on it. */
function twist(neutral: Vec, palm: Vec, forward: Vec, fingers: Vec): number {
  const straight = angle(fingers, forward) < 1 ? palm : about(cross(fingers, forward), angle(fingers, forward), palm);
  const from = unit(sub(neutral, scale(forward, dot(neutral, forward))));
  const a = angle(from, straight);
  return dot(cross(from, straight), forward) < 0 ? -a : a;
}

function leg({ pelvis, legs }: Person, side: Side): JointAngle[] {
  const { knee, ankle, thigh, shank, foot, toes }: Leg = legs[side];
  const out = signOf(side);
  const down = scale(thigh.y, -1);
  const own = inOwn(pelvis.axes, down);
  const flexion = Math.atan2(own[0], -own[1]);
  // Where the kneecap looks if the thigh was raised to the front, then moved aside, without a turn.
  const neutral = add(scale(pelvis.axes.x, Math.cos(flexion)), scale(pelvis.axes.y, Math.sin(flexion)));
  const turned = angle(neutral, thigh.x) * Math.sign(dot(cross(neutral, thigh.x), down) * out || 1);
  const bend = angle(down, unit(sub(ankle, knee)));
  return [
    found("hip flexion", side, deg(flexion)),
    found("hip abduction", side, deg(Math.asin(clamp(own[2] * out)))),
    found("hip rotation", side, bend < 5 ? 0 : turned),
    found("knee", side, bend),
    found("ankle", side, angle(foot.x, scale(shank.y, -1)) - 90),
    found("foot turned on its side", side, deg(Math.asin(clamp(Math.abs(dot(foot.z, shank.y)))))),
    found("toes", side, toes),
  ];
}

const clamp = (n: number): number => Math.max(-1, Math.min(1, n));

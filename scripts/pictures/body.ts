/** The person's volume: which rounded bodies lie round which bones, in which colour, and what of them is drawn over what. */

import { type Arm, along, type Leg, type Part, type Person, SIDES, type Side, signOf } from "./figure.ts";
import { type Axes, add, type Ball, type Bend, bent, deg, inOwn, mix, scale, turned, type Vec } from "./geometry.ts";
import { handRuns } from "./hand.ts";
import { ball, type Run } from "./solid.ts";
import { COLOURS } from "./style.ts";

/** One piece of the body, drawn as one shape. */
export interface Piece {
  readonly name: PieceName;
  readonly runs: readonly Run[];
  readonly fill: string;
  /** A point that tells how near the piece is. */
  readonly at: Vec;
  /** Added to that, so that a sleeve lies over an arm. */
  readonly over: number;
  /** Pieces that this one is drawn over, though they may be nearer: a shirt hangs over the top of the shorts. */
  readonly hangsOver?: readonly PieceName[];
  /** Where this piece is joined to another, no line is drawn across. */
  readonly joins: readonly { readonly to: readonly PieceName[]; readonly at: Ball }[];
}

type Sided = "upper-arm" | "sleeve" | "forearm" | "hand" | "thigh" | "shorts" | "shank" | "foot";
export type PieceName = "pelvis" | "shirt" | "neck" | `${Sided}-${Side}`;

/** Balls along a bone: `t` down the bone, the radius, and how far off the bone in its own axes. */
const runAlong = (from: Vec, to: Vec, axes: Axes, stations: readonly (readonly [t: number, radius: number, off?: Vec])[]): Run =>
  stations.map(([t, radius, off]) => ball(along(from, to, t, axes, off), radius, axes));

export function pieces(person: Person): Piece[] {
  return [
    ...trunkPieces(person),
    ...SIDES.flatMap((side) => [...armPieces(person.arms[side], side), ...legPieces(person.legs[side], side)]),
  ];
}

/** A ball on a joint of the trunk, in the joint's own axes. */
const on = ({ at, axes }: Part, off: Vec, radii: Vec): Ball => ball(add(at, turned(axes, off)), radii, axes);
const waistOf = ({ trunk: { lumbar } }: Person): Ball => on(lumbar, [0.5, 2, 0], [9.3, 7, 13.5]);

const trunkPieces = (person: Person): Piece[] => [neckPiece(person), pelvisPiece(person), shirtPiece(person)];

const neckPiece = ({ trunk: { neck, head, shoulders } }: Person): Piece => ({
  name: "neck",
  runs: [[on(neck, [-0.6, -2, 0], [5.2, 4, 5.6]), on(head, [0, 3, 0], [5, 4, 5.2])]],
  fill: COLOURS.skin,
  at: shoulders.at,
  over: -1,
  joins: [],
});

function pelvisPiece(person: Person): Piece {
  const { pelvis } = person;
  const hips = on(pelvis, [0.5, -2, 0], [9.5, 8, 15.5]);
  const seat = (z: number): Ball => on(pelvis, [-3.8, -4.5, z], [7.6, 7.4, 7.6]);
  return {
    name: "pelvis",
    runs: [
      [hips, waistOf(person)],
      [seat(7.4), seat(-7.4), hips],
    ],
    fill: COLOURS.shorts,
    at: pelvis.at,
    over: 0,
    joins: [],
  };
}

function shirtPiece(person: Person): Piece {
  const { pelvis, trunk, arms } = person;
  const { lumbar, chest, shoulders, neck } = trunk;
  const column = [
    on(pelvis, [0.4, 4, 0], [9.9, 4.4, 15]),
    waistOf(person),
    on(lumbar, [1, 7, 0], [9.6, 7, 13.8]),
    on(chest, [0.6, 3, 0], [10.6, 8, 15.3]),
    on(shoulders, [0, 2, 0], [9.4, 7.5, 16.2]),
    on(shoulders, [-0.4, 6, 0], [6, 5, 13]),
    on(neck, [-0.5, -1, 0], [5.6, 2.6, 6.6]),
  ];
  const slope = (side: Side): Run => [
    on(neck, [-0.8, -0.4, signOf(side) * 3.4], [4.4, 2.6, 3]),
    ball(add(arms[side].shoulder, turned(shoulders.axes, [0, 0.4, -signOf(side) * 2])), 5, shoulders.axes),
  ];
  return {
    name: "shirt",
    runs: [...pairs(column), ...SIDES.map(slope)],
    fill: COLOURS.shirt,
    at: mix(pelvis.at, shoulders.at, 0.5),
    over: 0.5,
    hangsOver: ["pelvis", ...SIDES.filter((side) => hipFlexion(person, side) < 75).map((side): PieceName => `shorts-${side}`)],
    joins: [],
  };
}

/** How far a thigh is raised to the front, in degrees: 0 when standing, 90 when sitting. */
const hipFlexion = ({ pelvis, legs }: Person, side: Side): number => {
  const thigh = inOwn(pelvis.axes, scale(legs[side].thigh.y, -1));
  return deg(Math.atan2(thigh[0], -thigh[1]));
};

const armPieces = (arm: Arm, side: Side): Piece[] => [...upperArmPieces(arm, side), ...forearmPieces(arm, side)];

/** Where an elbow's two pieces meet without a line. */
const elbowJoin = ({ elbow, upper }: Arm): Ball => ball(elbow, 6.5, upper);

function upperArmPieces(arm: Arm, side: Side): Piece[] {
  const { shoulder, elbow, upper } = arm;
  return [
    {
      name: `upper-arm-${side}`,
      runs: pairs(
        runAlong(shoulder, elbow, upper, [
          [0.14, 5.1],
          [0.4, 5.1, [0.3, 0, 0]],
          [1, 4.2],
        ]),
      ),
      fill: COLOURS.skin,
      at: mix(shoulder, elbow, 0.6),
      over: 0.2,
      joins: [
        { to: ["shirt"], at: ball(shoulder, 8, upper) },
        { to: [`forearm-${side}`], at: elbowJoin(arm) },
      ],
    },
    {
      name: `sleeve-${side}`,
      runs: pairs(
        runAlong(shoulder, elbow, upper, [
          [0.03, 5.9],
          [0.52, 6],
        ]),
      ),
      fill: COLOURS.shirt,
      at: mix(shoulder, elbow, 0.6),
      over: 0.3,
      joins: [{ to: ["shirt"], at: ball(shoulder, 9.5, upper) }],
    },
  ];
}

function forearmPieces(arm: Arm, side: Side): Piece[] {
  const { elbow, wrist, fore } = arm;
  return [
    {
      name: `forearm-${side}`,
      runs: pairs(
        runAlong(elbow, wrist, fore, [
          [0, 4.2],
          [0.25, 4.6],
          [1, 3],
        ]),
      ),
      fill: COLOURS.skin,
      at: mix(elbow, wrist, 0.5),
      over: 0.6,
      joins: [{ to: [`upper-arm-${side}`], at: elbowJoin(arm) }],
    },
    {
      name: `hand-${side}`,
      runs: handRuns(arm, side),
      fill: COLOURS.skin,
      at: add(wrist, scale(arm.fingers, 7)),
      over: 0.9,
      joins: [{ to: [`forearm-${side}`], at: ball(wrist, 4.2, fore) }],
    },
  ];
}

const legPieces = (leg: Leg, side: Side): Piece[] => [...thighPieces(leg, side), ...lowerLegPieces(leg, side)];

/** Where a knee's two pieces meet without a line. */
const kneeJoin = ({ knee, thigh }: Leg): Ball => ball(knee, 9, thigh);

function thighPieces(leg: Leg, side: Side): Piece[] {
  const { hip, knee, thigh } = leg;
  const out = signOf(side);
  return [
    {
      name: `thigh-${side}`,
      runs: pairs(
        runAlong(hip, knee, thigh, [
          [0, 9],
          [0.35, 8.3, [0.5, 0, out * 0.3]],
          [0.75, 6.6],
          [1, 5.7],
        ]),
      ),
      fill: COLOURS.skin,
      at: mix(hip, knee, 0.6),
      over: 0.2,
      joins: [
        { to: ["pelvis", "shirt"], at: ball(hip, 13.5, thigh) },
        { to: [`shank-${side}`], at: kneeJoin(leg) },
      ],
    },
    {
      name: `shorts-${side}`,
      runs: pairs(
        runAlong(hip, knee, thigh, [
          [0, 9.6],
          [0.35, 9, [0.5, 0, out * 0.3]],
          [0.55, 8.5],
        ]),
      ),
      fill: COLOURS.shorts,
      at: mix(hip, knee, 0.6),
      over: 0.3,
      joins: [{ to: ["pelvis", "shirt"], at: ball(hip, 14, thigh) }],
    },
  ];
}

function lowerLegPieces(leg: Leg, side: Side): Piece[] {
  const { knee, ankle, shank } = leg;
  return [
    {
      name: `shank-${side}`,
      runs: pairs(
        runAlong(knee, ankle, shank, [
          [0, 5.8],
          [0.28, 6.1, [-1.4, 0, 0]],
          [0.62, 4.7, [-0.6, 0, 0]],
          [1, 3.7],
        ]),
      ),
      fill: COLOURS.skin,
      at: mix(knee, ankle, 0.5),
      over: 0.4,
      joins: [{ to: [`thigh-${side}`], at: kneeJoin(leg) }],
    },
    {
      name: `foot-${side}`,
      runs: footRuns(leg, side),
      fill: COLOURS.skin,
      at: add(ankle, turned(leg.foot, [5, -5, 0])),
      over: 0.6,
      joins: [{ to: [`shank-${side}`], at: ball(ankle, 5, shank) }],
    },
  ];
}

function footRuns({ ankle, foot, toes, splay }: Leg, side: Side): Run[] {
  const at = (x: number, y: number): Vec => add(ankle, turned(foot, [x, y, 0]));
  const knob = at(FOOT.ballX, FOOT.ballY);
  const toeAxes = bent(foot, { flex: -toes } satisfies Bend);
  const neck = ball(ankle, [3.6, 3.6, 3.4], foot);
  const heel = ball(at(-3.8, -4.5), [3.8, 3.5, 3.2], foot);
  const knobBall = ball(knob, [3.2, 2.1, 4.2], foot);
  return [
    [neck, heel],
    [neck, ball(at(6, -4), [3, 3, 3.6], foot)],
    [ball(at(6, -4), [3, 3, 3.6], foot), knobBall],
    [heel, ball(at(5, -5.2), [3, 2.4, 3.5], foot)],
    [ball(at(5, -5.2), [3, 2.4, 3.5], foot), knobBall],
    ...toeRuns(knob, knobBall, toeAxes, splay, side),
  ];
}

/** Toes in one, or five of them spread by `splay` degrees for a close-up. */
function toeRuns(knob: Vec, knobBall: Ball, axes: Axes, splay: number | null, side: Side): Run[] {
  if (splay === null) return [[knobBall, ball(add(knob, turned(axes, [5, -0.7, 0])), [2.2, 1.3, 3.7], axes)]];
  return [2, 1, 0, -1, -2].map((place, i): Run => {
    const inward = -signOf(side) * place;
    const a = (inward * splay * Math.PI) / 180;
    const long = [6.4, 6.6, 6, 5.2, 4.2][i] ?? 5;
    const from: Vec = [1 - i * 0.7, -0.4, inward * 1.75];
    const tip: Vec = [from[0] + long * Math.cos(a), -0.7, from[2] + long * Math.sin(a)];
    const thick = i === 0 ? 1.5 : 1.05;
    return [ball(add(knob, turned(axes, from)), 1.3, axes), ball(add(knob, turned(axes, tip)), [thick, 1.1, thick * 0.9], axes)];
  });
}

/** Where the ball of the foot and the sole are, from the ankle. */
const FOOT = { ballX: 11, ballY: -5.9, soleY: -8 } as const;

/** A place on the sole, from heel (0) to toe tips (1). */
export const onSole = (leg: Leg, t: number, sideways = 0): Vec =>
  add(leg.ankle, turned(leg.foot, [-7 + 25 * t, FOOT.soleY, sideways]));

const pairs = (run: Run): Run[] => run.slice(1).map((next, i) => [run[i] as Ball, next]);

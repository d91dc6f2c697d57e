/** Where the muscles lie, inside the body's volume, so that a mark never leaves the limb. */
import type { PieceName } from "./body.ts";
import { along, type Person, type Side, signOf } from "./figure.ts";
import { type Axes, add, mix, scale, turned, type Vec } from "./geometry.ts";
import { ball, type Run } from "./solid.ts";

type Station = readonly [t: number, radius: number, off: Vec];
export interface Mark {
  readonly runs: readonly Run[];
  readonly on: PieceName;
}

const limb = (from: Vec, to: Vec, axes: Axes, stations: readonly Station[]): Run[] =>
  stations
    .slice(1)
    .map((next, i) =>
      [stations[i] as Station, next].map(([t, radius, off]) => ball(along(from, to, t, axes, off), radius, axes)),
    );
const place = (at: Vec, axes: Axes, off: Vec, radii: Vec | number) => ball(add(at, turned(axes, off)), radii, axes);

export const MUSCLES = {
  calf: (p: Person, side: Side): Mark => {
    const { knee, ankle, shank } = p.legs[side];
    return {
      on: `shank-${side}`,
      runs: limb(knee, ankle, shank, [
        [0.12, 2.6, [-1.9, 0, 0]],
        [0.3, 3.6, [-2.6, 0, 0]],
        [0.6, 1.9, [-2, 0, 0]],
      ]),
    };
  },
  shin: (p: Person, side: Side): Mark => {
    const { knee, ankle, shank } = p.legs[side];
    return {
      on: `shank-${side}`,
      runs: limb(knee, ankle, shank, [
        [0.14, 2, [2.2, 0, 0]],
        [0.4, 2, [1.6, 0, 0]],
        [0.85, 1.2, [1.2, 0, 0]],
      ]),
    };
  },
  hamstring: (p: Person, side: Side): Mark => {
    const { hip, knee, thigh } = p.legs[side];
    return {
      on: `shorts-${side}`,
      runs: limb(hip, knee, thigh, [
        [0.26, 4, [-3.4, 0, 0]],
        [0.5, 3.8, [-3, 0, 0]],
        [0.88, 2, [-2.6, 0, 0]],
      ]),
    };
  },
  quads: (p: Person, side: Side): Mark => {
    const { hip, knee, thigh } = p.legs[side];
    return {
      on: `shorts-${side}`,
      runs: limb(hip, knee, thigh, [
        [0.2, 3.8, [4, 0, 0]],
        [0.5, 4, [3.4, 0, 0]],
        [0.84, 2.6, [2.4, 0, 0]],
      ]),
    };
  },
  adductor: (p: Person, side: Side): Mark => {
    const { hip, knee, thigh } = p.legs[side];
    const inward = -signOf(side);
    return {
      on: `shorts-${side}`,
      runs: limb(hip, knee, thigh, [
        [0.2, 3.6, [0, 0, inward * 3.6]],
        [0.45, 3.2, [0, 0, inward * 3.4]],
        [0.8, 2, [0, 0, inward * 3]],
      ]),
    };
  },
  hipFlexor: (p: Person, side: Side): Mark => {
    const { hip, knee, thigh } = p.legs[side];
    const top = place(p.pelvis.at, p.pelvis.axes, [4.5, 3, signOf(side) * 8], 3.2);
    return {
      on: `shorts-${side}`,
      runs: [
        [top, place(hip, thigh, [4, 0, 0], 3.6)],
        ...limb(hip, knee, thigh, [
          [0, 3.6, [4, 0, 0]],
          [0.3, 2.6, [4, 0, 0]],
        ]),
      ],
    };
  },
  glute: (p: Person, side: Side): Mark => ({
    on: `shorts-${side}`,
    runs: [
      [
        place(p.pelvis.at, p.pelvis.axes, [-5.2, 0.5, signOf(side) * 8], 4.2),
        place(p.pelvis.at, p.pelvis.axes, [-4.6, -6, signOf(side) * 8.4], 4.6),
      ],
    ],
  }),
  lowBack: (p: Person): Mark => ({
    on: "shirt",
    runs: [
      [
        place(p.trunk.lumbar.at, p.trunk.lumbar.axes, [-5.2, -5, 0], [3, 4, 6]),
        place(p.trunk.lumbar.at, p.trunk.lumbar.axes, [-5.4, 8, 0], [3, 4, 6]),
      ],
    ],
  }),
  upperBack: (p: Person): Mark => ({
    on: "shirt",
    runs: [
      [
        place(p.trunk.chest.at, p.trunk.chest.axes, [-6.2, 6, 0], [3, 4, 6]),
        place(p.trunk.shoulders.at, p.trunk.shoulders.axes, [-5.4, 5, 0], [2.8, 4, 6]),
      ],
    ],
  }),
  belly: (p: Person): Mark => ({
    on: "shirt",
    runs: [
      [
        place(p.pelvis.at, p.pelvis.axes, [6, 3, 0], [2.6, 4, 5]),
        place(p.trunk.chest.at, p.trunk.chest.axes, [7, 0, 0], [2.6, 4, 5]),
      ],
    ],
  }),
  chest: (p: Person): Mark => ({
    on: "shirt",
    runs: [
      [
        place(p.trunk.shoulders.at, p.trunk.shoulders.axes, [5.6, 0.5, 8], [2.6, 4.6, 5]),
        place(p.trunk.shoulders.at, p.trunk.shoulders.axes, [5.6, 0.5, -8], [2.6, 4.6, 5]),
      ],
    ],
  }),
  flank: (p: Person, side: Side): Mark => {
    const out = signOf(side);
    const { lumbar, chest, shoulders } = p.trunk;
    return {
      on: "shirt",
      runs: [
        [
          place(lumbar.at, lumbar.axes, [0, 5, out * 10], [5, 4, 2.6]),
          place(chest.at, chest.axes, [0, 4, out * 11.6], [5, 4, 2.6]),
        ],
        [
          place(chest.at, chest.axes, [0, 4, out * 11.6], [5, 4, 2.6]),
          place(shoulders.at, shoulders.axes, [0, 1, out * 12.6], [4, 4, 2.4]),
        ],
      ],
    };
  },
  stitch: (p: Person, side: Side): Mark => ({
    on: "shirt",
    runs: [[place(p.trunk.lumbar.at, p.trunk.lumbar.axes, [2, 7, signOf(side) * 9.5], [5.6, 7.4, 3])]],
  }),
  trapezius: (p: Person, side: Side): Mark => {
    const { neck, shoulders } = p.trunk;
    const out = signOf(side);
    return {
      on: "shirt",
      runs: [
        [
          place(neck.at, neck.axes, [-1, 3, out * 3.4], 1.9),
          place(shoulders.at, shoulders.axes, [-0.5, 9.6, out * 7], [3, 2.2, 2.6]),
        ],
        [
          place(shoulders.at, shoulders.axes, [-0.5, 9.6, out * 7], [3, 2.2, 2.6]),
          place(shoulders.at, shoulders.axes, [0, 8, out * 14], [3, 2, 2.6]),
        ],
      ],
    };
  },
  neckSide: (p: Person, side: Side): Mark => {
    const { neck, head, shoulders } = p.trunk;
    const out = signOf(side);
    return {
      on: "shirt",
      runs: [
        [place(head.at, head.axes, [-0.6, 2, out * 3], 1.7), place(neck.at, neck.axes, [-0.8, 2, out * 3.4], 2)],
        [
          place(neck.at, neck.axes, [-0.8, 2, out * 3.4], 2),
          place(shoulders.at, shoulders.axes, [-0.5, 9.6, out * 8], [3, 2, 2.4]),
        ],
      ],
    };
  },
  rearShoulder: (p: Person, side: Side): Mark => {
    const { shoulder, elbow, upper } = p.arms[side];
    const back = scale(p.trunk.shoulders.axes.x, -1);
    return {
      on: `sleeve-${side}`,
      runs: [
        [ball(add(shoulder, scale(back, 0.4)), 3.6, upper), ball(add(mix(shoulder, elbow, 0.28), scale(back, 1.6)), 3, upper)],
      ],
    };
  },
  blade: (p: Person, side: Side): Mark => ({
    on: "shirt",
    runs: [
      [
        place(p.trunk.shoulders.at, p.trunk.shoulders.axes, [-5.4, 1, signOf(side) * 6], [2.4, 3, 2]),
        place(p.trunk.shoulders.at, p.trunk.shoulders.axes, [-5.4, 2.6, signOf(side) * 10.4], [2.4, 2, 2]),
        place(p.trunk.chest.at, p.trunk.chest.axes, [-6, 3, signOf(side) * 7.4], [2.4, 2, 1.6]),
      ],
    ],
  }),
  sole: (p: Person, side: Side): Mark => {
    const { ankle, foot } = p.legs[side];
    return {
      on: `foot-${side}`,
      runs: [
        [place(ankle, foot, [-2.5, -6.6, 0], [1.8, 1.1, 2.2]), place(ankle, foot, [5, -6.4, 0], [2, 1.1, 2.4])],
        [place(ankle, foot, [5, -6.4, 0], [2, 1.1, 2.4]), place(ankle, foot, [11.6, -6.6, 0], [2.2, 1.1, 3.2])],
      ],
    };
  },
  jaw: (p: Person, side: Side): Mark => {
    const { at, axes } = p.trunk.head;
    const out = signOf(side);
    return {
      on: "neck",
      runs: [[place(at, axes, [3, 7, out * 6.6], [1.4, 1.6, 1]), place(at, axes, [2.6, 2.6, out * 5.6], [1.6, 1.8, 1])]],
    };
  },
  shoulder: (p: Person, side: Side): Mark => {
    const { shoulder, elbow, upper } = p.arms[side];
    return {
      on: `sleeve-${side}`,
      runs: limb(shoulder, elbow, upper, [
        [0, 4.4, [0, 0, 0]],
        [0.3, 3, [0, 0, 0]],
      ]),
    };
  },
  biceps: (p: Person, side: Side): Mark => {
    const { shoulder, elbow, upper } = p.arms[side];
    return {
      on: `sleeve-${side}`,
      runs: limb(shoulder, elbow, upper, [
        [0.2, 2.4, [2, 0, 0]],
        [0.5, 2.8, [1.8, 0, 0]],
        [0.9, 1.7, [1.6, 0, 0]],
      ]),
    };
  },
  triceps: (p: Person, side: Side): Mark => {
    const { shoulder, elbow, upper } = p.arms[side];
    return {
      on: `sleeve-${side}`,
      runs: limb(shoulder, elbow, upper, [
        [0.2, 2.4, [-2, 0, 0]],
        [0.5, 2.8, [-1.9, 0, 0]],
        [0.9, 1.7, [-1.6, 0, 0]],
      ]),
    };
  },
} as const;

export type Muscle = keyof typeof MUSCLES;

/** The forearm's muscles on the side that `towards` tells, which depends on how the hand is turned. */
export function forearm(p: Person, side: Side, towards: Vec): Mark {
  const { elbow, wrist, fore } = p.arms[side];
  const at = (t: number, off: number, radius: number) => ball(add(mix(elbow, wrist, t), scale(towards, off)), radius, fore);
  return {
    on: `forearm-${side}`,
    runs: [
      [at(0.14, 1.7, 2.2), at(0.4, 1.7, 2.2)],
      [at(0.4, 1.7, 2.2), at(0.86, 0.9, 1.4)],
    ],
  };
}

/** The palm's side of a hand, from the wrist to the tips of straight fingers. */
export function palmOf(p: Person, side: Side, from = 1, to = 15): Mark {
  const { wrist, fingers, palm, fore } = p.arms[side];
  const at = (along: number, radius: number) => ball(add(wrist, add(scale(fingers, along), scale(palm, 0.6))), radius, fore);
  return {
    on: `hand-${side}`,
    runs: [
      [at(from, 1.3), at((from + to) / 2, 1.7)],
      [at((from + to) / 2, 1.7), at(to, 0.9)],
    ],
  };
}

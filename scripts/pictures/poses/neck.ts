/** The neck, the jaw and the shoulder. */

import type { PieceName } from "../body.ts";
import type { Side } from "../figure.ts";
import { add } from "../geometry.ts";
import { onHead } from "../head.ts";
import { mark } from "../mark.ts";
import type { Panel } from "../page.ts";
import type { Poses } from "../picture.ts";
import { chair, table } from "../props.ts";
import { type Scene, scene } from "../scene.ts";
import { ANKLE, DOWN, handsOnThighs, NEAR, RIGHT, seated, upright } from "../stances.ts";

/** What a portrait leaves out. */
export const LEGS: readonly PieceName[] = (["left", "right"] as const).flatMap((side): PieceName[] => [
  `thigh-${side}`,
  `shorts-${side}`,
  `shank-${side}`,
  `foot-${side}`,
]);
const LOWER: readonly PieceName[] = [
  ...LEGS,
  "pelvis",
  ...(["left", "right"] as const).flatMap((side): PieceName[] => [`hand-${side}`, `forearm-${side}`, `upper-arm-${side}`]),
];

function portrait(yaw: number, neck: { flex?: number; side?: number; turn?: number }): Scene {
  const s = scene({ yaw, pitch: 4 });
  const who = seated({ front: NEAR, spine: { neck } });
  s.person(who, { without: LOWER });
  return s;
}

function neckTurns(): Panel[] {
  const s = scene({ yaw: 10, pitch: 8 });
  s.floor();
  chair(s, [0, 0, 0], NEAR, { back: 0 });
  const who = seated({ front: NEAR, spine: { neck: { turn: 26 }, head: { turn: 22 } } });
  handsOnThighs(who, NEAR);
  s.person(who);
  s.arrow(
    [
      [16, 145, 6],
      [4, 148, 20],
      [-14, 145, 10],
    ],
    { weight: 0.8 },
  );
  const nod = portrait(62, { flex: 24 });
  nod.arrow(
    [
      [0, 138, 14],
      [0, 124, 24],
      [0, 106, 24],
    ],
    { both: true, weight: 0.8 },
  );
  const tilt = portrait(0, { side: 24 });
  tilt.arrow(
    [
      [14, 140, 0],
      [-4, 145, 0],
      [-24, 136, 0],
    ],
    { both: true, weight: 0.8 },
  );
  return [
    { scene: s, frame: { x: 20, y: 24, width: 420, height: 552 } },
    { scene: nod, lens: { at: [612, 160], radius: 128, centre: nod.centre([0, 119, 4]), zoom: 3.9 } },
    { scene: tilt, lens: { at: [612, 440], radius: 128, centre: tilt.centre([-3, 121, 0]), zoom: 3.9 } },
  ];
}

export const neck: Poses = {
  "neck-turns": neckTurns,
  "neck-side-tilt": () => {
    const s = scene({ yaw: -14, pitch: 8 });
    s.floor();
    chair(s, [0, 0, 0], NEAR, { back: 40 });
    const who = seated({ front: NEAR, spine: { neck: { side: -20 }, head: { side: -12 } } });
    handsOnThighs(who, NEAR);
    who.arm("right", { wrist: [-24, 49, -2], pole: [-1, 0, -0.4], fingers: [0.2, -1, 0.2], palm: [1, 0, 0], curl: 0.5 });
    s.person(who);
    mark(s, who, "neckSide", "right", 2);
    s.arrow([
      [-14, 146, 0],
      [6, 146, 0],
      [24, 134, 0],
    ]);
    return [{ scene: s }];
  },
  "trap-tilt": () => {
    const s = scene({ yaw: -10, pitch: 6 });
    const who = seated({ front: NEAR, spine: { neck: { side: -20 }, head: { side: -12 } } });
    handsOnThighs(who, NEAR);
    chair(s, [0, 0, 0], NEAR, { back: 40 });
    s.person(who);
    mark(s, who, "trapezius", "right", 2);
    s.arrow([
      [-14, 146, 0],
      [6, 146, 0],
      [24, 134, 0],
    ]);
    s.arrow(
      [
        [-36, 118, 0],
        [-36, 98, 0],
      ],
      { weight: 0.8 },
    );
    return [{ scene: s, window: { min: [-54, 66], max: [54, 150] } }];
  },
  "jaw-controlled-open": () => {
    const s = scene({ yaw: -24, pitch: 3 });
    const who = seated({ front: NEAR });
    const { head } = who.trunk;
    for (const [side, x] of [
      ["right", -1],
      ["left", 1],
    ] as const satisfies readonly (readonly [Side, number])[]) {
      const jaw = onHead(head, 3, 1, -x * 5.4);
      who.arm(side, {
        wrist: add(jaw, [x * 6, -14, 12]),
        pole: [x * 0.8, -1, 0],
        fingers: [-x * 0.4, 1, -0.8],
        palm: [-x, -0.3, -0.2],
        curl: 0.14,
      });
    }
    s.person(who, { without: LEGS, head: { jaw: 1.6, mouth: "open" } });
    mark(s, who, "jaw", "right", 6);
    s.arrow(
      [
        [0, 104, 10],
        [0, 90, 10],
      ],
      { weight: 0.9 },
    );
    return [{ scene: s, window: { min: [-36, 84], max: [36, 142] } }];
  },
  "shoulder-pendulum": () => {
    const s = scene({ yaw: 14, pitch: 8 });
    s.floor();
    table(s, [74, 0, -26], { long: 60, wide: 44 });
    const who = upright({ at: [-10, 90, 0], lean: 56, spine: { neck: { flex: -10 } } });
    who.leg("left", { ankle: [8, ANKLE, -10], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { ankle: [-22, ANKLE, 9], pole: RIGHT, toesTo: RIGHT });
    who.arm("left", { touch: [55, 74, -20], pole: [-0.6, 0.2, -1], fingers: RIGHT, palm: DOWN });
    who.arm("right", { upper: [0.1, -1, 0.05], elbow: 4, towards: RIGHT, fingers: DOWN });
    s.person(who);
    mark(s, who, "shoulder", "right", 0.2);
    s.arrow(
      [
        [4, 44, 18],
        [30, 36, 18],
        [56, 44, 18],
      ],
      { both: true },
    );
    return [{ scene: s }];
  },
  "shoulder-cross": () => {
    const s = scene({ yaw: -48, pitch: 8 });
    const who = upright({ front: NEAR });
    who.arm("right", { upper: [0.62, -0.02, 0.9], elbow: 12, towards: [1, 0, -0.5], fingers: [1, 0, 0], palm: [0, 0, -1] });
    const { elbow, shoulder } = who.arms.right;
    const grip = add(shoulder, [(elbow[0] - shoulder[0]) * 0.72, 0, (elbow[2] - shoulder[2]) * 0.72]);
    who.arm("left", {
      wrist: add(grip, [8, -9, 6]),
      pole: [0.7, -1, 0.3],
      fingers: [-0.6, 0.8, 0],
      palm: [-0.4, 0, -1],
      curl: 0.4,
    });
    s.person(who, { without: LEGS, shift: { "forearm-left": 12, "hand-left": 14 } });
    mark(s, who, "rearShoulder", "right", 0.2);
    s.arrow([
      [26, 116, 44],
      [14, 114, 30],
      [2, 114, 18],
    ]);
    return [{ scene: s, window: { min: [-34, 102], max: [56, 176] } }];
  },
};

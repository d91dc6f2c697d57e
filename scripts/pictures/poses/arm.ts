/** The upper arm, the forearm and the hand. */
import { add } from "../geometry.ts";
import { forearm, mark, markOn, palmOf } from "../muscles.ts";
import type { Poses } from "../picture.ts";
import { box, table } from "../props.ts";
import { type Scene, scene } from "../scene.ts";
import { COLOURS } from "../style.ts";
import { ANKLE, DOWN, FAR, LEFT, NEAR, RIGHT, STANDING, UP, upright } from "../stances.ts";
import type { PieceName } from "../body.ts";
import { LEGS } from "./neck.ts";

const BUST = { min: [-30, 96] as const, max: [82, 184] as const };

/** Somebody with the near arm straight ahead, whose other hand bends that wrist. */
function wristBent(palmUp: boolean): Scene {
  const s = scene({ yaw: 14, pitch: 10 });
  const who = upright({ at: [0, STANDING, 0], spine: { chest: { turn: 10 }, shoulders: { turn: 8 }, neck: { flex: 8 } }, shoulders: { left: { forward: 5 } } });
  const hand = palmUp ? { fingers: [0.12, -1, 0] as const, palm: [1, 0.1, 0] as const } : { fingers: [-0.16, -1, 0] as const, palm: [-1, 0, 0] as const };
  who.arm("right", { upper: [1, -0.22, -0.22], elbow: 6, towards: UP, ...hand, curl: 0.06 });
  const { wrist } = who.arms.right;
  const over = palmUp ? [9.5, -8, -7] as const : [6, -8, -7] as const;
  who.arm("left", { wrist: add(wrist, over), pole: [0, -1, -0.7], fingers: [0.1, -0.25, 1], palm: [-1, 0, 0.1], curl: 0.32 });
  s.person(who, { without: LEGS, shift: { "hand-left": palmUp ? 14 : 14 } });
  markOn(s, who, forearm(who, "right", UP));
  s.arrow(palmUp ? [[82, 132, 6], [80, 116, 6], [70, 104, 6]] : [[82, 134, 6], [82, 118, 6], [74, 106, 6]]);
  return s;
}

/** A forearm on a table, palm up; the hand as told. */
function onTable(curl: number, spread: number): Scene {
  const s = scene({ yaw: 0, pitch: 48 });
  const who = upright({ at: [0, 60, 0] });
  const all: PieceName[] = [...LEGS, "pelvis", "shirt", "neck", "upper-arm-left", "sleeve-left", "forearm-left", "hand-left"];
  who.arm("right", { upper: [0.35, -1, 0.1], elbow: 70, towards: RIGHT, fingers: [1, 0.06, 0], palm: UP, curl, spread });
  const { elbow, wrist } = who.arms.right;
  box(s, { centre: [(elbow[0] + wrist[0]) / 2 + 6, elbow[1] - 8, elbow[2]], size: [62, 6, 46], depth: -200 });
  s.person(who, { without: [...all, "head", "upper-arm-right", "sleeve-right"] });
  return s;
}

export const arm: Poses = {
  "wrist-flexor": () => [{ scene: wristBent(true), window: BUST }],
  "wrist-extensor": () => [{ scene: wristBent(false), window: BUST }],
  "open-close": () => {
    const fist = onTable(0.72, 0);
    const open = onTable(0.02, 13);
    return [
      { scene: fist, frame: { x: 40, y: 40, width: 340, height: 520 } },
      { scene: open, frame: { x: 420, y: 40, width: 340, height: 520 } },
    ];
  },
  prayer: () => {
    const s = scene({ yaw: -16, pitch: 6 });
    const who = upright({ at: [0, STANDING, 0], front: NEAR });
    for (const [side, x] of [["right", -1], ["left", 1]] as const) {
      who.arm(side, { wrist: [x * 2.6, 122, 27], pole: [x, -0.15, 0], fingers: [0, 1, 0.08], palm: [-x, 0, 0], curl: 0 });
      s.arrow([[x * 24, 142, 30], [x * 24, 126, 30]], { weight: 0.8 });
    }
    s.person(who, { without: LEGS });
    markOn(s, who, palmOf(who, "right", 0, 14));
    markOn(s, who, palmOf(who, "left", 0, 14));
    return [{ scene: s, window: { min: [-48, 94], max: [48, 184] } }];
  },
  "hand-flat": () => {
    const s = scene({ yaw: 24, pitch: 18 });
    s.floor();
    table(s, [66, 0, 0], { long: 66, wide: 64 });
    const who = upright({ at: [0, STANDING - 2, 0], lean: 38, spine: { neck: { flex: 2 } } });
    who.leg("left", { ankle: [14, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { ankle: [-16, ANKLE, 9], pole: RIGHT, toesTo: RIGHT });
    who.arm("right", { touch: [50, 74, 17], pole: [-0.6, 0, 0.6], fingers: RIGHT, palm: DOWN, curl: 0, spread: 11 });
    who.arm("left", { upper: [-0.1, -1, -0.15], elbow: 12, towards: RIGHT });
    s.person(who);
    markOn(s, who, palmOf(who, "right", 3, 15));
    s.arrow([[2, 150, 24], [18, 144, 24], [30, 130, 24]]);
    return [{ scene: s }];
  },
  "biceps-wall": () => {
    const s = scene({ yaw: 0, pitch: 6 });
    s.floor(-10);
    box(s, { centre: [-10, 95, -50], size: [150, 190, 6], fills: { light: COLOURS.wall, dark: COLOURS.wall }, depth: -600 });
    const who = upright({ at: [14, STANDING - 1, 0], front: [0.8, 0, 0.6] });
    who.leg("left", { ankle: [8, ANKLE, -8], pole: [0.8, 0, 0.6], toesTo: [0.8, 0, 0.6] });
    who.leg("right", { ankle: [2, ANKLE, 10], pole: [0.8, 0, 0.6], toesTo: [0.8, 0, 0.6] });
    who.arm("left", { touch: [-28, 142, -46], pole: [0, -1, -0.2], fingers: LEFT, palm: FAR, curl: 0 });
    who.arm("right", { upper: [-0.1, -1, 0.15], elbow: 10, towards: RIGHT });
    s.person(who);
    mark(s, who, "biceps", "left");
    s.arrow([[44, 150, 10], [40, 148, 36], [20, 146, 48]]);
    return [{ scene: s }];
  },
  "triceps-overhead": () => {
    const s = scene({ yaw: -20, pitch: 4 });
    const who = upright({ at: [0, STANDING, 0], front: NEAR });
    who.arm("right", { upper: [-0.2, 1, 0.1], elbow: 138, towards: [0.5, 0, -1], fingers: [0.4, -1, 0], palm: [0, 0, 1], curl: 0.1 });
    const { elbow } = who.arms.right;
    who.arm("left", { wrist: add(elbow, [13, -3, 3]), pole: [1, 0.3, 0.2], fingers: [-1, 0.1, -0.1], palm: [0, -0.4, -1], curl: 0.4 });
    s.person(who, { without: LEGS });
    mark(s, who, "triceps", "right");
    s.arrow([[-34, 188, 0], [-16, 194, -10], [0, 190, -16]]);
    return [{ scene: s, window: { min: [-50, 100], max: [50, 196] } }];
  },
};
void NEAR;

/** The hip and the groin. */

import { add } from "../geometry.ts";
import { mark } from "../mark.ts";
import type { Poses } from "../picture.ts";
import { chair, mat } from "../props.ts";
import { scene } from "../scene.ts";
import { ANKLE, DOWN, NEAR, ON_FLOOR, RIGHT, seated, supine, upright } from "../stances.ts";

export const hip: Poses = {
  "groin-butterfly": () => {
    const s = scene({ yaw: 0, pitch: 16 });
    s.floor();
    mat(s, -70, 70, 100);
    const who = upright({ at: [0, ON_FLOOR, 0], front: NEAR, lean: 2 });
    for (const [side, x] of [
      ["right", -1],
      ["left", 1],
    ] as const) {
      const leg = who.leg(side, {
        ankle: [x * 5, 7, 42],
        pole: [x, 0.12, 0.1],
        toesTo: [x * 0.1, 0.1, 1],
        soleTo: [-x, -0.2, 0],
      });
      who.arm(side, {
        wrist: add(leg.ankle, [x * 5, 9, -3]),
        pole: [x, -0.3, -0.4],
        fingers: [-x * 0.3, -0.6, 0.8],
        palm: [-x, -0.5, 0],
        curl: 0.4,
      });
    }
    s.person(who);
    mark(s, who, "adductor", "left", 6);
    mark(s, who, "adductor", "right", 6);
    s.arrow([
      [50, 46, 20],
      [54, 38, 20],
      [55, 23, 20],
    ]);
    s.arrow([
      [-50, 46, 20],
      [-54, 38, 20],
      [-55, 23, 20],
    ]);
    return [{ scene: s }];
  },
  "groin-side-lunge": () => {
    const s = scene({ yaw: 22, pitch: 9 });
    s.floor();
    const who = upright({ at: [-16, 76, 0], front: NEAR, lean: 16, spine: { neck: { flex: -10 } } });
    who.leg("left", { thigh: [0.72, -0.7, 0.06], knee: 0, toesTo: [0.35, 0, 0.94] });
    who.leg("right", { ankle: [-46, ANKLE, 0], pole: [-0.7, 0, 0.9], toesTo: [-0.35, 0, 0.94] });
    who.arm("right", { touch: [-34, 92, 44], pole: [-1, -0.6, 0], fingers: [0.2, -0.2, 1], palm: DOWN, curl: 0.4 });
    who.arm("left", { touch: [-6, 92, 44], pole: [1, -0.6, 0], fingers: [-0.4, -0.2, 1], palm: DOWN, curl: 0.4 });
    s.person(who);
    chair(s, [-20, 0, 64], NEAR, { back: 46, depth: 100 });
    mark(s, who, "adductor", "left");
    s.arrow([
      [44, 128, 0],
      [20, 128, 0],
    ]);
    return [{ scene: s }];
  },
  "glute-figure4": () => {
    const s = scene({ yaw: 26, pitch: 12 });
    s.floor();
    chair(s, [0, 0, 0]);
    const who = seated({ lean: 30, spine: { neck: { flex: -12 } } });
    const leg = who.leg("right", { ankle: [36, 62, -10], pole: [0.55, 0.12, 0.86], toesTo: [1, -0.1, -0.2] });
    who.arm("right", { touch: add(leg.knee, [-2, 7, -6]), pole: [-1, 0.2, 0.6], fingers: [0.95, -0.25, 0], palm: DOWN });
    who.arm("left", { touch: add(leg.ankle, [-2, 5, 2]), pole: [-0.8, 0.4, -1], fingers: [0.6, -0.6, 0.6], palm: DOWN });
    s.person(who, { shift: { "shank-right": 6 } });
    mark(s, who, "glute", "right", 4);
    s.arrow([
      [46, 132, 0],
      [60, 120, 0],
      [66, 102, 0],
    ]);
    return [{ scene: s }];
  },
  "glute-knee-cross": () => {
    const s = scene({ yaw: 12, pitch: 16 });
    s.floor();
    mat(s, -84, 88);
    const who = supine({ spine: { neck: { flex: 6 } } });
    who.leg("left", { thigh: [1, 0.0, -0.06], knee: 0, pointed: 12 });
    const leg = who.leg("right", { thigh: [-0.52, 0.78, -0.36], knee: 105, pointed: 15 });
    who.arm("right", {
      touch: add(leg.knee, [6, -3, 5]),
      pole: [0.2, -1, 1],
      fingers: [0.4, 0.8, -0.2],
      palm: [-0.6, 0.2, -0.8],
      curl: 0.4,
    });
    who.arm("left", {
      touch: add(leg.knee, [6, -1, -5]),
      pole: [0.2, -1, -0.6],
      fingers: [0.5, 0.6, 0.6],
      palm: [-0.7, 0, 0.7],
      curl: 0.4,
    });
    s.person(who);
    mark(s, who, "glute", "right", 4);
    s.arrow([
      [8, 66, 14],
      [-14, 72, 6],
      [-34, 68, -6],
    ]);
    return [{ scene: s }];
  },
  "hipflexor-lunge": () => {
    const s = scene({ yaw: 20, pitch: 8 });
    s.floor();
    chair(s, [66, 0, -14], RIGHT, { back: 50 });
    const who = upright({ at: [0, 78, 0], lean: -2 });
    who.leg("left", { ankle: [32, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { ankle: [-44, 14, 9], pole: RIGHT, toesTo: [0.86, -0.5, 0], toes: 30 });
    who.arm("left", { touch: [46, 95, -16], pole: [-0.4, -1, -0.4], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    who.arm("right", { touch: [46, 95, -2], pole: [-0.4, -1, 0.4], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    s.person(who);
    mark(s, who, "hipFlexor", "right", 6);
    s.arrow([
      [-40, 84, 12],
      [-16, 84, 12],
    ]);
    return [{ scene: s }];
  },
};

/** The belly, the ribs, the chest and the upper back. */
import { add } from "../geometry.ts";
import { mark } from "../mark.ts";
import type { Poses } from "../picture.ts";
import { chair, mat } from "../props.ts";
import { scene } from "../scene.ts";
import { DOWN, FAR, handsOnThighs, NEAR, RIGHT, STANDING, seated, supine, UP, upright } from "../stances.ts";

export const trunk: Poses = {
  "abs-lengthen": () => {
    const s = scene({ yaw: 8, pitch: 20 });
    s.floor();
    mat(s, -118, 100);
    const who = supine();
    who.leg("left", { thigh: [1, 0, -0.05], knee: 0, pointed: 14 });
    who.leg("right", { thigh: [1, 0, 0.05], knee: 0, pointed: 14 });
    who.arm("right", { upper: [-1, 0.02, 0.18], elbow: 6, towards: UP, palm: UP });
    who.arm("left", { upper: [-1, 0.02, -0.18], elbow: 6, towards: UP, palm: UP });
    s.person(who);
    mark(s, who, "belly");
    s.arrow([
      [-84, 52, 0],
      [-112, 52, 0],
    ]);
    s.arrow([
      [70, 52, 0],
      [98, 52, 0],
    ]);
    return [{ scene: s }];
  },
  "stitch-breathe": () => {
    const s = scene({ yaw: 36, pitch: 8 });
    s.floor();
    const who = upright({ at: [0, STANDING - 2.5, 0], lean: 3, spine: { chest: { side: 9 }, shoulders: { side: 5 } } });
    who.leg("right", { ankle: [-24, 13, 8], pole: RIGHT, toesTo: [0.84, -0.5, 0], toes: 28 });
    who.leg("left", { ankle: [24, 9, -8], pole: RIGHT, toesTo: [1, 0.16, 0] });
    who.arm("left", { upper: [0.2, -1, -0.25], elbow: 20, towards: RIGHT });
    const { lumbar } = who.trunk;
    who.arm("right", {
      touch: add(lumbar.at, [9, 9, 12.5]),
      pole: [-0.6, -0.4, 1],
      fingers: [0.9, -0.3, -0.3],
      palm: [-0.3, 0, -1],
      curl: 0.1,
    });
    s.person(who, { head: { mouth: "blow" } });
    mark(s, who, "stitch", "right");
    s.arrow(
      [
        [32, 155, 0],
        [46, 153, 0],
        [60, 149, 0],
      ],
      { weight: 0.8 },
    );
    return [{ scene: s }];
  },
  "rib-side-bend": () => {
    const s = scene({ yaw: 0, pitch: 8 });
    s.floor();
    chair(s, [0, 0, 0], NEAR, { back: 0 });
    const who = seated({
      front: NEAR,
      spine: { lumbar: { side: -10 }, chest: { side: -14 }, shoulders: { side: -8 }, neck: { side: -6 } },
    });
    handsOnThighs(who, NEAR);
    who.arm("right", { upper: [0.22, 1, 0], elbow: 42, towards: RIGHT, palm: DOWN });
    s.person(who);
    mark(s, who, "flank", "right", 0.2);
    s.arrow([
      [34, 152, 0],
      [52, 142, 0],
      [62, 122, 0],
    ]);
    return [{ scene: s }];
  },
  "chest-open": () => {
    const s = scene({ yaw: 30, pitch: 6 });
    const who = upright({
      at: [0, STANDING, 0],
      lean: -3,
      spine: { chest: { flex: -6 }, shoulders: { flex: -5 }, neck: { flex: 2 } },
      shoulders: { left: { forward: -3 }, right: { forward: -3 } },
    });
    who.leg("left", { thigh: DOWN });
    who.leg("right", { thigh: DOWN });
    who.arm("right", {
      wrist: [-36, 106, 4],
      pole: [0.2, 0, 1],
      fingers: [-0.6, -0.8, -0.3],
      palm: [-0.6, 0.6, -0.4],
      curl: 0.6,
    });
    who.arm("left", { wrist: [-36, 106, -4], pole: [0.2, 0, -1], fingers: [-0.6, -0.8, 0.3], palm: [-0.6, 0.6, 0.4], curl: 0.6 });
    s.person(who);
    mark(s, who, "chest");
    s.arrow([
      [24, 128, 6],
      [31, 138, 6],
      [32, 152, 6],
    ]);
    s.arrow(
      [
        [-42, 96, 4],
        [-56, 104, 4],
      ],
      { weight: 0.8 },
    );
    return [{ scene: s, window: { min: [-54, 86], max: [44, 178] } }];
  },
  "upper-back-hug": () => {
    const s = scene({ yaw: -34, pitch: 10 });
    s.floor();
    chair(s, [0, 0, 0], RIGHT, { back: 0 });
    const who = seated({
      lean: 4,
      spine: { lumbar: { flex: 6 }, chest: { flex: 18 }, shoulders: { flex: 16 }, neck: { flex: 14 } },
      shoulders: { left: { forward: 5 }, right: { forward: 5 } },
    });
    const { shoulder } = who.arms.right;
    const clasp = add(shoulder, [51, -6, -17]);
    who.arm("right", { wrist: add(clasp, [0, 0, 3]), pole: [0, -1, 1], fingers: [0.9, 0, -0.5], palm: [-0.3, 0, -1], curl: 0.6 });
    who.arm("left", { wrist: add(clasp, [0, 0, -3]), pole: [0, -1, -1], fingers: [0.9, 0, 0.5], palm: [-0.3, 0, 1], curl: 0.6 });
    s.person(who);
    mark(s, who, "upperBack", "right", 0.2);
    s.arrow([add(clasp, [14, 2, 0]), add(clasp, [36, 2, 0])]);
    s.arrow([add(who.trunk.shoulders.at, [-14, 2, 0]), add(who.trunk.shoulders.at, [-34, 8, 0])]);
    return [{ scene: s }];
  },
  "upper-back-open": () => {
    const s = scene({ yaw: 24, pitch: 8 });
    s.floor();
    chair(s, [0, 0, 0], RIGHT, { back: 40 });
    const who = seated({
      at: [-2, 56.5, 0],
      lean: -6,
      spine: { chest: { flex: -18 }, shoulders: { flex: -14 }, neck: { flex: 4 } },
    });
    for (const [side, z] of [
      ["right", 1],
      ["left", -1],
    ] as const) {
      const { head } = who.trunk;
      who.arm(side, {
        wrist: add(head.at, [-6, 9, z * 9]),
        pole: [-0.1, 0.45, z],
        fingers: [-0.3, 0.2, -z * 0.9],
        palm: [0.9, 0.1, -z * 0.4],
        curl: 0.2,
      });
    }
    s.person(who);
    mark(s, who, "upperBack", "right", 0.2);
    s.arrow([
      [28, 106, 0],
      [27, 124, 0],
      [16, 138, 0],
    ]);
    return [{ scene: s }];
  },
  "blade-squeeze": () => {
    const s = scene({ yaw: 0, pitch: 4 });
    const who = upright({ at: [0, STANDING, 0], front: FAR });
    for (const [side, x] of [
      ["right", 1],
      ["left", -1],
    ] as const) {
      who.leg(side, { thigh: DOWN });
      who.arm(side, { upper: [x * 0.16, -1, 0.12], elbow: 8, towards: FAR, palm: [-x, 0, 0] });
      s.arrow(
        [
          [x * 33, 137, 20],
          [x * 17, 129, 20],
        ],
        { weight: 0.8 },
      );
    }
    s.person(who);
    mark(s, who, "blade", "right", 0.2);
    mark(s, who, "blade", "left", 0.2);
    return [{ scene: s, window: { min: [-50, 88], max: [50, 178] } }];
  },
};

/** The foot and the shin. */
import { onSole } from "../body.ts";
import { add, type Vec } from "../geometry.ts";
import { mark } from "../muscles.ts";
import type { Poses } from "../picture.ts";
import { chair, wallAt } from "../props.ts";
import { scene } from "../scene.ts";
import { ANKLE, DOWN, FAR, footDown, LEFT, NEAR, RIGHT, SITTING, STANDING, seated, UP, upright } from "../stances.ts";

/** A bare lower leg from the side, the toes bent up, for a close-up. */
function toesBentByHand() {
  const s = scene({ yaw: 8, pitch: 6 });
  const who = upright({ at: [0, 60, 0] });
  const leg = who.leg("right", { thigh: [1, 0.1, 0], knee: 60, toesTo: [0.9, 0.42, 0], toes: 55 });
  const ball = onSole(leg, 0.86);
  who.arm("right", { wrist: add(ball, [13, 9, 3]), pole: [0.3, 1, 0.4], fingers: [-0.62, -0.55, -0.15], palm: [-0.75, 0.6, 0], curl: 0.35 });
  s.person(who, { without: ["shirt", "pelvis", "neck", "head", "upper-arm-left", "sleeve-left", "forearm-left", "hand-left", "thigh-left", "shorts-left", "shank-left", "foot-left", "sleeve-right"] });
  mark(s, who, "sole", "right");
  return { s, ball };
}

export const foot: Poses = {
  "toes-back": () => {
    const s = scene({ yaw: 34, pitch: 16 });
    s.floor();
    chair(s, [0, 0, 0]);
    const who = seated({ lean: 16, spine: { lumbar: { flex: 14 }, chest: { flex: 12 }, neck: { flex: 14 } } });
    const leg = who.leg("left", { ankle: [33, 63, 12], pole: [0.5, 0.1, -0.86], toesTo: [1, -0.25, 0.25], toes: 40 });
    const tips = onSole(leg, 0.9);
    who.arm("right", { wrist: add(tips, [3, 9, 9]), pole: [-0.4, -0.4, 1], fingers: [0.3, -0.8, -0.5], palm: [-0.8, -0.2, -0.4], curl: 0.5 });
    who.arm("left", { wrist: add(leg.ankle, [-7, 7, -8]), pole: [-0.6, 0, -1], fingers: [0.6, -0.6, 0.5], palm: [0.3, -0.8, 0.3], curl: 0.5 });
    s.person(who, { shift: { "shank-left": 25, "foot-left": 12, "hand-right": 6, "hand-left": 22, "forearm-left": 20 } });
    mark(s, who, "sole", "left", 0.2);
    return [{ scene: s }];
  },
  "foot-flat-press": () => {
    const s = scene({ yaw: -18, pitch: 8 });
    s.floor();
    chair(s, [58, 0, 0], RIGHT, { back: 50 });
    const who = upright({ at: [0, STANDING - 1.5, 0], lean: 6, spine: { neck: { flex: 12 } } });
    who.leg("right", { ankle: [12, ANKLE, 9], pole: RIGHT, toesTo: RIGHT });
    who.leg("left", { ankle: [-14, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.arm("right", { touch: [39, 95, 14], pole: [-0.6, -1, 0.3], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    who.arm("left", { touch: [39, 95, -14], pole: [-0.6, -1, -0.3], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    s.person(who);
    mark(s, who, "sole", "right");
    s.arrow([[18, 54, 22], [18, 14, 22]]);
    return [{ scene: s }];
  },
  "toe-wall": () => {
    const s = scene({ yaw: -14, pitch: 7 });
    s.floor();
    wallAt(s, 46, { height: 176 });
    const who = upright({ at: [6, STANDING - 2.5, 0], lean: 8, spine: { neck: { flex: -4 } } });
    who.leg("right", { ankle: [26, ANKLE, 9], pole: RIGHT, toesTo: [1, 0.08, 0], toes: 62 });
    who.leg("left", { ankle: [-16, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.arm("right", { touch: [46, 128, 17], pole: [0, -1, 0.4], fingers: UP, palm: RIGHT });
    who.arm("left", { touch: [46, 128, -17], pole: [0, -1, -0.4], fingers: UP, palm: RIGHT });
    s.person(who);
    mark(s, who, "sole", "right");
    s.arrow([[-34, 112, 9], [-12, 110, 9]]);
    return [{ scene: s }];
  },
  "shin-toes-away": () => {
    const s = scene({ yaw: 12, pitch: 8 });
    s.floor();
    chair(s, [0, 0, 0]);
    const who = seated({ lean: -2 });
    footDown(who, "left", RIGHT, 38);
    who.leg("right", { thigh: [1, -0.05, 0.05], knee: 32, pointed: 42, toes: -15 });
    who.arm("right", { touch: [26, 64, 11], pole: [-1, 0, 0.5], fingers: [1, -0.1, 0], palm: DOWN });
    who.arm("left", { touch: [26, 64, -11], pole: [-1, 0, -0.5], fingers: [1, -0.1, 0], palm: DOWN });
    s.person(who);
    mark(s, who, "shin", "right");
    s.arrow([[92, 50, 10], [104, 40, 10], [108, 24, 10]]);
    return [{ scene: s }];
  },
};
void [FAR, LEFT, NEAR, SITTING, toesBentByHand];
export type { Vec };

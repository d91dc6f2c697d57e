/** The calf: towel, wall, heel press. */
import { onSole } from "../body.ts";
import { mark } from "../mark.ts";
import type { Poses } from "../picture.ts";
import { chair, mat, strap, wallAt } from "../props.ts";
import { scene } from "../scene.ts";
import { ANKLE, DOWN, FAR, NEAR, ON_FLOOR, RIGHT, STANDING, UP, upright } from "../stances.ts";

export const calf: Poses = {
  "calf-seated-towel": () => {
    const s = scene({ yaw: 14, pitch: 10 });
    s.floor();
    mat(s, -26, 116);
    const who = upright({ at: [0, ON_FLOOR, 0], lean: 8, spine: { lumbar: { flex: 8 }, neck: { flex: 8 } } });
    who.leg("left", { ankle: [60, ANKLE, -14], pole: [0, 1, -0.4], toesTo: RIGHT });
    const leg = who.leg("right", { thigh: [1, -0.02, 0.02], knee: 0, toesTo: [-0.25, 1, 0] });
    const ball = onSole(leg, 0.72);
    who.arm("right", { wrist: [50, 38, 14], pole: [-1, -1, 0.6], palm: FAR, curl: 0.75 });
    who.arm("left", { wrist: [50, 38, 4], pole: [-1, -1, -0.6], palm: NEAR, curl: 0.75 });
    s.person(who);
    strap(
      s,
      [
        [57, 39, 6],
        [ball[0] + 1, ball[1], ball[2] - 1],
      ],
      5,
    );
    strap(
      s,
      [
        [57, 39, 14],
        [ball[0] + 1, ball[1], ball[2] + 1],
      ],
      14,
    );
    mark(s, who, "calf", "right");
    s.arrow([
      [96, 44, 14],
      [80, 48, 14],
      [66, 52, 14],
    ]);
    return [{ scene: s }];
  },
  "calf-wall": () => {
    const s = scene({ yaw: -22, pitch: 8 });
    s.floor();
    wallAt(s, 66, { height: 165 });
    const who = upright({ at: [0, 84.2, 0], lean: 16, spine: { neck: { flex: -6 } } });
    who.leg("left", { ankle: [30, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { thigh: [-0.49, -0.87, 0], knee: 0, toesTo: RIGHT });
    who.arm("right", { touch: [66, 126, 16], pole: [0, -1, 0.4], fingers: UP, palm: RIGHT });
    who.arm("left", { touch: [66, 126, -16], pole: [0, -1, -0.4], fingers: UP, palm: RIGHT });
    s.person(who);
    mark(s, who, "calf", "right");
    s.arrow([
      [-4, 112, 30],
      [20, 108, 30],
    ]);
    s.arrow([
      [-62, 34, 9],
      [-62, 10, 9],
    ]);
    return [{ scene: s }];
  },
  "calf-stand-down": () => {
    const s = scene({ yaw: -18, pitch: 8 });
    s.floor();
    chair(s, [58, 0, 0], RIGHT, { back: 50 });
    const who = upright({ at: [0, STANDING - 3, 0], lean: 4 });
    who.leg("right", { ankle: [-2, ANKLE, 9], pole: RIGHT, toesTo: RIGHT });
    who.leg("left", { ankle: [14, 20, -9], pole: RIGHT, pointed: 16 });
    who.arm("right", { touch: [39, 95, 14], pole: [-0.6, -1, 0.3], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    who.arm("left", { touch: [39, 95, -14], pole: [-0.6, -1, -0.3], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    s.person(who);
    mark(s, who, "calf", "right");
    s.arrow([
      [-20, 40, 9],
      [-20, 6, 9],
    ]);
    return [{ scene: s }];
  },
};

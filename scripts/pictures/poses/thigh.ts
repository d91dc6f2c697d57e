import { person } from "../figure.ts";
import { add, mix } from "../geometry.ts";
import { mark } from "../mark.ts";
import type { Poses } from "../picture.ts";
import { chair, mat, pillow } from "../props.ts";
import { type Scene, scene } from "../scene.ts";
import { ANKLE, DOWN, LEFT, NEAR, ON_FLOOR, RIGHT, STANDING, supine, UP, upright } from "../stances.ts";

function hamSeated(s: Scene): Scene {
  mat(s, -30, 112);
  const who = upright({ at: [0, ON_FLOOR, 0], lean: 34, spine: { neck: { flex: -10 } } });
  who.leg("left", { ankle: [52, 8, -22], pole: [0.9, 0, -1], pointed: 35 });
  const leg = who.leg("right", { thigh: [1, -0.02, 0.02], knee: 0, toesTo: [0.1, 1, 0] });
  who.arm("right", { touch: add(leg.ankle, [-18, 7, 5]), pole: [-0.4, 0.4, 1], fingers: [1, -0.2, 0], palm: DOWN });
  who.arm("left", { touch: add(leg.ankle, [-22, 6, -6]), pole: [-0.4, 0.4, -1], fingers: [0.85, -0.3, 0.45], palm: DOWN });
  s.person(who);
  mark(s, who, "hamstring", "right", 0.3);
  s.arrow([
    [56, 84, 6],
    [68, 74, 6],
    [74, 58, 6],
  ]);
  return s;
}

/** Somebody on the side who draws the top heel back, from above; with the mat and pillow, if there is room. */
function quadLying(room: boolean): Scene {
  const s = scene({ yaw: 0, pitch: 50 });
  s.floor(400);
  if (room) {
    mat(s, -96, 96, 110);
    pillow(s, [-78, 3, 0], [16, 7, 24], undefined, -200);
  }
  const who = person({ at: [0, 16, 0], front: NEAR, up: LEFT });
  who.leg("right", { thigh: [0.92, -0.12, 0.4], knee: 40, pointed: 20 });
  const leg = who.leg("left", { thigh: [1, 0.02, -0.1], knee: 136, pointed: 35 });
  who.arm("left", {
    wrist: add(leg.ankle, [-9, 3, 5]),
    pole: [0, 0.6, -1],
    fingers: [0.9, -0.2, -0.4],
    palm: [0.3, -0.6, 0.6],
    curl: 0.6,
  });
  who.arm("right", { upper: [-1, -0.3, 0.35], elbow: 80, towards: [0, 0, -1], palm: UP });
  s.person(who, { head: { eyes: "open" } });
  mark(s, who, "quads", "left", 4);
  s.arrow([
    [46, 24, -54],
    [26, 24, -48],
    [12, 24, -34],
  ]);
  return s;
}

export const thigh: Poses = {
  "ham-seated": () => {
    const s = scene({ yaw: 12, pitch: 10 });
    s.floor();
    return [{ scene: hamSeated(s) }];
  },
  "ham-lying": () => {
    const s = scene({ yaw: 8, pitch: 14 });
    s.floor();
    mat(s, -88, 92);
    const who = supine();
    who.leg("left", { thigh: [1, 0.02, -0.05], knee: 0, pointed: 8 });
    const leg = who.leg("right", { thigh: [-0.08, 1, 0.02], knee: 16, pointed: 0 });
    const behind = add(add(leg.hip, [0, 30, 0]), [7, 0, 0]);
    who.arm("right", {
      wrist: add(behind, [-6, -2, 10]),
      pole: [0.3, -1, 0.8],
      fingers: [0.6, 0.3, -0.8],
      palm: [-0.6, 0, -0.8],
      curl: 0.5,
    });
    who.arm("left", {
      wrist: add(behind, [-6, -2, -10]),
      pole: [0.3, -1, -0.8],
      fingers: [0.6, 0.3, 0.8],
      palm: [-0.6, 0, 0.8],
      curl: 0.5,
    });
    s.person(who, { shift: { "hand-right": 6, "forearm-right": 4 } });
    mark(s, who, "hamstring", "right", 0.3);
    s.arrow([
      [44, 62, 9],
      [34, 84, 9],
      [16, 98, 9],
    ]);
    return [{ scene: s }];
  },
  "ham-heel-front": () => {
    const s = scene({ yaw: 12, pitch: 8 });
    s.floor();
    chair(s, [66, 0, -26], RIGHT, { back: 50 });
    const who = upright({ at: [-14, 84, 0], lean: 34, spine: { neck: { flex: -16 } } });
    who.leg("left", { ankle: [-20, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { thigh: [0.46, -0.888, 0.02], knee: 0, toesTo: [0.55, 0.83, 0] });
    who.arm("left", { touch: [47, 95, -22], pole: [-0.4, -1, -0.4], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    const { hip, knee } = who.legs.right;
    who.arm("right", {
      touch: add(mix(hip, knee, 0.3), [8.4, 2, 1]),
      pole: [-1, 0.4, 0.6],
      fingers: [0.46, -0.88, 0],
      palm: [-0.88, -0.46, 0],
    });
    s.person(who);
    mark(s, who, "hamstring", "right", 0.3);
    s.arrow([
      [40, 152, 0],
      [54, 142, 0],
      [61, 124, 0],
    ]);
    return [{ scene: s }];
  },
  "quad-lying": () => [{ scene: quadLying(true) }],
  "quad-standing": () => {
    const s = scene({ yaw: 16, pitch: 8 });
    s.floor();
    chair(s, [58, 0, -16], RIGHT, { back: 50 });
    const who = upright({ at: [0, STANDING - 0.5, 0] });
    who.leg("left", { ankle: [2, ANKLE, -8], pole: RIGHT, toesTo: RIGHT });
    const leg = who.leg("right", { thigh: [-0.08, -1, 0], knee: 138, pointed: 30 });
    who.arm("right", {
      wrist: add(leg.ankle, [3, 11, 3]),
      pole: [-1, 0, 0.5],
      fingers: [-0.5, -0.9, 0],
      palm: [0.7, -0.4, -0.5],
      curl: 0.6,
    });
    who.arm("left", { touch: [39, 95, -18], pole: [-0.4, -1, -0.4], fingers: [1, -0.2, 0], palm: DOWN, curl: 0.4 });
    s.person(who);
    mark(s, who, "quads", "right", 0.3);
    s.arrow([
      [-52, 52, 9],
      [-50, 70, 9],
      [-38, 86, 9],
    ]);
    return [{ scene: s }];
  },
  "thigh-both": () => {
    const s = scene({ yaw: 12, pitch: 10 });
    return [
      { scene: quadLying(false), frame: { x: 60, y: 30, width: 680, height: 262 } },
      { scene: hamSeated(s), frame: { x: 60, y: 306, width: 680, height: 276 } },
    ];
  },
};

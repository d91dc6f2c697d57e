/** The lower back: rest, stretch and exercises. */
import type { Person, Side } from "../figure.ts";
import { person } from "../figure.ts";
import { add, type Vec } from "../geometry.ts";
import { mark } from "../mark.ts";
import type { Poses } from "../picture.ts";
import { chair, mat, pillow } from "../props.ts";
import { type Scene, scene } from "../scene.ts";
import { ANKLE, DOWN, LEFT, LYING, NEAR, RIGHT, STANDING, supine, UP, upright } from "../stances.ts";

/** Arms loosely beside the body of somebody on the back. */
function armsBeside(who: Person): void {
  for (const [side, z] of [
    ["right", 1],
    ["left", -1],
  ] as const) {
    who.arm(side, { upper: [0.9, -0.14, z * 0.5], elbow: 8, towards: UP, fingers: [1, 0, z * 0.4], palm: DOWN });
  }
}

/** A knee bent with the foot flat, for somebody on the back. */
const footFlat = (who: Person, side: Side, x = 52): void => {
  const z = side === "right" ? 9 : -9;
  who.leg(side, { ankle: [x, ANKLE, z], pole: UP, toesTo: RIGHT });
};

const back = (pitch = 14, yaw = 8): Scene => {
  const s = scene({ yaw, pitch });
  s.floor();
  mat(s, -88, 88);
  return s;
};

function kneeHug(): { s: Scene; who: Person } {
  const s = back();
  const who = supine();
  footFlat(who, "left");
  const leg = who.leg("right", { thigh: [-0.55, 0.83, 0.06], knee: 112, pointed: 12 });
  const shin: Vec = add(leg.knee, [9, -4, 0]);
  who.arm("right", {
    wrist: add(shin, [-2, -3, 9]),
    pole: [0.2, -1, 0.6],
    fingers: [0.5, 0.5, -0.7],
    palm: [-0.7, 0, -0.7],
    curl: 0.45,
  });
  who.arm("left", {
    wrist: add(shin, [-2, 1, -9]),
    pole: [0.2, -1, -0.6],
    fingers: [0.5, 0.5, 0.7],
    palm: [-0.7, 0, 0.7],
    curl: 0.45,
  });
  s.person(who, { shift: { "forearm-right": 8, "hand-right": 10 } });
  s.arrow([
    [6, 73, 9],
    [-14, 75, 9],
    [-34, 68, 9],
  ]);
  return { s, who };
}

/** Somebody on hands and knees; `cat` above 0 rounds the back up and tucks the pelvis by that slope. */
function allFours(cat = 0): Person {
  return person({
    at: [-24, cat > 0 ? 53 : 52, 0],
    front: [cat, -1, 0],
    up: [1, cat, 0],
    spine:
      cat > 0
        ? { lumbar: { flex: 20 }, chest: { flex: 24 }, shoulders: { flex: 14 }, neck: { flex: 12 } }
        : { neck: { flex: -12 } },
  });
}

function onHandsAndKnees(who: Person, handX: number): void {
  for (const [side, z] of [
    ["right", 1],
    ["left", -1],
  ] as const) {
    who.leg(side, { ankle: [-64, 8, z * 9], pole: [0.6, -1, 0], toesTo: [-1, -0.36, 0], soleTo: UP });
    who.arm(side, { touch: [handX, 0, z * 17], pole: [-1, 0, z * 0.5], fingers: RIGHT, palm: DOWN });
  }
}

export const lowerBack: Poses = {
  "back-rest-position": () => {
    const s = scene({ yaw: 6, pitch: 14 });
    s.floor();
    mat(s, -88, 16);
    chair(s, [38, 0, 0], RIGHT, { back: 0, seat: 41, deep: 44 });
    const who = supine();
    who.leg("right", { ankle: [50, 48, 9], pole: [-0.5, 1, 0], toesTo: [0.3, 1, 0] });
    who.leg("left", { ankle: [50, 48, -9], pole: [-0.5, 1, 0], toesTo: [0.3, 1, 0] });
    for (const [side, z] of [
      ["right", 1],
      ["left", -1],
    ] as const) {
      who.arm(side, { touch: [-20, 21.5, z * 4], pole: [0.4, -0.4, z], fingers: [0.5, 0, -z], palm: DOWN });
    }
    s.person(who, {
      head: { eyes: "shut", mouth: "smile" },
      without: ["upper-arm-left", "sleeve-left", "forearm-left", "hand-left", "foot-left"],
    });
    mark(s, who, "lowBack", "right");
    const t = scene({ yaw: 0, pitch: 46 });
    const side = person({ at: [0, 16, 0], front: NEAR, up: LEFT });
    side.leg("right", { thigh: [0.78, -0.14, 0.62], knee: 78, pointed: 20 });
    const top = side.leg("left", { thigh: [0.78, 0.02, 0.62], knee: 78, pointed: 20 });
    pillow(t, add(top.knee, [12, -8, -10]), [24, 7, 12], undefined, t.depthOf(top.knee) - 14);
    side.arm("right", { upper: [-0.2, 0, 1], elbow: 100, towards: LEFT });
    side.arm("left", { upper: [0.5, 0, 0.9], elbow: 90, towards: LEFT });
    pillow(t, [-70, 3, 4], [16, 7, 22], undefined, -50);
    t.person(side, { head: { eyes: "shut", mouth: "smile" } });
    mark(t, side, "lowBack");
    return [
      { scene: s, frame: { x: 34, y: 30, width: 732, height: 250 } },
      { scene: t, frame: { x: 34, y: 310, width: 732, height: 260 } },
    ];
  },
  "back-single-knee": () => {
    const { s, who } = kneeHug();
    mark(s, who, "lowBack", "right", 3);
    return [{ scene: s }];
  },
  "back-single-knee-hug": () => [{ scene: kneeHug().s }],
  "back-walk": () => {
    const s = scene({ yaw: 14, pitch: 8 });
    s.floor();
    const who = upright({ at: [0, STANDING - 3, 0], lean: 2 });
    who.leg("right", { ankle: [26, 9, 8], pole: RIGHT, toesTo: [1, 0.22, 0] });
    who.leg("left", { ankle: [-28, 15, -8], pole: RIGHT, toesTo: [0.8, -0.6, 0], toes: 30 });
    who.arm("right", { upper: [-0.35, -1, 0.1], elbow: 18, towards: RIGHT });
    who.arm("left", { upper: [0.35, -1, -0.1], elbow: 24, towards: RIGHT });
    s.person(who);
    s.arrow([
      [46, 100, 0],
      [84, 100, 0],
    ]);
    return [{ scene: s }];
  },
  "back-pelvic-tilt": () => {
    const s = back();
    const who = supine();
    footFlat(who, "left");
    footFlat(who, "right");
    armsBeside(who);
    s.person(who);
    mark(s, who, "lowBack", "right", 0.3);
    s.arrow([
      [-16, 62, 0],
      [-16, 27, 0],
    ]);
    return [{ scene: s }];
  },
  "back-knee-rolls": () => {
    const s = scene({ yaw: 84, pitch: 42 });
    s.floor(400);
    mat(s, -92, 84, 90);
    const roll = 0.26;
    const who = person({
      at: [0, LYING, 0],
      front: [0, 1, roll],
      up: LEFT,
      spine: { lumbar: { turn: -roll * 28 }, chest: { turn: -roll * 28 } },
    });
    for (const [side, z] of [
      ["right", 1],
      ["left", -1],
    ] as const) {
      who.arm(side, { upper: [0.3, -0.16, z], elbow: 12, towards: RIGHT, palm: DOWN });
    }
    who.leg("left", { ankle: [46, ANKLE, -2], pole: [0, 1, 0.55], toesTo: [1, 0, 0.12] });
    who.leg("right", { ankle: [46, ANKLE, 9], pole: [0, 1, 0.7], toesTo: [1, 0, 0.2] });
    s.person(who);
    s.arrow([
      [26, 56, 8],
      [26, 54, 32],
      [26, 36, 48],
    ]);
    return [{ scene: s }];
  },
  "back-heels-sit": () => {
    const s = scene({ yaw: 10, pitch: 9 });
    s.floor();
    mat(s, -84, 84);
    const ghost = allFours();
    onHandsAndKnees(ghost, 34);
    s.ghost(ghost);
    const who = person({ at: [-52, 30, 0], front: [0.1, -1, 0], up: [1, 0.02, 0], spine: { neck: { flex: -6 } } });
    onHandsAndKnees(who, 34);
    s.person(who);
    s.arrow([
      [10, 72, 0],
      [-30, 68, 0],
    ]);
    return [{ scene: s }];
  },
  "back-cat": () => {
    const s = scene({ yaw: 10, pitch: 9 });
    s.floor();
    mat(s, -84, 70);
    const ghost = allFours();
    onHandsAndKnees(ghost, 34);
    s.ghost(ghost);
    const who = allFours(0.62);
    onHandsAndKnees(who, who.arms.right.shoulder[0] + 5);
    s.person(who);
    s.arrow([
      [-2, 76, 0],
      [-2, 100, 0],
    ]);
    return [{ scene: s }];
  },
  "period-child-pose": () => {
    const s = scene({ yaw: 10, pitch: 10 });
    s.floor();
    mat(s, -90, 80);
    const who = person({
      at: [-55, 24, 0],
      front: [0.1, -1, 0],
      up: [1, 0.1, 0],
      spine: { lumbar: { flex: 10 }, chest: { flex: 8 }, neck: { flex: -4 } },
    });
    for (const [side, z] of [
      ["right", 1],
      ["left", -1],
    ] as const) {
      who.leg(side, { ankle: [-67, 8.5, z * 9], pole: [1, -0.6, 0], toesTo: [-1, -0.3, 0], soleTo: UP });
      who.arm(side, { touch: [41, 0, z * 19], pole: [0, 0.2, z], fingers: RIGHT, palm: DOWN });
    }
    s.person(who, { head: { eyes: "shut" } });
    mark(s, who, "lowBack");
    return [{ scene: s }];
  },
};

/** The upper arm, the forearm and the hand. */
import { pieces } from "../body.ts";
import { add, scale, type Vec } from "../geometry.ts";
import { mark, markOn } from "../mark.ts";
import { forearm, palmOf } from "../muscles.ts";
import type { Panel, Window } from "../page.ts";
import type { Poses } from "../picture.ts";
import { table, wallAt } from "../props.ts";
import { type Scene, scene } from "../scene.ts";
import { ANKLE, DOWN, LEFT, NEAR, RIGHT, STANDING, UP, upright } from "../stances.ts";
import { COLOURS, PAGE } from "../style.ts";
import { LEGS } from "./neck.ts";

/** Somebody with the near arm straight ahead, whose other hand bends that wrist. */
function wristBent(palmUp: boolean): Scene {
  const s = scene({ yaw: -30, pitch: 12 });
  const who = upright({
    at: [0, STANDING, 0],
    spine: { chest: { turn: 10 }, shoulders: { turn: 8 }, neck: { flex: 8 } },
    shoulders: { left: { forward: 5 } },
  });
  const away: Vec = [0.99, -0.1, 0.1];
  const fingers: Vec = palmUp ? [-0.1, -1, 0] : [-0.18, -1, 0];
  who.arm("right", {
    upper: [1, -0.2, -0.12],
    elbow: 6,
    towards: UP,
    fingers,
    palm: palmUp ? away : scale(away, -1),
    curl: 0.04,
    spread: 2,
  });
  const { wrist } = who.arms.right;
  const grip = add(add(wrist, scale(fingers, 13.5)), scale(away, 2));
  who.arm("left", { touch: grip, pole: [0.2, -1, -0.7], fingers: [0.2, -0.05, 1], palm: scale(away, -1), curl: 0.5 });
  s.person(who, { without: LEGS });
  markOn(s, who, forearm(who, "right", UP));
  s.arrow([add(wrist, [22, -2, 0]), add(wrist, [19, -18, 0]), add(wrist, [3, -27, 0])]);
  return s;
}
const BUST = { min: [-26, 98] as const, max: [72, 176] as const };

/** A forearm on a table, palm up; the hand as told. */
function onTable(curl: number, spread: number): { s: Scene; window: Window } {
  const s = scene({ yaw: 0, pitch: 52 });
  const who = upright({ at: [0, 60, 0] });
  who.arm("right", { upper: [0, -1, 0], elbow: 90, towards: RIGHT, fingers: [1, 0.06, 0], palm: [0, 1, 0.35], curl, spread });
  const { elbow } = who.arms.right;
  const others = pieces(who).map(({ name }) => name);
  s.person(who, { without: ["head", ...others.filter((name) => name !== "forearm-right" && name !== "hand-right")] });
  markOn(s, who, palmOf(who, "right", 3, curl > 0.4 ? 7 : 14));
  const [x, y] = s.centre(elbow);
  return { s, window: { min: [x + 3, y - 8], max: [x + 52, y + 10] } };
}

/** A close-up of a hand pressed flat on a table, the fingers spread. */
function handOnTable(): Panel {
  const s = scene({ yaw: 20, pitch: 34 });
  const who = upright();
  who.arm("right", { upper: [0.4, -1, 0], elbow: 20, towards: RIGHT, fingers: RIGHT, palm: DOWN, curl: 0, spread: 12 });
  const { wrist } = who.arms.right;
  table(s, [wrist[0] + 28, 0, wrist[2]], { height: wrist[1] - 2, long: 80, wide: 90 });
  s.person(who, {
    without: [
      "head",
      ...pieces(who)
        .map(({ name }) => name)
        .filter((name) => name !== "forearm-right" && name !== "hand-right"),
    ],
  });
  markOn(s, who, palmOf(who, "right", 3, 15));
  return { scene: s, lens: { at: [646, 168], radius: 132, centre: s.centre(add(wrist, [7, 0, 0])), zoom: 8 } };
}

export const arm: Poses = {
  "wrist-flexor": () => [{ scene: wristBent(true), window: BUST }],
  "wrist-extensor": () => [{ scene: wristBent(false), window: BUST }],
  "open-close": () => {
    const fist = onTable(0.62, 1);
    const open = onTable(0, 13);
    const board = scene({ pitch: 0 });
    board.faces(
      [
        [
          [0, 0, 0],
          [PAGE.width, 0, 0],
          [PAGE.width, PAGE.height, 0],
          [0, PAGE.height, 0],
        ],
      ],
      { fill: COLOURS.wood, depth: -1 },
    );
    const arrow = scene({ pitch: 0 });
    arrow.arrow(
      [
        [0, 26, 0],
        [6, 13, 0],
        [0, 0, 0],
      ],
      { both: true },
    );
    return [
      { scene: board, frame: { x: -4, y: -4, width: PAGE.width + 8, height: PAGE.height + 8 } },
      { scene: fist.s, window: fist.window, frame: { x: -20, y: 30, width: 640, height: 250 } },
      { scene: open.s, window: open.window, frame: { x: -20, y: 320, width: 640, height: 250 } },
      { scene: arrow, frame: { x: 690, y: 190, width: 60, height: 220 } },
    ];
  },
  prayer: () => {
    const s = scene({ yaw: -16, pitch: 6 });
    const who = upright({ at: [0, STANDING, 0], front: NEAR });
    for (const [side, x] of [
      ["right", -1],
      ["left", 1],
    ] as const) {
      who.arm(side, { wrist: [x * 2.6, 122, 27], pole: [x, -0.15, 0], fingers: [0, 1, 0.08], palm: [-x, 0, 0], curl: 0 });
      s.arrow(
        [
          [x * 11, 146, 30],
          [x * 11, 130, 30],
        ],
        { weight: 0.8 },
      );
    }
    s.person(who, { without: LEGS });
    markOn(s, who, palmOf(who, "right", 0, 14));
    markOn(s, who, palmOf(who, "left", 0, 14));
    return [{ scene: s, window: { min: [-46, 100], max: [46, 178] } }];
  },
  "hand-flat": () => {
    const s = scene({ yaw: 24, pitch: 18 });
    s.floor();
    table(s, [66, 0, 0], { long: 66, wide: 64 });
    const who = upright({ at: [0, STANDING - 2, 0], lean: 38, spine: { neck: { flex: 2 } } });
    who.leg("left", { ankle: [2, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.leg("right", { ankle: [-16, ANKLE, 9], pole: RIGHT, toesTo: RIGHT });
    who.arm("right", { touch: [50, 74, 17], pole: [-0.6, 0, 0.6], fingers: RIGHT, palm: DOWN, curl: 0, spread: 11 });
    who.arm("left", { upper: [-0.5, -1, -0.15], elbow: 6, towards: RIGHT });
    s.person(who);
    markOn(s, who, palmOf(who, "right", 3, 15));
    s.arrow([
      [58, 152, 0],
      [70, 140, 0],
      [75, 122, 0],
    ]);
    return [{ scene: s, frame: { x: 20, y: 30, width: 560, height: 546 } }, handOnTable()];
  },
  "biceps-wall": () => {
    const s = scene({ yaw: 16, pitch: 7 });
    s.floor();
    const front: Vec = [0.62, 0, 0.78];
    const who = upright({ at: [0, STANDING - 1, 0], front });
    who.leg("left", { ankle: [10, ANKLE, -2], pole: front, toesTo: front });
    who.leg("right", { ankle: [-8, ANKLE, 6], pole: front, toesTo: front });
    who.arm("right", { upper: [-0.9, 0.02, -0.42], elbow: 0, towards: UP, fingers: [0, 0.12, -1], palm: LEFT, curl: 0 });
    who.arm("left", { upper: [0.15, -1, -0.1], elbow: 12, towards: front });
    wallAt(s, who.arms.right.wrist[0] - 10.4, { height: 174, wide: 100 });
    s.person(who);
    mark(s, who, "biceps", "right");
    s.arrow([
      [0, 120, 34],
      [22, 120, 28],
      [38, 121, 6],
    ]);
    return [{ scene: s, window: { min: [-76, 68], max: [46, 178] } }];
  },
  "triceps-overhead": () => {
    const s = scene({ yaw: -42, pitch: 4 });
    const who = upright({ at: [0, STANDING, 0], front: NEAR, spine: { neck: { flex: 4 } } });
    who.arm("right", {
      upper: [-0.1, 1, 0.2],
      elbow: 136,
      towards: [0.3, 0, -1],
      fingers: [0.4, -1, 0.1],
      palm: [0, 0, 1],
      curl: 0.1,
    });
    const { elbow } = who.arms.right;
    who.arm("left", {
      touch: add(elbow, [1, 4, 3]),
      pole: [1, 0.5, 0.1],
      fingers: [-0.9, 0.1, -0.35],
      palm: [-0.2, -1, -0.3],
      curl: 0.3,
    });
    s.person(who, { without: LEGS, shift: { "forearm-left": -14, "hand-left": 20 } });
    mark(s, who, "triceps", "right");
    s.arrow([add(elbow, [4, 12, 34]), add(elbow, [4, 17, 14]), add(elbow, [4, 15, -12])]);
    return [{ scene: s, window: { min: [-46, 102], max: [48, 200] } }];
  },
};

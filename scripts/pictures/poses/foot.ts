/** The foot and the shin. */
import { onSole, type PieceName, pieces } from "../body.ts";
import type { Person } from "../figure.ts";
import { add, scale, sub, turned, type Vec } from "../geometry.ts";
import { mark } from "../mark.ts";
import type { Panel } from "../page.ts";
import type { Poses } from "../picture.ts";
import { chair, wallAt } from "../props.ts";
import { scene } from "../scene.ts";
import { ANKLE, DOWN, footDown, LEFT, RIGHT, STANDING, seated, UP, upright } from "../stances.ts";

/** What to leave out of a person of whom only some pieces are shown, for a close-up. */
const onlyPieces = (who: Person, shown: readonly PieceName[]): readonly (PieceName | "head")[] => [
  "head",
  ...pieces(who)
    .map(({ name }) => name)
    .filter((name) => !shown.includes(name)),
];

/** A close-up of a foot from the side, the toes bent up by a hand that comes from the right. */
function toesByHand(): Panel {
  const s = scene({ yaw: -6, pitch: 8 });
  const who = upright();
  const leg = who.leg("right", { thigh: DOWN, toesTo: [1, 0.06, 0], toes: 60 });
  const toes = add(leg.ankle, turned(leg.foot, [14, -2.6, 0]));
  const hand = (at: Vec): Person => {
    const other = upright({ at });
    other.arm("right", {
      upper: [-0.6, -0.8, 0],
      elbow: 30,
      towards: LEFT,
      fingers: [-0.7, 0.7, 0.1],
      palm: [-0.7, -0.7, 0],
      curl: 0.16,
    });
    return other;
  };
  const { wrist, fingers } = hand([0, 0, 0]).arms.right;
  const other = hand(sub(sub(add(toes, [3.4, 0.6, 1]), scale(fingers, 11)), wrist));
  s.person(other, { without: onlyPieces(other, ["hand-right", "forearm-right"]) });
  s.person(who, { without: onlyPieces(who, ["shank-right", "foot-right"]) });
  mark(s, who, "sole", "right");
  s.arrow([add(toes, [15, 2, 4]), add(toes, [11, 14, 4]), add(toes, [-2, 17, 4])], { weight: 0.7 });
  return { scene: s, lens: { at: [640, 430], radius: 140, centre: s.centre(add(leg.ankle, [9, 1, 0])), zoom: 5.8 } };
}

/** A close-up of a spread forefoot that is pressed down. */
function toesSpread(): Panel {
  const s = scene({ yaw: 40, pitch: 26 });
  s.floor(400);
  const who = upright();
  const leg = who.leg("right", { ankle: [0, ANKLE, 9], pole: RIGHT, toesTo: RIGHT, splay: 11 });
  s.person(who, { without: onlyPieces(who, ["shank-right", "foot-right"]) });
  mark(s, who, "sole", "right");
  return { scene: s, lens: { at: [158, 430], radius: 134, centre: s.centre(add(leg.ankle, [6, -1, 0])), zoom: 7 } };
}

/** A close-up of toes bent up against a wall. */
function toesOnWall(): Panel {
  const s = scene({ yaw: -14, pitch: 7 });
  s.floor(400);
  const who = upright({ at: [10, STANDING - 3, 0] });
  const leg = footAtWall(who);
  wallAt(s, 46, { height: 60 });
  s.person(who, { without: onlyPieces(who, ["shank-right", "foot-right"]) });
  mark(s, who, "sole", "right");
  return { scene: s, lens: { at: [170, 420], radius: 140, centre: s.centre(add(leg.ankle, [7, 1, 0])), zoom: 6 } };
}

const footAtWall = (who: Person) => who.leg("right", { ankle: [30, ANKLE, 9], pole: RIGHT, toesTo: [1, 0.04, 0], toes: 66 });

export const foot: Poses = {
  "toes-back": () => {
    const s = scene({ yaw: 12, pitch: 12 });
    s.floor();
    chair(s, [0, 0, 0]);
    const who = seated({ lean: 10, spine: { lumbar: { flex: 10 }, chest: { flex: 8 }, neck: { flex: 16 } } });
    const leg = who.leg("left", { ankle: [31, 67, 13], pole: [0.5, 0.2, -0.86], toesTo: [1, 0.05, 0.1], toes: 30 });
    const tips = onSole(leg, 0.9);
    who.arm("right", { wrist: add(tips, [-4, 8, 2]), pole: [-0.4, -0.5, 1], palm: [-0.2, -0.8, -0.6], curl: 0.5 });
    s.person(who, {
      without: ["upper-arm-left", "sleeve-left", "forearm-left", "hand-left"],
      shift: { "shank-left": 30, "foot-left": 16, "hand-right": 10, "forearm-right": 6 },
    });
    mark(s, who, "sole", "left", 0.2);
    return [{ scene: s, frame: { x: 20, y: 24, width: 520, height: 552 } }, toesByHand()];
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
    s.arrow([
      [18, 54, 22],
      [18, 14, 22],
    ]);
    return [{ scene: s, frame: { x: 270, y: 24, width: 500, height: 552 } }, toesSpread()];
  },
  "toe-wall": () => {
    const s = scene({ yaw: -14, pitch: 7 });
    s.floor();
    wallAt(s, 46, { height: 176 });
    const who = upright({ at: [10, STANDING - 3, 0], lean: 6, spine: { neck: { flex: -4 } } });
    footAtWall(who);
    who.leg("left", { ankle: [-12, ANKLE, -9], pole: RIGHT, toesTo: RIGHT });
    who.arm("right", { touch: [46, 126, 17], pole: [0, -1, 0.4], fingers: UP, palm: RIGHT });
    who.arm("left", { touch: [46, 126, -17], pole: [0, -1, -0.4], fingers: UP, palm: RIGHT });
    s.person(who);
    mark(s, who, "sole", "right");
    s.arrow([
      [-34, 112, 9],
      [-12, 110, 9],
    ]);
    return [{ scene: s, frame: { x: 300, y: 24, width: 470, height: 552 } }, toesOnWall()];
  },
  "shin-toes-away": () => {
    const s = scene({ yaw: 12, pitch: 8 });
    s.floor();
    chair(s, [0, 0, 0]);
    const who = seated({ lean: -2 });
    footDown(who, "left", RIGHT, 38);
    who.leg("right", { thigh: [1, -0.05, 0.05], knee: 32, pointed: 42, toes: -15 });
    who.arm("right", { touch: [26, 60.5, 10], pole: [-1, 0, 0.5], fingers: [1, -0.1, 0], palm: DOWN });
    who.arm("left", { touch: [26, 60.5, -10], pole: [-1, 0, -0.5], fingers: [1, -0.1, 0], palm: DOWN });
    s.person(who);
    mark(s, who, "shin", "right");
    s.arrow([
      [92, 50, 10],
      [104, 40, 10],
      [108, 24, 10],
    ]);
    return [{ scene: s }];
  },
};

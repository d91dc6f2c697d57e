import type { Area, Side } from "../src/care/labels.ts";

/** A place of the body that can be tapped. */
export interface Place {
  /** Unique on its figure. */
  readonly id: string;
  readonly area: Area;
  readonly side: Side | null;
  /** In the words that are sent. */
  readonly name: string;
  /** SVG path in the figure's own units, 120 wide and 284 high. */
  readonly path: string;
  /** Drawn from its left half by mirroring. */
  readonly mirrored: boolean;
}

export const FIGURE = { width: 120, height: 284 };

/** How each area is named to a person; the bot reads these words. */
const AREA_NAMES: Readonly<Record<Area, string>> = {
  calf: "calf",
  shin: "shin",
  foot: "foot",
  thigh: "thigh",
  "thigh-front": "front of thigh",
  "thigh-back": "back of thigh",
  hip: "hip or buttock",
  groin: "groin",
  back: "back",
  "lower-back": "lower back",
  "upper-back": "upper back",
  neck: "neck",
  shoulder: "shoulder",
  "upper-arm": "upper arm",
  forearm: "forearm",
  hand: "hand",
  abdomen: "belly",
  ribs: "ribs",
  jaw: "jaw",
  eyelid: "eyelid",
  pelvis: "pelvis",
};

/** "back of left thigh", since "right back of" is heard as "exactly at the back of". */
export function nameOf(area: Area, side: Side | null): string {
  const name = AREA_NAMES[area];
  if (side === null) return name;
  return name.includes(" of ") ? name.replace(" of ", ` of ${side} `) : `${side} ${name}`;
}

type Shape = readonly [area: Area, path: string];

const UPPER_ARM = "M28 80 Q34 77 40 80 L37 108 Q31 111 26 108 Z";
const FOREARM = "M26 113 Q31 115 37 113 L33 144 Q28 146 24 144 Z";
const HAND = "M23 149 Q28 151 33 149 Q36 160 33 169 Q28 174 24 169 Q20 160 23 149 Z";
const FOOT_FRONT = "M46 257 Q50 258 54 257 L57 270 Q50 277 42 271 Z";

/** The half on the viewer's left; what lies in the middle is whole. */
const FRONT: { readonly middle: readonly Shape[]; readonly half: readonly Shape[] } = {
  middle: [
    ["eyelid", "M45 24 Q45 6 60 6 Q75 6 75 24 L75 27 Q60 30 45 27 Z"],
    ["jaw", "M46 31 Q60 34 74 31 Q73 44 60 49 Q47 44 46 31 Z"],
    ["neck", "M53 50 Q60 53 67 50 L69 59 Q60 62 51 59 Z"],
    ["ribs", "M47 64 Q60 67 73 64 L77 80 Q77 92 75 101 Q60 105 45 101 Q43 92 43 80 Z"],
    ["abdomen", "M45 106 Q60 110 75 106 L76 128 Q60 132 44 128 Z"],
    ["pelvis", "M52 134 Q60 136 68 134 L66 148 Q60 153 54 148 Z"],
  ],
  half: [
    ["shoulder", "M47 60 L42 75 Q35 73 28 76 Q29 63 42 60 Q45 59 47 60 Z"],
    ["upper-arm", UPPER_ARM],
    ["forearm", FOREARM],
    ["hand", HAND],
    ["groin", "M43 133 L48 133 L50 149 L58 156 L57 160 Q46 157 40 148 Z"],
    ["thigh-front", "M40 154 Q48 162 58 164 L56 204 Q50 207 44 204 Z"],
    ["shin", "M44 210 Q50 213 56 210 L54 251 Q50 253 46 251 Z"],
    ["foot", FOOT_FRONT],
  ],
};

const BACK: typeof FRONT = {
  middle: [
    ["neck", "M53 44 Q60 47 67 44 L69 59 Q60 62 51 59 Z"],
    ["upper-back", "M47 64 Q60 67 73 64 L77 80 Q77 90 75 97 Q60 101 45 97 Q43 90 43 80 Z"],
    ["lower-back", "M45 102 Q60 106 75 102 L77 128 Q60 132 43 128 Z"],
  ],
  half: [
    ["shoulder", "M47 60 L42 75 Q35 73 28 76 Q29 63 42 60 Q45 59 47 60 Z"],
    ["upper-arm", UPPER_ARM],
    ["forearm", FOREARM],
    ["hand", HAND],
    ["hip", "M43 133 Q51 136 58 135 L58 158 Q49 163 40 156 Z"],
    ["thigh-back", "M40 162 Q49 168 58 164 L56 204 Q50 207 44 204 Z"],
    ["calf", "M43 210 Q50 213 57 210 Q58 230 54 251 Q50 253 46 251 Q41 230 43 210 Z"],
    ["foot", "M46 257 Q50 258 54 257 L55 273 Q50 277 45 273 Z"],
  ],
};

/** The back of the head: nothing that cramps, but a figure without it is none. */
export const BACK_HEAD = "M45 24 Q45 6 60 6 Q75 6 75 24 Q74 36 67 40 Q60 43 53 40 Q46 36 45 24 Z";

/** Seen from the front a person's right is on the viewer's left; seen from behind it is their left. */
function placesOf({ middle, half }: typeof FRONT, viewersLeft: Side, viewersRight: Side): readonly Place[] {
  const sided = (shapes: readonly Shape[], side: Side, mirrored: boolean) =>
    shapes.map(([area, path]) => ({ id: `${side}-${area}`, area, side, name: nameOf(area, side), path, mirrored }));
  return [
    ...middle.map(([area, path]) => ({ id: area, area, side: null, name: nameOf(area, null), path, mirrored: false })),
    ...sided(half, viewersLeft, false),
    ...sided(half, viewersRight, true),
  ];
}

export const FRONT_PLACES = placesOf(FRONT, "right", "left");
export const BACK_PLACES = placesOf(BACK, "left", "right");

/** Every name that can be chosen without the picture. */
export const PLACE_NAMES: readonly string[] = [
  ...new Set([
    ...[...FRONT_PLACES, ...BACK_PLACES].map(({ name }) => name),
    ...(["thigh", "back"] as const).map((area) => nameOf(area, null)),
  ]),
].sort((a, b) => bare(a).localeCompare(bare(b)) || a.localeCompare(b));

function bare(name: string): string {
  return name.replace(/\b(left|right) /, "");
}

import type { Content } from "../../src/care/content.ts";
import type { Disposition } from "../../src/care/labels.ts";
import type { Random } from "../random.ts";

/** How the cramp goes once something is done for it. */
export type Course = "lets-go" | "eases" | "stubborn" | "worsens" | "severe-eases" | "severe-stays";

/** A sign of danger that this person has, and when it comes out. */
export interface Sign {
  /** In their own words, or by ticking the list. */
  readonly told: "first" | "card" | "middle";
  /** Words that name it; empty for a tick. */
  readonly words: string;
  readonly level: Disposition;
}

/** Somebody with a cramp: what is true of them, and how they write. */
export interface Person {
  readonly area: string;
  readonly limb: boolean;
  /** First words. */
  readonly opening: string;
  readonly course: Course;
  /** 0 to 10 at the start. */
  readonly pain: number;
  /** Seconds since it began when they write; told only when `tellsTime`. */
  readonly begun: number;
  readonly tellsTime: boolean;
  /** Belongs to a group for whom a level goes up by one. */
  readonly risk: boolean;
  readonly sign: Sign | null;
  readonly answers: "buttons" | "labels" | "words";
  /** Share of messages with a slip of the finger. */
  readonly typos: number;
  /** Share of questions that are met with something else first. */
  readonly interrupts: number;
  /** Share of questions that get an answer to another question. */
  readonly strays: number;
  readonly waits: "waits" | "early" | "forgets";
}

/** Areas as content ids, the commoner ones more often, with words that people use. */
const PLACES: readonly (readonly [string, number, readonly string[]])[] = [
  ["calf", 8, ["calf", "left calf", "right calf"]],
  ["foot", 4, ["foot", "toes", "left foot"]],
  ["thigh-back", 3, ["hamstring", "left hamstring"]],
  ["thigh-front", 2, ["quad", "front of my thigh"]],
  ["hand", 2, ["hand", "right hand"]],
  ["forearm", 1, ["forearm"]],
  ["shoulder", 1, ["shoulder"]],
  ["lower-back", 3, ["lower back"]],
  ["neck", 1, ["neck"]],
  ["upper-back", 1, ["upper back"]],
  ["groin", 1, ["groin"]],
];
const NOT_LIMBS = new Set(["lower-back", "neck", "upper-back", "groin"]);
const OPENINGS = [
  "my {place} is cramping",
  "{place} cramp",
  "{place} is in spasm",
  "ow, cramp in my {place}",
  "got a cramp in the {place}",
];
const THEIRS = [
  "my husband has a cramp in his {place}",
  "my wife has a cramp in her {place}",
  "my friend has a cramp in his {place}",
];
const RISKS = ["I am 81.", "30 weeks pregnant here.", "I take warfarin."];
const COURSES: readonly (readonly [Course, number])[] = [
  ["lets-go", 4],
  ["eases", 5],
  ["stubborn", 2],
  ["worsens", 1],
  ["severe-eases", 2],
  ["severe-stays", 1],
];

/** Somebody who is the same for the same numbers. */
export function createPerson(random: Random, content: Content): Person {
  const [area, , names] = weighted(random, PLACES);
  const course = weighted(random, COURSES)[0];
  const severe = course.startsWith("severe");
  const pain = severe ? 7 + random.below(3) : 2 + random.below(5);
  const begun = 30 + random.below(180);
  const tellsTime = random.chance(0.35);
  const risk = random.chance(0.12);
  const other = !risk && random.chance(0.15);
  const sign = random.chance(0.3) ? createSign(random, content) : null;
  const place = random.pick(names);
  const words = random.pick(other ? THEIRS : OPENINGS).replace("{place}", other ? place.replace("my ", "") : place);
  const opening = [
    risk ? random.pick(RISKS) : "",
    words,
    random.chance(0.3) ? `, about a ${pain} out of 10` : "",
    tellsTime ? `, started ${Math.max(1, Math.round(begun / 60))} minutes ago` : "",
    sign?.told === "first" ? `. ${sign.words}` : "",
  ].join(" ");
  return {
    area,
    limb: !NOT_LIMBS.has(area),
    opening: opening.trim().replaceAll(" ,", ",").replaceAll(" .", "."),
    course,
    pain,
    begun: tellsTime ? Math.max(60, Math.round(begun / 60) * 60) : begun,
    tellsTime,
    risk,
    sign,
    answers: random.pick(["buttons", "labels", "words"]),
    typos: random.pick([0, 0, 0.15]),
    interrupts: random.pick([0, 0, 0.15, 0.35]),
    strays: random.pick([0, 0, 0.1]),
    waits: random.pick(["waits", "waits", "waits", "early", "forgets"]),
  };
}

/** A wording that the content itself names as a sign, so that whoever reads it rightly must send for help; or a tick. */
function createSign(random: Random, content: Content): Sign {
  const told = random.pick(["first", "card", "middle"] as const);
  if (told === "card") return { told, words: "", level: "urgent-same-day" };
  const flags = content.flags.filter(
    ({ id, disposition, phrases, levels }) =>
      (disposition === "emergency-now" || disposition === "urgent-same-day") &&
      phrases.length > 0 &&
      levels.length === 0 &&
      id !== "unsafe-setting" &&
      !id.startsWith("cramp-over") &&
      !id.startsWith("severe-pain"),
  );
  const flag = random.pick(flags);
  return { told, words: random.pick(flag.phrases), level: flag.disposition };
}

function weighted<T extends readonly [unknown, number, ...unknown[]]>(random: Random, from: readonly T[]): T {
  let at = random.below(from.reduce((sum, [, weight]) => sum + weight, 0));
  for (const one of from) {
    at -= one[1];
    if (at < 0) return one;
  }
  return from[0] as T;
}

/** The text with one pair of letters swapped in a longer word. */
export function mistype(random: Random, text: string): string {
  const words = text.split(" ");
  const long = words.flatMap((word, at) => (/^[a-z]{5,}$/i.test(word) ? [at] : []));
  if (long.length === 0) return text;
  const at = random.pick(long);
  const word = words[at] as string;
  const cut = 1 + random.below(word.length - 2);
  words[at] = word.slice(0, cut) + word[cut + 1] + word[cut] + word.slice(cut + 2);
  return words.join(" ");
}

import type { Content } from "../src/care/content.ts";
import type { Area } from "../src/care/labels.ts";
import type { Understanding } from "../src/understanding/understanding.ts";

/**
 * The content area for a label of the understanding. "abdomen" is one label and two areas: the muscle and the gut. With
 * no word for either it is the gut, which is never stretched, until the person says.
 */
export function areaOf(label: Area, understanding: Understanding): string {
  if (label !== "abdomen") return label;
  return understanding.findings.get("cramp-abs") === "present" ? "abdomen-wall" : "abdomen-gut";
}

/** "Which part?" after "leg" or "arm": the likeliest parts. */
export const PARTS: Readonly<Record<"leg" | "arm", readonly string[]>> = {
  leg: ["calf", "thigh-front", "thigh-back", "foot", "shin", "hip"],
  arm: ["upper-arm", "forearm", "hand", "shoulder"],
};

/** Areas offered when nothing is known, the commonest first. */
export const COMMON_AREAS = ["calf", "foot", "thigh", "lower-back", "neck", "shoulder", "hand", "abdomen-gut", "hip"] as const;

/** The name of an area as a button or in a sentence: "calf". */
export function areaName(content: Content, area: string): string {
  return content.areas[area]?.name ?? area;
}

/** A wider word and a part of it are one complaint: "thigh" and then "front". */
export function isPartOf(part: string, whole: string): boolean {
  return (
    (whole === "thigh" && part.startsWith("thigh-")) || (whole === "back" && part.endsWith("-back") && part !== "thigh-back")
  );
}

/** The message names another place than the complaint is about: how that one goes is no word about this one. */
export function tellsOtherPlace(
  { understanding }: { readonly understanding: Understanding },
  { area }: { area: string | null },
): boolean {
  if (understanding.area === null || area === null) return false;
  const told = areaOf(understanding.area, understanding);
  return told !== area && !isPartOf(told, area) && !isPartOf(area, told);
}

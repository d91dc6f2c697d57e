import { beforeAll, describe, expect, it } from "vitest";
import { AREAS, type Area } from "../../src/care/labels.ts";
import type { Knowledge } from "../../src/understanding/knowledge.ts";
import { BACK_PLACES, FRONT_PLACES, nameOf, PLACE_NAMES } from "../../web/body-shapes.ts";
import { knowledge } from "../support/knowledge.ts";

let known: Knowledge;

beforeAll(() => {
  known = knowledge();
});

const places = [...FRONT_PLACES, ...BACK_PLACES];

describe("the body map", () => {
  it("offers every area by name, and every one that has a place on a body to tap", () => {
    const named = (area: Area) => [nameOf(area, null), nameOf(area, "left")].some((name) => PLACE_NAMES.includes(name));
    expect(AREAS.filter((area) => !named(area))).toEqual([]);
    const drawn = new Set(places.map(({ area }) => area));
    expect(AREAS.filter((area) => !drawn.has(area))).toEqual(["thigh", "back"]);
  });

  it("draws each place once on each figure", () => {
    for (const figure of [FRONT_PLACES, BACK_PLACES]) expect(new Set(figure.map(({ id }) => id)).size).toBe(figure.length);
  });

  it("puts a person's right on the viewer's left in front, and on the viewer's right behind", () => {
    expect(FRONT_PLACES.find(({ name }) => name === "right hand")?.mirrored).toBe(false);
    expect(BACK_PLACES.find(({ name }) => name === "right hand")?.mirrored).toBe(true);
  });

  it("sends words that the bot understands as that area and side", () => {
    const wrong = places
      .map(({ name, area, side }) => {
        const { area: heard, side: heardSide } = known.understand(name, { severity: false, onset: false, country: false });
        return { name, area, side, heard: heard?.replace(/-(wall|gut)$/, ""), heardSide };
      })
      .filter(({ area, side, heard, heardSide }) => heard !== area || (heardSide ?? null) !== side);
    expect(wrong).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { BONES, type Person } from "../../scripts/pictures/figure.ts";
import { size, sub } from "../../scripts/pictures/geometry.ts";
import { jointAngles } from "../../scripts/pictures/joints.ts";
import { PICTURES } from "../../scripts/pictures/pictures.ts";
import { DOWN, LEFT, RIGHT, upright } from "../../scripts/pictures/stances.ts";

const ROUNDING = 0.5;

const peopleOf = (id: string): Person[] => PICTURES[id]?.().flatMap(({ scene }) => [...scene.people.keys()]) ?? [];
const degreesOf = (who: Person, joint: string): number =>
  jointAngles(who).find((one) => one.joint === joint)?.degrees ?? Number.NaN;
const strains = (who: Person): string[] =>
  jointAngles(who)
    .filter(({ degrees, least, most }) => !(degrees >= least - ROUNDING && degrees <= most + ROUNDING))
    .map(({ joint, degrees, least, most }) => `${joint} ${Math.round(degrees)}, not ${least} to ${most}`);

describe("joint angles", () => {
  it("are all near nought in somebody who stands", () => {
    const who = upright();
    who.arm("right", { upper: DOWN });
    who.arm("left", { upper: DOWN });
    for (const { joint, degrees } of jointAngles(who)) expect(Math.abs(degrees), joint).toBeLessThan(1);
  });

  it("count bending the right way as positive", () => {
    const who = upright();
    who.leg("right", { thigh: RIGHT, knee: 90, pointed: 30 });
    expect(degreesOf(who, "right hip flexion")).toBeCloseTo(90);
    expect(degreesOf(who, "right knee")).toBeCloseTo(90);
    expect(degreesOf(who, "right ankle")).toBeCloseTo(-30);
    expect(strains(who)).toEqual([]);
  });

  it("find a knee that bends forwards, a hip that goes too far back and a foot the wrong way round", () => {
    const forwards = upright();
    forwards.leg("right", { thigh: DOWN, knee: 60, towards: RIGHT });
    expect(strains(forwards).join()).toContain("right hip rotation");
    const back = upright();
    back.leg("left", { thigh: LEFT });
    expect(strains(back).join()).toContain("left hip flexion");
    const turned = upright();
    turned.leg("left", { thigh: DOWN, toesTo: DOWN, soleTo: RIGHT });
    expect(strains(turned).join()).toContain("left ankle");
  });
});

describe.each(Object.keys(PICTURES))("%s", (id) => {
  it("bends no joint further than a person's goes", () => {
    const people = peopleOf(id);
    expect(people.length).toBeGreaterThan(0);
    expect(people.flatMap(strains)).toEqual([]);
  });

  it("keeps every bone as long as it is", () => {
    for (const { arms, legs } of peopleOf(id)) {
      for (const side of ["left", "right"] as const) {
        expect(size(sub(arms[side].elbow, arms[side].shoulder))).toBeCloseTo(BONES.upperArm, 1);
        expect(size(sub(arms[side].wrist, arms[side].elbow))).toBeCloseTo(BONES.forearm, 1);
        expect(size(sub(legs[side].knee, legs[side].hip))).toBeCloseTo(BONES.thigh, 1);
        expect(size(sub(legs[side].ankle, legs[side].knee))).toBeCloseTo(BONES.shank, 1);
      }
    }
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { type Marks, marksOf } from "../../scripts/simulate/marks.ts";
import { playPerson, type Talk } from "../../scripts/simulate/play.ts";
import { knowledge } from "../support/knowledge.ts";

/** So many take some seconds; `npm run simulate` plays more. */
const PEOPLE = 150;
const FIRST_SEED = 1;
/** Of all people; most of these are first sentences that the understanding takes for more than they are. */
const FALSELY = 0.03;

const known = knowledge();
const talks: Talk[] = [];
let marks: Marks;

beforeAll(async () => {
  for (let at = 0; at < PEOPLE; at++) talks.push(await playPerson(known, FIRST_SEED + at));
  marks = marksOf(talks);
}, 120_000);

describe(`${PEOPLE} simulated people`, () => {
  test("whoever has a cramp in a limb gets help in the first reply", () => {
    expect(marks.turnsToRelief).toBe(1);
  });

  test("an ordinary limb costs two questions as usual, four at most", () => {
    expect(marks.questionsMedian).toBeLessThanOrEqual(2);
    expect(marks.questionsMost).toBeLessThanOrEqual(4);
  });

  test("no sign and no severe pain that was told is missed in that turn", () => {
    expect(marks.missed).toEqual([]);
  });

  test("few are sent for more help than they need", () => {
    expect(marks.falsely.length / PEOPLE, marks.falsely.join("\n")).toBeLessThanOrEqual(FALSELY);
  });

  test("nothing that was answered is asked again", () => {
    expect(marks.repeated).toEqual([]);
  });

  test("every talk comes to an end, and none goes in circles", () => {
    expect(marks.deadEnds).toEqual([]);
    expect(marks.loops).toEqual([]);
    expect(marks.turnsMedian).toBeLessThanOrEqual(10);
  });

  test("no message is too long while a muscle grips, and none has a hole", () => {
    expect(marks.tooLong).toEqual([]);
    expect(marks.failures).toEqual([]);
  });

  test("the same seed plays the same talk", async () => {
    const again = await playPerson(known, FIRST_SEED + 7);
    expect(again.lines).toEqual(talks[7]?.lines);
  });

  test("they are of many kinds", () => {
    const kinds = (of: (talk: Talk) => unknown) => new Set(talks.map(of)).size;
    expect(kinds(({ person }) => person.area)).toBeGreaterThan(8);
    expect(kinds(({ person }) => person.course)).toBe(6);
    expect(kinds(({ person }) => `${person.sign?.told} ${person.answers} ${person.waits}`)).toBeGreaterThan(25);
  });
});

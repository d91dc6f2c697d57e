import { describe, expect, test } from "vitest";
import { compileContent, readContentFiles } from "../../src/care/load-content.ts";
import { NO_PAIN_TOLD, readPain } from "../../src/understanding/pain.ts";
import { readAge, readPatient, readTemperature, readWeeksPregnant } from "../../src/understanding/person.ts";
import { compileLexicon, createReader } from "../../src/understanding/reader.ts";
import { CONTENT_FOLDER } from "../support/knowledge.ts";

const content = await compileContent(readContentFiles(CONTENT_FOLDER));
const reader = createReader(content, compileLexicon(content));
const relatives = new Set(content.lexicon.groups["relative"] ?? []);
const tokens = (message: string) => reader.read(message, null).tokens;

describe("the patient", () => {
  test.each([
    ["my calf has cramped", "self", null],
    ["my son's calf has cramped", "other", "son"],
    ["he can't put weight on it", "other", null],
    ["my wife says it is nothing, my calf just cramped", "self", "wife"],
    ["carried my toddler and my arm cramps", "self", null],
  ] as const)("of «%s» is %s", (message, who, relation) => {
    const patient = readPatient(tokens(message), relatives);
    expect(patient.who).toBe(who);
    if (who === "other") expect(patient.relation).toBe(relation);
  });
});

describe("age", () => {
  test.each([
    ["I'm 61", 61],
    ["my dad, 66, has a cramp", 66],
    ["she is 4 years old", 4],
    ["my baby is 12 weeks old", null],
    ["aged 70", 70],
    ["3 sets of 10", null],
  ] as const)("of «%s» is %s", (message, age) => {
    expect(readAge(tokens(message))).toBe(age);
  });
});

describe("weeks of pregnancy", () => {
  test.each([
    ["36+4 and my belly tightens every five minutes", true, 36],
    ["26+0, twins, cramps", false, 26],
    ["midwife said 31+2", false, 31],
    ["28 weeks and cramping", true, 28],
    ["30 weeks pregnant", false, 30],
    ["seven months pregnant", false, 30],
    ["my baby is 12 weeks old", false, null],
    ["did 36+4 reps", false, null],
    ["cramps 2-3 a night", false, null],
    ["8 weeks ago my calf cramped", true, null],
  ] as const)("of «%s» (pregnant: %s) are %s", (message, pregnant, weeks) => {
    expect(readWeeksPregnant(tokens(message), pregnant)).toBe(weeks);
  });
});

describe("body temperature", () => {
  test.each([
    ["rectal 40.6 C", 40.6],
    ["his temp is 39", 39],
    ["fever of 104", 40],
    ["38.5° and shivering", 38.5],
    ["My bath is set at 104 degrees", null],
    ["it was 40 degrees outside", null],
    ["Day 6. Temp 40.1, pulse 134", 40.1],
    ["walked 38 km", null],
    ["I am 38 weeks", null],
  ] as const)("of «%s» is %s", (message, degrees) => {
    const read = readTemperature(tokens(message));
    if (degrees === null) expect(read).toBeNull();
    else expect(read).toBeCloseTo(degrees, 1);
  });
});

describe("a mark that is no pain", () => {
  const pain = (message: string) => {
    const reading = reader.read(message, null);
    return readPain(reading.tokens, reading.painWords, reading.cues, false);
  };

  test.each([
    "10 out of 10 for effort",
    "9/10 on that medal design",
    "he got 9 out of 10 in his spelling test",
    "coach gave my floor routine 9 out of 10",
    "rate my fit 1 to 10",
    "flat 10 of 10",
    "done 8 out of 10 of the videos",
  ])("«%s» tells no pain", (message) => {
    expect(pain(message).value ?? null).toBe(NO_PAIN_TOLD.value);
  });

  test.each([
    ["calf is 8/10", 8],
    ["the pain is 9 out of 10", 9],
    ["3 sets of 10, pain like 2", 2],
    ["8 out of 10 and I cannot walk", 8],
    ["cramp after the match, 7/10 pain", 7],
  ] as const)("«%s» is %s", (message, value) => {
    expect(pain(message).value).toBe(value);
  });
});

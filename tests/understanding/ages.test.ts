import { expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

test.each([
  ["my son is 9 and has a calf cramp", 9],
  ["she is 9, foot cramp", 9],
  ["my daughter is 7 and her calf has cramped", 7],
  ["he's 10 and his toes are curled up", 10],
])("%s: years, no pain", (text, years) => {
  const { pain, facts, redFlags } = understand(text);
  expect(pain.value).toBeNull();
  expect(facts.age).toBe(years);
  expect(redFlags.map(({ id }) => id)).not.toContain("severe-pain-unrelieved");
});

test.each([
  ["she says it's a 7", 7],
  ["my son's pain is 9", 9],
  ["calf 8/10 and he is 12", 8],
  ["his cramp is an 8 out of 10", 8],
])("%s: pain, no years", (text, score) => {
  expect(understand(text).pain.value).toBe(score);
});

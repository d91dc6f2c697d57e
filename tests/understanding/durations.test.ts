import { expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

test.each([
  ["how long do I leave the ice on, like twenty minutes?", null],
  ["we play four hours at a time", null],
  ["30 seconds held, no change", null],
  ["calf has been locked for twenty minutes", 20],
  ["it started two hours ago", 120],
])("«%s»: %s minutes", (text, minutes) => {
  expect(understand(text).duration?.minutes ?? null).toBe(minutes);
});

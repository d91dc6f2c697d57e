import { describe, expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();
const score = (text: string) => understand(text).pain.value;

describe("a mark for the pain", () => {
  test.each([
    ["solid 7", 7],
    ["easy 8, arm won't straighten", 8],
    ["call it a 4", 4],
    ["3 tops", 3],
    ["put me down for a six", 6],
    ["somewhere between 5 and 6", 6],
    ["was an 8 now 3", 3],
    ["it went from a 4 to an 8, what now", 8],
    ["2 earlier, 6 now", 6],
    ["scratch that, it's 5", 5],
    ["4 not 7", 4],
    ["I'd say six no wait eight", 8],
    ["6 uphill, 3 on the flat", 6],
    ["my calf is at 9 right now", 9],
    ["still at 5, no change", 5],
    ["calf 8/10 mile 20", 8],
    ["he held up four fingers", 4],
    ["5. had worse", 5],
  ])("«%s»: %s", (text, value) => {
    expect(score(text)).toBe(value);
  });

  test.each([
    "7",
    "on a scale of one to ten how bad is it normally",
    "the match is at 7 and my calf cramped",
    "cramped at 4 and again at noon",
    "my son Leo, 6, has a cramp in his foot",
    "she is 7 and her calf hurts",
    "I slept from 10 to 6 and woke with a cramp",
    "1. calf 2. foot",
    "press 2 for a nurse",
    "give me that one again",
    "we are three in a cramped flat",
    "5 more minutes and my calf goes",
    "9 out of 10 for the burger",
  ])("«%s»: none", (text) => {
    expect(score(text)).toBeNull();
  });
});

describe("how bad in words", () => {
  test.each([
    ["wouldn't wish this on anyone", "severe"],
    ["worst ever, actual tears", "severe"],
    ["more of a nuisance really", "mild"],
    ["barely notice it", "mild"],
    ["it's manageable", "moderate"],
    ["not great not awful", "moderate"],
  ])("«%s»: %s", (text, word) => {
    expect(understand(text).pain.word).toBe(word);
  });

  test.each([
    "I am the manager here",
    "how much notice do I give",
    "it's just as tight as before",
    "I'm halfway up the hill, do I go on",
    "in the middle of a shift",
    "what do you mean by moderate",
    "an exercise to make strong the neck",
  ])("«%s»: nothing", (text) => {
    expect(understand(text).pain.word).toBeNull();
  });
});

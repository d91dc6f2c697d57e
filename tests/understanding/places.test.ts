import { describe, expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

describe("where the trouble is", () => {
  test.each([
    ["the meaty bit below my bum is in a knot", "thigh-back"],
    ["cramp at the inside of my upper leg", "groin"],
    ["knot between my shoulder and neck", "shoulder"],
    ["stitch again, right in my side, cramping", "abdomen"],
    ["my back keeps locking up at work", "back"],
    ["how do I keep my back from seizing in the car", "back"],
    ["is a massage gun safe for the shoulder", "shoulder"],
    ["the waist hurts me since I lifted the crate", "lower-back"],
  ])("«%s»: %s", (text, area) => {
    expect(understand(text).area).toBe(area);
  });

  test.each([
    ["is it ok to dig my thumb into the knot", "a thumb that helps"],
    ["feet up on the sofa, what next", "a posture"],
    ["he is lying on his back with his eyes shut", "a posture"],
    ["bring me back to the first question", "an adverb"],
    ["what's a hamstring anyway", "a word asked about"],
    ["the blister on my heel has popped, plaster or not", "skin"],
    ["how long does a pork shoulder take in the oven", "meat"],
    ["my fingers slipped and hit next", "fingers that type"],
    ["been on my feet since six", "standing"],
    ["it's the manager of the gym I need", "no place"],
  ])("«%s»: none (%s)", (text) => {
    expect(understand(text).area).toBeNull();
  });

  test.each([
    ["no feeling in my foot", "foot"],
    ["my hand has clawed up", "hand"],
    ["cramp in my toes", "foot"],
    ["can't get my heel down, calf is rigid", "foot"],
    ["my finger keeps curling in by itself", "hand"],
    ["my chest muscle is cramping", "ribs"],
    ["eyelid won't stop twitching", "eyelid"],
  ])("a neighbour of these: «%s» is %s", (text, area) => {
    expect(understand(text).area).toBe(area);
  });
});

describe("of several places", () => {
  test.each([
    ["not my foot, my shin", "shin"],
    ["you wrote thigh but I meant calf", "calf"],
    ["calf ok now, but the quad has joined in", "thigh-front"],
    ["it was just the hamstring, now my calf as well", "calf"],
    ["it spread from my bum into my lower back", "lower-back"],
    ["no, it's my neck", "neck"],
    ["my calf is fine now, thank you", "calf"],
    ["my calf, no wait my shin", "shin"],
    ["it's the hamstring, sorry, I mean the calf", "calf"],
    ["I says thigh to be polite, but truth be told it's right up in the groin", "groin"],
    ["cramp at the back of the thigh", "thigh-back"],
    ["my calf and my shin", "calf"],
  ])("«%s»: %s", (text, area) => {
    expect(understand(text).area).toBe(area);
  });

  test("both denied ones of a list stay denied", () => {
    const { area, deniedAreas } = understand("no pain in my calf or foot");
    expect(area).toBeNull();
    expect(deniedAreas).toEqual(["calf", "foot"]);
  });
});

test.each([
  ["left", "left"],
  ["left one", "left"],
  ["both", "both"],
  ["right", null],
])("«%s» by itself: side %s", (text, side) => {
  expect(understand(text).side).toBe(side);
});

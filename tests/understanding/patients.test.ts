import { describe, expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

describe("the patient", () => {
  test.each([
    "my friend wants to kill himself",
    "my daughter took too many tablets",
    "my 7 year old has a cramp in the foot",
    "is it safe to rub a five year old's calf",
    "she has swallowed something, do I call",
    "he's screaming when I touch it",
    "what can I give him to drink",
    "why do kids get these at night",
  ])("of «%s» is somebody else", (text) => {
    expect(understand(text).patient.who).toBe("other");
  });

  test.each([
    "my wife wants me to stretch, but my calf is locked",
    "my mum says to ask you",
    "mate, my thumb has locked",
    "exercises for a man of seventy",
    "I'm a mum with no time",
    "my kid was pressing the buttons, start again",
    "I'm a 16 year old with leg cramps",
    "she told me to rest it",
  ])("of «%s» is the writer", (text) => {
    expect(understand(text).patient.who).toBe("self");
  });
});

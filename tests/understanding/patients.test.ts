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

describe("how long", () => {
  test.each([
    ["how long do I leave the ice on, like twenty minutes?", null],
    ["we play four hours at a time", null],
    ["30 seconds held, no change", null],
    ["calf has been locked for twenty minutes", 20],
    ["it started two hours ago", 120],
  ])("«%s»: %s", (text, minutes) => {
    expect(understand(text).duration?.minutes ?? null).toBe(minutes);
  });
});

describe("another language", () => {
  test.each([
    ["Mein Bein tut weh", "German"],
    ["Brustschmerzen", "German"],
    ["Wadenkrampf seit 10 Minuten", "German"],
    ["j'ai mal au mollet", "French"],
    ["me duele la pierna", "Spanish"],
    ["ho un crampo", "Italian"],
    ["tenho cãibra na perna", "Portuguese"],
    ["mam skurcz łydki", "Polish"],
    ["kramp in mijn kuit", "Dutch"],
    ["bacağıma kramp girdi", "Turkish"],
  ])("«%s»: %s", (text, language) => {
    expect(understand(text).otherLanguage).toBe(language);
  });

  test.each([
    "I have a Wadenkrampf in my left leg",
    "merci, it worked",
    "ciao",
    "hola, my calf has cramped",
    "die cramp die",
    "hwo do i stpo thsi",
    "my mollet is sore",
    "no no, swelilng no",
  ])("«%s» is English", (text) => {
    expect(understand(text).otherLanguage).toBeNull();
  });
});

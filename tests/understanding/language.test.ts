import { describe, expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

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

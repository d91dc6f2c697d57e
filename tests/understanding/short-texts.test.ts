import { beforeEach, expect, test, vi } from "vitest";
import { rememberShortTexts } from "../../src/understanding/short-texts.ts";
import { knowledge } from "../support/knowledge.ts";

const { understand, lexicon } = knowledge();
const counted = vi.fn(understand);
const remembering = rememberShortTexts(counted, lexicon);

beforeEach(() => {
  counted.mockClear();
});

test("what was said before is not read again, and means the same", () => {
  const first = remembering("my calf is cramping");
  expect(remembering("my calf is cramping")).toBe(first);
  expect(first).toEqual(understand("my calf is cramping"));
  expect(counted).toHaveBeenCalledTimes(1);
});

test("the same words in answer to another question are read by themselves", () => {
  expect(remembering("8").pain.value).toBeNull();
  expect(remembering("8", { severity: true }).pain.value).toBe(8);
  expect(remembering("8").pain.value).toBeNull();
  expect(counted).toHaveBeenCalledTimes(2);
});

test.each([
  "anna smythe",
  "i am zbigniew",
  "my clinic number is 4711",
  "call 07700 900123",
  "the clf of my leg",
  "07 91 12 34 56",
  "1/2/85",
  "𠮷",
])("«%s» may tell who somebody is, and is not kept", (text) => {
  remembering(text);
  remembering(text);
  expect(counted).toHaveBeenCalledTimes(2);
});

test("a long message is not kept", () => {
  const text = "my calf is cramping and it is the left one and it hurts";
  remembering(text);
  remembering(text);
  expect(counted).toHaveBeenCalledTimes(2);
});

test("of a thousand and more those said last are kept", () => {
  const words = ["ice", "heat", "calf", "foot", "hand", "neck", "back", "rest", "water", "done", "better"];
  const texts = Array.from({ length: 1001 }, (_, at) => `${words[Math.floor(at / 100)]} ${at % 100}`);
  const [first, second] = texts as [string, string];
  for (const text of texts.slice(0, 1000)) remembering(text);
  remembering(first);
  remembering(texts[1000] as string);
  counted.mockClear();
  remembering(first);
  expect(counted).toHaveBeenCalledTimes(0);
  remembering(second);
  expect(counted).toHaveBeenCalledTimes(1);
});

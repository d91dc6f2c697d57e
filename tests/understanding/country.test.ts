import { expect, test } from "vitest";
import { knowledge } from "../support/knowledge.ts";

const { understand } = knowledge();

test.each([
  ["I'm in the US, calf cramp", "US"],
  ["im in texas and my calf is cramping", "US"],
  ["we live in New York", "US"],
  ["I am in Georgia", null],
  ["give us a stretch", null],
  ["help us, in the meantime he is limping", null],
])("«%s»: country %s", (text, country) => {
  expect(understand(text).country).toBe(country);
});

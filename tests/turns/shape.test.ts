import { expect, it } from "vitest";
import { flag, list, nullable, number, oneOf, record, text } from "../../src/turns/shape.ts";

const person = record({
  name: text,
  age: nullable(number),
  seen: flag,
  who: oneOf("self", "other"),
  notes: list(record({ at: number })),
});
const good = { name: "a", age: null, seen: false, who: "self", notes: [{ at: 1, more: "kept" }], more: [1] };

it("takes what fits, whatever else it holds", () => {
  expect(person(good)).toBeNull();
  expect(nullable(person)(null)).toBeNull();
  expect(person({ ...good, age: 3, who: "other", notes: [] })).toBeNull();
});

it.each([
  [{ ...good, name: 1 }, "name"],
  [{ ...good, name: undefined }, "name"],
  [{ ...good, age: "3" }, "age"],
  [{ ...good, seen: null }, "seen"],
  [{ ...good, who: "nobody" }, "who"],
  [{ ...good, notes: { 0: { at: 1 } } }, "notes"],
  [{ ...good, notes: [{ at: 1 }, { at: "2" }] }, "notes.1.at"],
  [{ ...good, notes: [null] }, "notes.0"],
  [[good], ""],
  ["text", ""],
  [null, ""],
])("says where %j is wrong", (value, where) => {
  expect(person(value)).toBe(where);
});

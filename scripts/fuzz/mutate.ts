import type { Random } from "../random.ts";

/** What real clients never send, and what reading it once broke somewhere. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -0.5,
  2 ** 53,
  "",
  " ",
  "\u0000",
  "__proto__",
  "constructor",
  "toString",
  "\ud83d",
  "\u202e\u200b",
  "a".repeat(3_000),
  "9".repeat(400),
  "2026-13-45T99:99:99Z",
  "en-XX-x-1",
  "../../etc/passwd",
  "<at>x</at>",
  [],
  {},
  [[[[[]]]]],
  [null],
  { id: null },
  { __proto__: { polluted: true } },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

// biome-ignore format: a list to read, not a column
const SPLICES: readonly string[] = [
  " ", "  ", "\n", "\t", ",", ".", "...", "!", "?", "'", '"', "-", "/", "10", "7/10", "0", "no ", "not ", "don't ", "never ", "if ", "severe ", "left ", "and ", "or ",
  "<b>", "<at>", "&nbsp;", "😀", "🦵🏽", "é", "\u0301", "\u200d", "\u0000", "\u001b[31m", "\ud800", "\ufeff", "ﬁ", "İ", "ß", "ا", "が", "constructor", "__proto__", "stop", "yes", "none",
];

/** Changes a text a little: a sign dropped, doubled, swapped; something spliced in; a part said again. */
export function mutateText(text: string, random: Random): string {
  let changed = text;
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(changed.length + 1);
    const length = 1 + random.below(8);
    switch (random.below(7)) {
      case 0:
        changed = changed.slice(0, at) + changed.slice(at + length);
        break;
      case 1:
        changed = changed.slice(0, at) + random.pick(SPLICES) + changed.slice(at);
        break;
      case 2:
        changed = changed.slice(0, at) + changed.slice(at, at + length).repeat(1 + random.below(40)) + changed.slice(at + length);
        break;
      case 3:
        changed = changed.slice(0, at) + String.fromCharCode(random.below(0x10000)) + changed.slice(at + 1);
        break;
      case 4:
        changed = `${changed.slice(at)} ${changed.slice(0, at)}`;
        break;
      case 5:
        changed = random.chance(0.5) ? changed.toUpperCase() : changed.toLowerCase();
        break;
      default:
        changed = changed.slice(0, at);
    }
  }
  return changed.slice(0, 6_000);
}

/** Changes a JSON value somewhere inside: a part gone, of another kind, doubled, moved, or its text changed. */
export function mutateValue(value: unknown, random: Random): unknown {
  if (random.chance(0.08)) return random.pick(ODD_VALUES);
  if (typeof value === "string") return random.chance(0.7) ? mutateText(value, random) : random.pick(ODD_VALUES);
  if (Array.isArray(value)) return mutateList(value, random);
  if (typeof value === "object" && value !== null) return mutateRecord(value as Record<string, unknown>, random);
  return random.pick(ODD_VALUES);
}

function mutateList(list: readonly unknown[], random: Random): unknown[] {
  const at = random.below(list.length + 1);
  if (random.chance(0.2)) return [...list, ...list, random.pick(ODD_VALUES)];
  if (random.chance(0.2)) return list.filter((_, other) => other !== at);
  return list.map((one, other) => (other === at ? mutateValue(one, random) : one));
}

function mutateRecord(record: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const keys = Object.keys(record);
  const key = random.pick([...keys, "extra"]);
  const { [key]: old, ...rest } = record;
  if (random.chance(0.12)) return rest;
  if (random.chance(0.08)) return { ...rest, [random.pick(["__proto__", "constructor", "toJSON", "then", ...keys])]: old };
  return { ...record, [key]: mutateValue(old, random) };
}

/** Breaks the bytes of a body now and then: JSON that is cut off, or holds what it may not. */
export function mutateBody(body: string, random: Random): string {
  const at = random.below(body.length + 1);
  switch (random.below(5)) {
    case 0:
      return body.slice(0, at);
    case 1:
      return body.slice(0, at) + random.pick(["}", "{", "[", "]", '"', ",", "\\", "\u0000", "1e999", "\\ud800"]) + body.slice(at);
    case 2:
      return `${"[".repeat(random.below(200))}${body}`;
    case 3:
      return body.repeat(2);
    default:
      return body.replace(/"(\w+)":/, '"$1":{"$1":');
  }
}

/** Where a value differs from what it should be: names joined by dots, empty for the value itself; null when it fits. */
type Shape = (value: unknown) => string | null;

/*
 * A few words to say what plain data looks like. The schemas of the content are zod's; this is read at every turn, and is all
 * that a start from the cache would load zod for.
 */

const of =
  (fits: (value: unknown) => boolean): Shape =>
  (value) =>
    fits(value) ? null : "";

export const text = of((value) => typeof value === "string");
export const number = of((value) => typeof value === "number");
export const flag = of((value) => typeof value === "boolean");

export function oneOf(...values: readonly unknown[]): Shape {
  return of((value) => values.includes(value));
}

export function nullable(shape: Shape): Shape {
  return (value) => (value === null ? null : shape(value));
}

export function list(shape: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return "";
    return first(value.length, (at) => [String(at), shape(value[at])]);
  };
}

/** An object with these fields; it may have others. */
export function record(fields: Readonly<Record<string, Shape>>): Shape {
  const shapes = Object.entries(fields);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
    return first(shapes.length, (at) => {
      const [name, shape] = shapes[at] as [string, Shape];
      return [name, shape((value as Record<string, unknown>)[name])];
    });
  };
}

function first(count: number, look: (at: number) => readonly [name: string, wrong: string | null]): string | null {
  for (let at = 0; at < count; at++) {
    const [name, wrong] = look(at);
    if (wrong !== null) return wrong === "" ? name : `${name}.${wrong}`;
  }
  return null;
}

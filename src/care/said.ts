/** A text of the content: one wording for everybody, or one for the person and one for somebody who helps. */
export type Said = string | { readonly you: string; readonly they: string };

export type Person = "you" | "they";

export function wording(said: Said, person: Person): string {
  return typeof said === "string" ? said : said[person];
}

/**
 * Fills the placeholders of a text: "{emergency_number}".
 * @throws Error that names a placeholder which has no value: a hole in an advice text must never reach a person
 */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for the placeholder ${whole}`);
    return value;
  });
}

/** A text of the content: one wording for everybody, or one for the person and one for somebody who helps. */
export type Said = string | { readonly you: string; readonly they: string };

export type Person = "you" | "they";

export function wording(said: Said, person: Person): string {
  return typeof said === "string" ? said : said[person];
}

/** The text with a lead before and a rest behind it, in both wordings; empty ones leave no blank. */
export function joined(lead: string, said: Said, rest = ""): Said {
  const join = (text: string) => [lead, text, rest].filter((part) => part !== "").join(" ");
  return { you: join(wording(said, "you")), they: join(wording(said, "they")) };
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

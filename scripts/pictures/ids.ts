/** Which pictures the content asks for, and what it says of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

interface Shown {
  readonly id: string;
  readonly alt: string;
}
interface AreaFile {
  readonly stretches?: readonly Shown[];
  readonly exercises?: readonly Shown[];
}

/** The alternative text of each stretch and exercise of a content folder, by id, in the order of the ids. */
export function picturesOf(content: string): Map<string, string> {
  const areas = join(content, "areas");
  const shown = readdirSync(areas)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => {
      const { stretches = [], exercises = [] } = load(readFileSync(join(areas, file), "utf8")) as AreaFile;
      return [...stretches, ...exercises];
    });
  return new Map(shown.map(({ id, alt }): [string, string] => [id, alt]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

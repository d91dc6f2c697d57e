import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "../errors.ts";
import type { Content } from "./content.ts";

const TRAINING_FOLDERS = ["intents", "triage"];
/** Holds the signatures. Were it part of what is signed, a signature would undo itself. */
const SIGNATURES = "sign-off.yaml";

/** The files of one language, in a fixed order, with their bytes. */
export interface ContentFiles {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Of everything, training sentences too: what the trained models belong to. */
  readonly trainingVersion: string;
  /** Of what a clinician reviews: all but the training sentences and the signatures. */
  readonly version: string;
}

export function readContentFiles(folder: string): ContentFiles {
  let paths: string[];
  try {
    paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml"))
      .sort();
  } catch (error) {
    throw new UserError(
      "content-invalid",
      `cannot read the content folder ${folder}: ${(error as Error).message}. Set CONTENT_DIR to one that is there.`,
    );
  }
  const files = paths.map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, path), "utf8") }));
  return {
    folder,
    files,
    trainingVersion: hash(files),
    version: hash(files.filter(({ path }) => isReviewable(path.split("/")[0] as string))),
  };
}

function isReviewable(place: string): boolean {
  return place !== SIGNATURES && !TRAINING_FOLDERS.includes(place);
}

function hash(files: readonly { path: string; text: string }[]): string {
  const sum = createHash("sha256");
  for (const { path, text } of files) sum.update(path).update("\0").update(text).update("\0");
  return sum.digest("hex").slice(0, 16);
}

/**
 * Parses and validates the content of one language. The YAML parser and the schemas are loaded only here: a start
 * from the cache does without them.
 * @throws UserError content-invalid, naming the file, the place and what to mend
 */
export async function compileContent(source: ContentFiles): Promise<Content> {
  const [{ load, CORE_SCHEMA }, schema, { z }, { checkReferences }] = await Promise.all([
    import("js-yaml"),
    import("./schema.ts"),
    import("zod"),
    import("./check-references.ts"),
  ]);
  const read = <S extends import("zod").ZodType>(path: string, shape: S): import("zod").infer<S> => {
    const file = source.files.find((one) => one.path === path);
    const shown = join(relative(process.cwd(), source.folder), path);
    if (file === undefined) throw new UserError("content-invalid", `${shown} is missing`);
    let data: unknown;
    try {
      data = load(file.text, { schema: CORE_SCHEMA });
    } catch (error) {
      throw new UserError("content-invalid", `${shown} is not valid YAML: ${(error as Error).message.split("\n")[0]}`);
    }
    const result = shape.safeParse(data);
    if (!result.success)
      throw new UserError("content-invalid", `${shown}: ${z.prettifyError(result.error).replaceAll("\n", " ")}`);
    return result.data;
  };
  const folder = (name: string) => source.files.filter((file) => file.path.startsWith(`${name}/`)).map((file) => file.path);

  const steps = read("steps.yaml", schema.stepsFile);
  const content: Content = {
    language: source.folder.split(/[\\/]/).at(-1) as string,
    version: source.version,
    lexicon: {
      grammar: read("lexicon/grammar.yaml", schema.grammarFile),
      groups: read("lexicon/groups.yaml", schema.groupsFile).groups,
      concepts: joinOnce(folder("lexicon/concepts").map((path) => [path, read(path, schema.conceptsFile).concepts])),
      circumstances: read("lexicon/circumstances.yaml", schema.circumstancesFile).circumstances,
      body: read("lexicon/body.yaml", schema.bodyFile),
      pain: read("lexicon/pain.yaml", schema.painFile).pain,
      topics: read("lexicon/topics.yaml", schema.topicsFile).topics,
      languages: read("lexicon/languages.yaml", schema.languagesFile),
    },
    areas: Object.fromEntries(
      folder("areas").map((path) => {
        const area = read(path, schema.areaFile);
        return [area.id, area];
      }),
    ),
    flags: folder("red-flags").flatMap((path) => {
      const disposition = path.replace("red-flags/", "").replace(".yaml", "") as Content["flags"][number]["disposition"];
      return read(path, schema.flagsFile).flags.map((flag) => ({ ...flag, disposition }));
    }),
    cards: read("cards.yaml", schema.cardsFile),
    decisions: read("decisions.yaml", schema.decisionsFile),
    steps,
    answers: read("answers.yaml", schema.answersFile).answers,
    populations: read("populations.yaml", schema.populationsFile).populations,
    numbers: read("numbers.yaml", schema.numbersFile),
    sources: read("sources.yaml", schema.sourcesFile).sources,
    reviews: read("sign-off.yaml", schema.signOffFile).reviews,
    intents: folder("intents").flatMap((path) => {
      const { intent, examples } = read(path, schema.intentFile);
      return Object.values(examples).flatMap((texts) => texts.map((text) => ({ text, label: intent })));
    }),
    triage: folder("triage").flatMap((path) => {
      const { about, disposition, examples } = read(path, schema.triageFile);
      return examples.map((text) => ({ text, about, disposition }));
    }),
  };
  checkReferences(content);
  return content;
}

/** Several maps as one. @throws UserError content-invalid when two define the same name */
function joinOnce<T>(maps: readonly (readonly [path: string, entries: Readonly<Record<string, T>>])[]): Record<string, T> {
  const joined: Record<string, T> = {};
  const from = new Map<string, string>();
  for (const [path, entries] of maps) {
    for (const [name, value] of Object.entries(entries)) {
      const earlier = from.get(name);
      if (earlier !== undefined) {
        throw new UserError("content-invalid", `${path} and ${earlier} both define "${name}"; give one of them another name`);
      }
      from.set(name, path);
      joined[name] = value;
    }
  }
  return joined;
}

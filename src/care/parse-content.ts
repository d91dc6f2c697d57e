import { join, relative } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { z } from "zod";
import { UserError } from "../errors.ts";
import { checkReferences } from "./check-references.ts";
import type { Content, ContentFiles } from "./content.ts";
import * as schema from "./schema.ts";
import * as lexicon from "./schema-lexicon.ts";

/** The files of one language, each held against its schema as it is read. */
interface Reader {
  read<S extends z.ZodType>(path: string, shape: S): z.infer<S>;
  /** Every file of a folder, with its path. */
  readAll<S extends z.ZodType>(folder: string, shape: S): { readonly path: string; readonly data: z.infer<S> }[];
}

/**
 * Parses and validates the content of one language.
 * @throws UserError content-invalid, naming the file, the place and what to mend
 */
export function parseContent(source: ContentFiles): Content {
  const reader = readerOf(source);
  const { read, readAll } = reader;
  const content: Content = {
    language: source.folder.split(/[\\/]/).at(-1) as string,
    version: source.version,
    lexicon: lexiconOf(reader),
    areas: Object.fromEntries(readAll("areas", schema.areaFile).map(({ data }) => [data.id, data])),
    flags: readAll("red-flags", schema.flagsFile).flatMap(({ path, data }) => {
      const disposition = path.replace("red-flags/", "").replace(".yaml", "") as Content["flags"][number]["disposition"];
      return data.flags.map((flag) => ({ ...flag, disposition }));
    }),
    cards: read("cards.yaml", schema.cardsFile),
    decisions: read("decisions.yaml", schema.decisionsFile),
    steps: read("steps.yaml", schema.stepsFile),
    answers: read("answers.yaml", schema.answersFile).answers,
    populations: read("populations.yaml", schema.populationsFile).populations,
    numbers: read("numbers.yaml", schema.numbersFile),
    sources: read("sources.yaml", schema.sourcesFile).sources,
    reviews: read("sign-off.yaml", schema.signOffFile).reviews,
    intents: readAll("intents", schema.intentFile).flatMap(({ data: { intent, examples } }) =>
      Object.values(examples).flatMap((texts) => texts.map((text) => ({ text, label: intent }))),
    ),
    triage: readAll("triage", schema.triageFile).flatMap(({ data: { about, disposition, examples } }) =>
      examples.map((text) => ({ text, about, disposition })),
    ),
  };
  checkReferences(content);
  return content;
}

function lexiconOf({ read, readAll }: Reader): Content["lexicon"] {
  return {
    grammar: read("lexicon/grammar.yaml", lexicon.grammarFile),
    groups: read("lexicon/groups.yaml", lexicon.groupsFile).groups,
    concepts: joinOnce(readAll("lexicon/concepts", lexicon.conceptsFile).map(({ path, data }) => [path, data.concepts])),
    circumstances: read("lexicon/circumstances.yaml", lexicon.circumstancesFile).circumstances,
    body: read("lexicon/body.yaml", lexicon.bodyFile),
    pain: read("lexicon/pain.yaml", lexicon.painFile).pain,
    topics: read("lexicon/topics.yaml", lexicon.topicsFile).topics,
    languages: read("lexicon/languages.yaml", lexicon.languagesFile),
  };
}

function readerOf({ folder, files }: ContentFiles): Reader {
  const read: Reader["read"] = (path, shape) => {
    const file = files.find((one) => one.path === path);
    const shown = join(relative(process.cwd(), folder), path);
    if (file === undefined) throw new UserError("content-invalid", `${shown} is missing`);
    const result = shape.safeParse(parse(file.text, shown));
    if (!result.success)
      throw new UserError("content-invalid", `${shown}: ${z.prettifyError(result.error).replaceAll("\n", " ")}`);
    return result.data;
  };
  return {
    read,
    readAll: (name, shape) =>
      files.filter(({ path }) => path.startsWith(`${name}/`)).map(({ path }) => ({ path, data: read(path, shape) })),
  };
}

function parse(text: string, shown: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    throw new UserError("content-invalid", `${shown} is not valid YAML: ${(error as Error).message.split("\n")[0]}`);
  }
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

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "deploymentTemplates/deployUseExistResourceGroup/readme.md",
  "deploymentTemplates/deployWithNewResourceGroup/readme.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(text("package.json")) as Manifest;

/** As GitHub makes them: lower case, punctuation gone, blanks as hyphens. */
function anchorsOf(page: string): string[] {
  return [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Paths that a page names in backticks: `src/turns/port.ts`, `tests/faults/`. */
function pathsIn(page: string): string[] {
  return [...text(page).matchAll(/`((?:src|dialogs|web|tests|scripts|bench|eval|teams|docs|schemas)\/[\w./-]+)`/g)].map(
    ([, path]) => String(path),
  );
}

it("finds the pages", () => {
  expect(pages).toContain(join("docs", "architecture.md"));
  expect(pages).toContain(join("docs", "decisions", "dependencies.md"));
});

describe.each(pages)("%s", (page) => {
  it("links to files and headings that exist", () => {
    for (const [, target = "", anchor] of text(page).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      const file = target === "" ? page : join(dirname(page), target);
      expect(existsSync(join(root, file)), `${page} links to ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(file), `${page} links to ${target}#${anchor}`).toContain(anchor);
    }
  });

  it("names commands that package.json has", () => {
    for (const [, name = ""] of text(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      expect(Object.keys(manifest.scripts), page).toContain(name);
  });

  it("names programs and tests that exist", () => {
    const commands = /(?:node (?:--[\w-]+ )*|npx vitest run )((?:(?:scripts|eval|bench|src|tests)\/[\w./-]+ ?)+)/g;
    for (const [, paths = ""] of text(page).matchAll(commands))
      for (const path of paths.trim().split(" ")) expect(existsSync(join(root, path)), `${page} runs ${path}`).toBe(true);
  });

  it("names files that exist", () => {
    // What is built, and what the guide to extending invents.
    const made = /^web\/dist|^src\/channels\/plain\//;
    for (const path of pathsIn(page).filter((one) => !made.test(one))) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

it("shows every picture of docs on some page", () => {
  const shown = pages.map(text).join("\n");
  const pictures = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(png|svg)$/.test(file),
  );
  expect(pictures.filter((file) => !shown.includes(`${file.replaceAll("\\", "/")})`))).toEqual([]);
});

describe("docs/decisions/dependencies.md", () => {
  const rows = new Map(
    [...text("docs/decisions/dependencies.md").matchAll(/^\| (`.+?`) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].flatMap(
      ([, names = "", licence = "", why = "", drop = ""]) =>
        [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => [String(name), { licence, why, drop }] as const),
    ),
  );
  const all = [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies].flatMap(Object.keys);

  it("has every package of package.json, and no other", () => {
    expect([...rows.keys()].sort()).toEqual(all.sort());
  });

  it.each(all)("%s with its licence, why it is there and what it would take to drop it", (name) => {
    const row = rows.get(name);
    expect(row?.why).toMatch(/./);
    expect(row?.drop).toMatch(/./);
    const file = join("node_modules", name, "package.json");
    // Of the packages with Node itself only the one that fits this machine is installed.
    if (!existsSync(join(root, file))) return expect(Object.keys(manifest.optionalDependencies)).toContain(name);
    expect((JSON.parse(text(file)) as { license: string }).license).toBe(row?.licence);
  });
});

describe("docs/testing.md", () => {
  it("explains every word of a dialogue", () => {
    const format = text("tests/conversations/dialogue.ts");
    const shapes = [...format.matchAll(/z\.strictObject\(\{(.*?)\n\}\)/gs)].map(([, body]) => String(body));
    const words = shapes.flatMap((body) => [...body.matchAll(/^ {2}(\w+):/gm)].map(([, word]) => String(word)));
    expect(words.length).toBeGreaterThan(20);
    for (const word of words) expect(text("docs/testing.md"), word).toContain(`\`${word}\``);
  });
});

describe("docs/understanding.md", () => {
  it("says what each list of grammar.yaml does", () => {
    const lists = [...text("content/en/lexicon/grammar.yaml").matchAll(/^ {0,2}([a-z_]+): ?(\[|$)/gm)].map(([, name]) =>
      String(name),
    );
    expect(lists.length).toBeGreaterThan(20);
    for (const list of lists.filter((name) => name !== "cues"))
      expect(text("docs/understanding.md"), list).toContain(`\`${list}\``);
  });
});

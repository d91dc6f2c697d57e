import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Content } from "../src/care/content.ts";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { upkeepMistakes, wordingMistakes } from "../src/care/wording.ts";

const root = join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const guide = text("docs/extending.md");

/** The examples of a chapter in one language, without the indent of the step that they belong to. */
function examples(page: string, chapter: string, language: string): string[] {
  const body = page.split(/^## /m).find((one) => one.startsWith(`${chapter}\n`)) ?? "";
  return [...body.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\`$`, "gms"))].map(([, indent = "", code = ""]) =>
    code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unknot-guide-"));
  cpSync(join(root, "content", "en"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts an example that begins with a key, such as `answers:`, under that key of a file. */
function insert(file: string, example: string): void {
  const key = example.slice(0, example.indexOf("\n") + 1);
  const before = readFileSync(join(folder, file), "utf8");
  expect(before, `${file} has ${key}`).toContain(`\n${key}`);
  writeFileSync(
    join(folder, file),
    before.replace(`\n${key}`, () => `\n${example}`),
  );
}

/** The content with the examples in it; it fails where a name does not exist or a text breaks a rule. */
async function load(): Promise<Content> {
  const content = await compileContent(readContentFiles(folder));
  expect([...wordingMistakes(content), ...upkeepMistakes(content, "2026-11-22")]).toEqual([]);
  return content;
}

describe("the examples of docs/extending.md", () => {
  it("add a stretch", async () => {
    const [stretch = ""] = examples(guide, "A stretch", "yaml");
    insert("areas/calf.yaml", stretch);
    const calf = (await load()).areas.calf;
    expect(calf?.stretches[0]?.id).toBe("calf-step-up");
  });

  it("add a red flag, its findings and its sentences", async () => {
    const [flag = "", findings = "", triage = "", dialogue = ""] = examples(guide, "A red flag", "yaml");
    insert("red-flags/see-clinician-soon.yaml", flag);
    insert("lexicon/concepts/exposures.yaml", findings);
    writeFileSync(join(folder, "triage", "cramp-after-tick.yaml"), triage);
    expect(dialogue).toContain("flags: [cramp-after-tick]");
    expect((await load()).flags.map(({ id }) => id)).toContain("cramp-after-tick");
  });

  it("add an answer under an id that is free", async () => {
    const [answer = ""] = examples(guide, "An answer", "yaml");
    insert("answers.yaml", answer);
    expect((await load()).answers[0]?.question).toBe("Can I swim with a cramp?");
  });

  it("add an intent with its answer, at the places that the chapter names", async () => {
    const [sentences = "", answer = ""] = examples(guide, "An intent", "yaml");
    expect(sentences).toContain("intent: ask-shoes");
    // The name itself is code, so an existing one stands in for it.
    insert("answers.yaml", answer.replace("intent: ask-shoes", "intent: ask-prevention"));
    expect((await load()).answers[0]?.question).toBe("Which shoes help?");
    for (const place of ["src/care/labels.ts", "schemas/understanding-line.schema.json", "dialogs/answer.ts"])
      expect(text(place), place).toContain('"ask-seriousness"');
  });

  it("add a channel that compiles", () => {
    const [code = ""] = examples(guide, "A channel", "ts");
    expect(problemsOf("src/channels/plain/plain.ts", code)).toEqual([]);
  }, 60_000);
});

it("the example of docs/pictures.md compiles where it says", () => {
  const [pose = ""] = examples(text("docs/pictures.md"), "Add one", "ts");
  const file = "scripts/pictures/poses/calf.ts";
  const code = text(file).replace(/\n\};\s*$/, `\n${pose}};\n`);
  expect(code).toContain("calf-step-up");
  expect(problemsOf(file, code.replace(/import \{ (?=.*"\.\.\/props\.ts")/, "import { box, "))).toEqual([]);
}, 60_000);

/** What TypeScript says of a file of the project if it had this code. */
function problemsOf(path: string, code: string): readonly unknown[] {
  const file = join(root, path);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (one) => (one === file ? code : readFile(one));
  host.fileExists = (one) => one === file || fileExists(one);
  host.getSourceFile = (one, target) => ts.createSourceFile(one, host.readFile(one) ?? "", target);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => messageText);
}

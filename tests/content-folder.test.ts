import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CACHE_FOLDER } from "./support/knowledge.ts";

const root = join(import.meta.dirname, "..");
const LINE = '{"conversation":"a","text":"my calf is cramping"}\n';
const PROGRAMS: readonly (readonly [string, readonly string[], string])[] = [
  ["chat", ["src/chat.ts", "--jsonl"], LINE],
  ["understand", ["src/understand.ts"], "my calf is cramping\n"],
  ["learn", ["src/learn.ts"], ""],
  ["check:content", ["scripts/check-content.ts"], ""],
  ["check:lexicon", ["scripts/check-lexicon.ts"], ""],
  ["content-version", ["scripts/content-version.ts"], ""],
];

function run(words: readonly string[], input: string, env: Readonly<Record<string, string>>, cwd = root) {
  const [program = "", ...rest] = words;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...rest], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", CACHE_DIR: CACHE_FOLDER, ...env },
  });
  return { status, stdout, stderr };
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "unknot-content-"));
}

describe("every program reads the content that the settings name", { timeout: 120_000 }, () => {
  it.each(PROGRAMS)("%s says which folder is not there", (_, words, input) => {
    const folder = join(temporaryFolder(), "none");
    const { status, stderr } = run(words, input, { CONTENT_DIR: folder });
    expect(stderr).toContain(`cannot read the content folder ${folder}`);
    expect(status).toBe(1);
  });

  it("chat works with a copy elsewhere, named in .env", () => {
    const elsewhere = temporaryFolder();
    cpSync(join(root, "content"), join(elsewhere, "content"), { recursive: true });
    writeFileSync(join(elsewhere, ".env"), `CONTENT_DIR=${join(elsewhere, "content", "en")}\nDEFAULT_COUNTRY=ie\n`);
    const words = ["src/chat.ts", "--jsonl"];
    const { status, stdout, stderr } = run(words, LINE.replace("my calf is cramping", "crushing chest pain"), {}, elsewhere);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).replies[0].text).toContain("112");
  });
});

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readOptions } from "../../teams/options.ts";
import { packageOf } from "../../teams/package.ts";

const APP_ID = "11111111-2222-4333-8444-555555555555";
const good = ["--app-id", APP_ID, "--domain", "bot.example.org"];
const root = join(import.meta.dirname, "..", "..");

/** Width, height and colour type of a PNG: 6 is colour with transparency. */
function pngHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  return { width: view.getUint32(16), height: view.getUint32(20), colour: bytes[25] };
}

describe("the app package", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("holds the manifest and two icons at the root and nothing else, checked without the network", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new Error("no network here")));
    const files = unzipSync(await packageOf(readOptions(good, "1.2.3")));
    expect(Object.keys(files).toSorted()).toEqual(["color.png", "manifest.json", "outline.png"]);
    const manifest = JSON.parse(strFromU8(files["manifest.json"] as Uint8Array));
    expect(manifest).toMatchObject({
      manifestVersion: "1.22",
      version: "1.2.3",
      id: APP_ID,
      bots: [{ botId: APP_ID, scopes: ["personal"] }],
      validDomains: ["bot.example.org"],
      icons: { color: "color.png", outline: "outline.png" },
    });
    expect(manifest.name.short.length).toBeLessThanOrEqual(30);
    expect(manifest.description.short.length).toBeLessThanOrEqual(80);
    expect(manifest.description.full).toMatch(/not a doctor/);
  });

  it("has icons of the sizes that Teams asks for", async () => {
    const files = unzipSync(await packageOf(readOptions(good, "1.2.3")));
    expect(pngHeader(files["color.png"] as Uint8Array)).toMatchObject({ width: 192, height: 192 });
    expect(pngHeader(files["outline.png"] as Uint8Array)).toEqual({ width: 32, height: 32, colour: 6 });
  });

  it("is the same, byte for byte, for the same options", async () => {
    const options = readOptions(good, "1.2.3");
    expect(Buffer.from(await packageOf(options)).equals(Buffer.from(await packageOf(options)))).toBe(true);
  });

  it("can be offered in teams and group chats too, under an id of its own", async () => {
    const catalogId = "22222222-2222-4333-8444-555555555555";
    const options = readOptions([...good, "--scopes", "groupChat,personal,team", "--catalog-id", catalogId], "1.2.3");
    const manifest = JSON.parse(strFromU8(unzipSync(await packageOf(options))["manifest.json"] as Uint8Array));
    expect(manifest.bots[0].scopes).toEqual(["personal", "team", "groupChat"]);
    expect(manifest.id).toBe(catalogId);
    expect(manifest.bots[0].botId).toBe(APP_ID);
  });
});

describe("wrong values are refused with words", () => {
  const refusal = (args: readonly string[]): string => {
    try {
      readOptions(args, "1.2.3");
    } catch (error) {
      return String(error);
    }
    return "taken";
  };

  it.each([
    ["no domain", ["--app-id", APP_ID], "--domain is missing"],
    ["no app id", ["--domain", "bot.example.org"], "--app-id is missing"],
    ["a name as the app id", ["--app-id", "unknot", "--domain", "bot.example.org"], "--app-id must be a GUID"],
    [
      "the empty GUID",
      ["--app-id", "00000000-0000-0000-0000-000000000000", "--domain", "bot.example.org"],
      "--app-id must be a GUID",
    ],
    [
      "an address as the domain",
      ["--app-id", APP_ID, "--domain", "https://bot.example.org"],
      "--domain must be a public host name",
    ],
    ["a path in the domain", ["--app-id", APP_ID, "--domain", "bot.example.org/api"], "--domain must be"],
    ["a port in the domain", ["--app-id", APP_ID, "--domain", "bot.example.org:3978"], "--domain must be"],
    ["localhost", ["--app-id", APP_ID, "--domain", "localhost"], "--domain must be"],
    ["an IP address", ["--app-id", APP_ID, "--domain", "127.0.0.1"], "--domain must be"],
    ["a wildcard", ["--app-id", APP_ID, "--domain", "*.azurewebsites.net"], "--domain must be"],
    ["a version of two numbers", [...good, "--version", "1.0"], "--version must be three numbers"],
    ["http", [...good, "--privacy", "http://bot.example.org/privacy"], "--privacy must be an https:// address"],
    ["an unknown scope", [...good, "--scopes", "personal,groupchat"], "--scopes takes personal, team, groupChat"],
    ["a long developer", [...good, "--developer", "x".repeat(33)], "--developer must have"],
    ["another file", [...good, "--out", "app.json"], "--out must end in .zip"],
    ["an unknown option", [...good, "--appid", "x"], "--appid"],
    ["a value without an option", [...good, "x"], "x"],
  ])("%s", (_, args, words) => {
    expect(refusal(args)).toContain(words);
    expect(refusal(args)).toContain("npm run teams:package");
  });

  it("names everything wrong at once", () => {
    const words = refusal(["--app-id", "x", "--domain", "y", "--version", "z"]);
    for (const name of ["--app-id", "--domain", "--version"]) expect(words).toContain(`${name} must`);
  });
});

describe("npm run teams:package", () => {
  const run = promisify(execFile);

  it("writes the zip and says where", async () => {
    const out = join(mkdtempSync(join(tmpdir(), "unknot-package-")), "app.zip");
    const { stdout } = await run(process.execPath, [join(root, "scripts", "teams-package.ts"), ...good, "--out", out]);
    expect(stdout).toContain(out);
    expect(Object.keys(unzipSync(readFileSync(out)))).toHaveLength(3);
  });

  it("ends with 1 and one clear message, without a stack", async () => {
    const failed = run(process.execPath, [join(root, "scripts", "teams-package.ts"), "--app-id", "x"]);
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^unknot: bad-input: (?![\s\S]*\n\s+at )/),
    });
  });
});

import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawn, raster } from "../../scripts/pictures/drawn.ts";
import { picturesOf } from "../../scripts/pictures/ids.ts";
import { PICTURES } from "../../scripts/pictures/pictures.ts";

const FOLDER = "content/pictures";
const KILOBYTE = 1024;
const alts = picturesOf("content/en");
const ids = [...alts.keys()];
const named = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
const svgOf = (id: string): string => readFileSync(`${FOLDER}/${id}.svg`, "utf8");

describe("the pictures and the content", () => {
  it("finds the stretches and exercises of the content", () => {
    expect(ids.length).toBeGreaterThan(40);
    expect(ids).toContain("calf-wall");
    expect(ids).toContain("back-cat");
  });

  it("has one SVG, one PNG and one pose for each, and none without a use", () => {
    expect(named(FOLDER, ".svg")).toEqual(ids);
    expect(named(`${FOLDER}/png`, ".png")).toEqual(ids);
    expect(Object.keys(PICTURES).sort()).toEqual(ids);
  });

  it("says in words what each picture shows, each in its own", () => {
    const words = [...alts.values()];
    for (const alt of words) expect(alt).toMatch(/^(Two l|L)ine drawings?: .{25,}\.$/);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe.each(ids)("%s", (id) => {
  it("is drawn as it is kept", () => {
    const svg = drawn(id, alts.get(id) ?? "");
    expect(svgOf(id) === svg, `content/pictures/${id}.svg is not current: run node scripts/pictures/draw.ts ${id}`).toBe(true);
    const png = readFileSync(`${FOLDER}/png/${id}.png`);
    expect(
      png.equals(raster(svg)),
      `content/pictures/png/${id}.png is not current: run node scripts/pictures/draw.ts ${id}`,
    ).toBe(true);
  });

  it("is a safe image with a title", () => {
    const svg = svgOf(id);
    const elements = new Set([...svg.matchAll(/<([^\s/>!?]+)/g)].map(([, name]) => name));
    for (const name of elements) expect(["svg", "title", "clipPath", "rect", "circle", "g", "path"]).toContain(name);
    const attributes = new Set(
      [...svg.replace(/<title.*<\/title>/, "").matchAll(/\s([\w:-]+)="/g)].map(([, name]) => name ?? ""),
    );
    for (const name of attributes) expect(name).not.toMatch(/^(on|href|xlink|style$)/i);
    expect([...svg.matchAll(/url\(([^)]*)\)/g)].every(([, to]) => to?.startsWith("#"))).toBe(true);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<!|<\?/);
    expect(svg).toContain(`<title id="t">${alts.get(id)}</title>`);
  });

  it("shows a movement or a muscle", () => {
    const svg = svgOf(id);
    const hasArrow = svg.includes('stroke="#14a"');
    const hasMuscle = svg.includes('fill="#e42"');
    expect(hasArrow || hasMuscle).toBe(true);
    if (/\bmarked\b/.test(alts.get(id) ?? "")) expect(hasMuscle).toBe(true);
  });

  it("is small to load and wide enough to see", () => {
    expect(statSync(`${FOLDER}/${id}.svg`).size).toBeLessThan(12 * KILOBYTE);
    const png = readFileSync(`${FOLDER}/png/${id}.png`);
    expect(png.length).toBeLessThan(60 * KILOBYTE);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([720, 540]);
  });
});

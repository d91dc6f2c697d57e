/** `node scripts/pictures/sheet.ts FILE [id …]`: a contact sheet of drawn pictures (all, if no id is given), in the order of the ids. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";

const [file, ...wanted] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node scripts/pictures/sheet.ts FILE [id …]");
const ids =
  wanted.length > 0
    ? wanted
    : readdirSync("content/pictures/png")
        .map((name) => name.replace(".png", ""))
        .sort();
const columns = ids.length > 12 ? 6 : 3;
const [wide, high, gap] = ids.length > 12 ? [240, 180, 8] : [500, 375, 10];
const rows = Math.ceil(ids.length / columns);
const images = ids.map((id, i) => {
  const png = readFileSync(`content/pictures/png/${id}.png`).toString("base64");
  const [x, y] = [gap + (i % columns) * (wide + gap), gap + Math.floor(i / columns) * (high + gap)];
  return `<image x="${x}" y="${y}" width="${wide}" height="${high}" href="data:image/png;base64,${png}"/>`;
});
const [w, h] = [gap + columns * (wide + gap), gap + rows * (high + gap)];
const sheet = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}"><path fill="#8a9499" d="M0 0h${w}v${h}H0z"/>${images.join("")}</svg>`;
writeFileSync(file, new Resvg(sheet).render().asPng());

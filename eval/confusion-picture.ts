import { INTENTS } from "../src/care/labels.ts";

const CELL = 18;
const LEFT = 150;
const TOP = 150;

/** The confusion matrix as an SVG: a row is what was meant, a column what was understood; darker is more. */
export function confusionPicture(confusion: readonly (readonly number[])[]): string {
  const size = INTENTS.length * CELL;
  const cells = confusion.flatMap((row, y) => {
    const count = row.reduce((sum, value) => sum + value, 0);
    return row.map((value, x) => {
      if (value === 0) return "";
      const share = value / count;
      const colour =
        x === y
          ? `rgba(15,118,110,${(0.15 + 0.85 * share).toFixed(2)})`
          : `rgba(180,40,40,${Math.min(1, 0.2 + 2 * share).toFixed(2)})`;
      return `<rect x="${LEFT + x * CELL}" y="${TOP + y * CELL}" width="${CELL - 1}" height="${CELL - 1}" fill="${colour}"><title>${INTENTS[y]} as ${INTENTS[x]}: ${value}</title></rect>`;
    });
  });
  const names = INTENTS.map((name, at) => {
    const middle = at * CELL + CELL / 2 + 4;
    return `<text x="${LEFT - 6}" y="${TOP + middle}" text-anchor="end">${name}</text><text transform="translate(${LEFT + middle} ${TOP - 6}) rotate(-60)">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + size + 70} ${TOP + size + 10}" font-family="system-ui, sans-serif" font-size="11" fill="#1f2933"><title>Confusion of intents: rows meant, columns understood</title><rect width="100%" height="100%" fill="#ffffff"/><rect x="${LEFT}" y="${TOP}" width="${size}" height="${size}" fill="#f3f5f7"/>${cells.join("")}${names.join("")}</svg>\n`;
}

import { type Figure, rounded, type Suite } from "../../bench/figures.ts";
import { escapeXml } from "../escape-xml.ts";

/** One line of the picture: how many times better than a peer something is; below 1 it is worse. */
interface Line {
  readonly what: string;
  readonly peer: string;
  readonly better: number;
}

const WIDTH = 960;
const LEFT = 500;
const RIGHT = 860;
const ROW = 24;
const HEAD = 34;
const TOP = 84;
/** Ends of the scale; what lies beyond is drawn at the end. */
const [LEAST, MOST] = [0.05, 50] as const;
const MARKS = [0.1, 1, 10] as const;

/** Without variables, which some readers of SVG do not know: they show the light colours. */
const STYLE = `
  text { font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1b1f24; }
  .title { font-weight: 600; font-size: 16px; } .suite { font-weight: 600; } .soft { fill: #57606a; font-size: 12px; }
  .paper { fill: #ffffff; } .grid { stroke: #d0d7de; } .one { stroke: #57606a; stroke-width: 1.5; }
  .good { fill: #1f77b4; } .bad { fill: #c2571a; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .soft { fill: #9aa4af; } .paper { fill: #0d1117; } .grid { stroke: #30363d; } .one { stroke: #9aa4af; }
    .good { fill: #6cb6ff; } .bad { fill: #ff9d5c; }
  }`;

/** All ratios of a run on one scale, as SVG for light and dark pages. */
export function speedPicture(suites: readonly Suite[]): string {
  const groups = suites
    .map(({ title, figures }) => ({ title, lines: figures.flatMap(linesOf) }))
    .filter(({ lines }) => lines.length > 0);
  let y = TOP;
  const drawn: string[] = [];
  for (const { title, lines } of groups) {
    y += HEAD;
    drawn.push(`<text x="20" y="${y - 10}" class="suite">${escapeXml(title)}</text>`);
    for (const line of lines) {
      drawn.push(row(line, y));
      y += ROW;
    }
  }
  const height = y + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="speed-title">`,
    `<title id="speed-title">What Unknot costs beside floors and peers of the same run</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="12"/>`,
    `<text x="20" y="34" class="title">Beside floors and peers of the same run</text>`,
    `<text x="20" y="54" class="soft">To the right of the line in the middle Unknot is better, to the left the other. The scale multiplies.</text>`,
    ...MARKS.map((mark) => scaleMark(mark, height)),
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

/** More turns and more right answers are better; of everything else less is. */
function linesOf({ what, unit, beside = [] }: Figure): Line[] {
  const isMoreBetter = unit === "turns/s" || unit === "%";
  return beside.map(({ peer, times }) => ({ what, peer, better: isMoreBetter ? times : 1 / times }));
}

function at(better: number): number {
  const share = Math.log(Math.min(MOST, Math.max(LEAST, better)) / LEAST) / Math.log(MOST / LEAST);
  return Math.round(LEFT + share * (RIGHT - LEFT));
}

function row({ what, peer, better }: Line, y: number): string {
  const [one, end] = [at(1), at(better)];
  const side = better >= 1 ? "good" : "bad";
  const label = better >= 1 ? `${rounded(better)} × better` : `${rounded(1 / better)} × worse`;
  return [
    `<text x="20" y="${y + 12}">${escapeXml(what)} <tspan class="soft">beside ${escapeXml(peer)}</tspan></text>`,
    `<rect class="${side}" x="${Math.min(one, end)}" y="${y + 2}" width="${Math.max(2, Math.abs(end - one))}" height="13" rx="3"/>`,
    `<text x="${RIGHT + 8}" y="${y + 12}" class="soft">${label}</text>`,
  ].join("");
}

function scaleMark(mark: number, height: number): string {
  const x = at(mark);
  const words = mark === 1 ? "the same" : mark > 1 ? `${mark} × better` : `${1 / mark} × worse`;
  return `<path class="${mark === 1 ? "one" : "grid"}" d="M${x} ${TOP}V${height - 16}"/><text x="${x}" y="${TOP - 8}" class="soft" text-anchor="middle">${words}</text>`;
}

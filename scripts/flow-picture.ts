import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { firstAid } from "../dialogs/first-aid/first-aid.ts";
import { escapeXml } from "./escape-xml.ts";

/** `node scripts/flow-picture.ts`: draws docs/flow.svg from the code: the handlers of a message and the steps of first aid. */
const root = join(import.meta.dirname, "..");
const WIDTH = 860;
const ROW = 34;

interface Line {
  readonly name: string;
  readonly note: string;
}

/** The steps in the order of the list, each with the first sentence that its module says about it. */
function steps(): Line[] {
  const source = readFileSync(join(root, "dialogs", "first-aid", "first-aid.ts"), "utf8");
  const list = /firstAid[^=]*= \[([^\]]*)\]/.exec(source)?.[1] ?? "";
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length !== firstAid.length) throw new Error("the list of first-aid.ts could not be read");
  return names.map((name, at) => {
    const file = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "\\./([a-z-]+\\.ts)"`).exec(source)?.[1] ?? "";
    const code = readFileSync(join(root, "dialogs", "first-aid", file), "utf8");
    const note = new RegExp(`/\\*\\* ([^*]*?)[.:;] ?[^*]*\\*/\\nexport const ${name}: Step`).exec(code)?.[1] ?? "";
    return { name: `${spaced(name)} (${firstAid[at]?.name})`, note };
  });
}

/** The handlers of a message, most important first, as respond.ts tries them. */
function handlers(): Line[] {
  const source = readFileSync(join(root, "dialogs", "respond.ts"), "utf8");
  const body = /function handle\([^{]*\{([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  const calls = [...body.matchAll(/(?:if \(|return )([a-z]\w+)\(turn(?:, message)?\)/gi)].map(([, name = ""]) => name);
  return [...new Set(calls)].map((name) => ({ name: spaced(name.replace(/^handle/, "")), note: "" }));
}

function spaced(name: string): string {
  return name
    .replace(/([A-Z])/g, " $1")
    .trim()
    .toLowerCase();
}

function box(x: number, y: number, width: number, { name, note }: Line): string {
  const words = note === "" ? "" : `<text x="${x + width + 10}" y="${y + 19}" class="note">${escapeXml(note)}</text>`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${ROW - 8}" rx="5"/><text x="${x + 10}" y="${y + 18}">${escapeXml(name)}</text>${words}`;
}

function column(x: number, width: number, title: string, lines: readonly Line[]): string {
  const heading = `<text x="${x}" y="34" class="title">${title}</text>`;
  const boxes = lines.map((line, at) => box(x, 50 + at * ROW, width, line));
  const arrows = lines.slice(1).map((_, at) => `<path d="M${x + 16} ${50 + at * ROW + ROW - 8}v8"/>`);
  return [heading, ...boxes, ...arrows].join("\n");
}

/** @returns the picture as SVG */
export function flowPicture(): string {
  const left = handlers();
  const right = steps();
  const height = 70 + Math.max(left.length, right.length) * ROW;
  const style =
    "text{font:13px system-ui,sans-serif;fill:#1b1f24}.title{font-weight:600;font-size:15px}.note{fill:#57606a;font-size:12px}rect{fill:#eef4ff;stroke:#5b7bb4}path{stroke:#5b7bb4}";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t"><title id="t">How a message is taken, and the steps of first aid in their order</title><style>${style}</style>`,
    `<rect width="${WIDTH}" height="${height}" style="fill:#fff;stroke:none"/>`,
    column(20, 190, "A message: the first that takes it", left),
    column(250, 230, "Then the first step still needed", right),
    "</svg>\n",
  ].join("\n");
}

if (import.meta.main) {
  writeFileSync(join(root, "docs", "flow.svg"), flowPicture());
  process.stdout.write("docs/flow.svg is drawn\n");
}

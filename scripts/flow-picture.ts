import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { firstAid } from "../dialogs/first-aid/first-aid.ts";
import { escapeXml } from "./escape-xml.ts";

/** `node scripts/flow-picture.ts`: draws docs/flow.svg from the code: the handlers of a message and the steps of first aid. */
const root = join(import.meta.dirname, "..");
const WIDTH = 1120;
const ROW = 38;
const TOP = 52;
const BOX = 26;
/** As many letters of a note as stand beside a box, in each of two lines. */
const NOTE_LETTERS = 52;

const STYLE =
  "text{font:13px system-ui,sans-serif;fill:#1b1f24}.title{font-weight:600;font-size:15px}.note{fill:#57606a;font-size:11.5px}rect{fill:#eef4ff;stroke:#5b7bb4}path{stroke:#5b7bb4}";

interface Line {
  readonly name: string;
  readonly note: string;
}

interface Column {
  readonly x: number;
  readonly width: number;
  readonly title: string;
  readonly lines: readonly Line[];
}

const dialog = (file: string): string => readFileSync(join(root, "dialogs", file), "utf8");

/** The steps in the order of the list, each with the first sentence that its module says about it. */
function steps(): Line[] {
  const source = dialog("first-aid/first-aid.ts");
  const list = /firstAid[^=]*= \[([^\]]*)\]/.exec(source)?.[1] ?? "";
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length !== firstAid.length) throw new Error("the list of first-aid.ts could not be read");
  return names.map((name, at) => {
    const code = dialog(join("first-aid", importedFrom(source, name) ?? "first-aid.ts"));
    return { name: `${spaced(name)} (${firstAid[at]?.name})`, note: noteOn(code, `const ${name}: Step`) };
  });
}

/** The handlers of a message, most important first, as respond.ts tries them, each with the first sentence about it. */
function handlers(): Line[] {
  const source = dialog("respond.ts");
  const body = /function handle\([^{]*\{([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  const calls = [...body.matchAll(/(?:if \(|return )([a-z]\w+)\(turn(?:, message)?\)/gi)].map(([, name = ""]) => name);
  return [...new Set(calls)].map((asked) => {
    const name = asked.replace(/^is(?=[A-Z])/, "handle");
    const file = importedFrom(source, name);
    return {
      name: spaced(name.replace(/^handle/, "")),
      note: noteOn(file === undefined ? source : dialog(file), `function ${name}(`),
    };
  });
}

/** The file beside it that a source imports a name from. */
function importedFrom(source: string, name: string): string | undefined {
  return new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "\\./([a-z-]+\\.ts)"`).exec(source)?.[1];
}

/** The first sentence of the doc comment that stands before a declaration, or nothing. */
function noteOn(code: string, declaration: string): string {
  const before = code.slice(0, Math.max(0, code.indexOf(declaration)));
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?$/.exec(before)?.[1] ?? "";
  const words = comment.replaceAll(/\n \*/g, " ").replaceAll(/\s+/g, " ").trim();
  return /^.*?[.?!](?= |$)/.exec(words)?.[0].replace(/\.$/, "") ?? words;
}

function spaced(name: string): string {
  return name
    .replace(/([A-Z])/g, " $1")
    .trim()
    .toLowerCase();
}

/** A note in at most two lines; what is longer ends in dots. */
function wrapped(note: string): string[] {
  const lines = [""];
  for (const word of note.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= NOTE_LETTERS) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length <= 2 ? lines : [String(lines[0]), `${lines[1]} …`];
}

function row({ x, width }: Column, y: number, { name, note }: Line): string {
  const lines = note === "" ? [] : wrapped(note);
  const first = y + (lines.length === 1 ? 17 : 10);
  const words = lines.map(
    (line, at) => `<text x="${x + width + 10}" y="${first + at * 14}" class="note">${escapeXml(line)}</text>`,
  );
  return `<rect x="${x}" y="${y}" width="${width}" height="${BOX}" rx="5"/><text x="${x + 10}" y="${y + 17}">${escapeXml(name)}</text>${words.join("")}`;
}

function column(drawn: Column): string {
  const { x, title, lines } = drawn;
  const arrows = lines.slice(1).map((_, at) => `<path d="M${x + 16} ${TOP + at * ROW + BOX}v${ROW - BOX}"/>`);
  const boxes = lines.map((line, at) => row(drawn, TOP + at * ROW, line));
  return [`<text x="${x}" y="32" class="title">${title}</text>`, ...arrows, ...boxes].join("\n");
}

/** @returns the picture as SVG */
export function flowPicture(): string {
  const left = { x: 20, width: 150, title: "A message: the first that takes it answers", lines: handlers() };
  const right = { x: 520, width: 250, title: "Then the first step of first aid still needed", lines: steps() };
  const height = TOP + 10 + Math.max(left.lines.length, right.lines.length) * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t"><title id="t">How a message is taken, and the steps of first aid in their order</title><style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${height}" rx="12" style="fill:#fff;stroke:none"/>`,
    column(left),
    column(right),
    "</svg>\n",
  ].join("\n");
}

if (import.meta.main) {
  writeFileSync(join(root, "docs", "flow.svg"), flowPicture());
  process.stdout.write("docs/flow.svg is drawn\n");
}

/** `node scripts/architecture-picture.ts`: draws docs/architecture.svg, the parts of the program and their real imports. */
import { writeFileSync } from "node:fs";
import { type Import, type Imports, type Part, readImports } from "./architecture/imports.ts";
import { escapeXml } from "./escape-xml.ts";

const FILE = "docs/architecture.svg";
const WIDTH = 1080;
const HEIGHT = 970;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly fill: string;
  readonly title: string;
  readonly path: string;
  readonly does: string;
}

const MAIN = { x: 340, w: 520 };
const SIDE = { x: 84, w: 206 };

const BOXES: Readonly<Record<Part, Box>> = {
  composition: {
    x: SIDE.x,
    y: 16,
    w: MAIN.x + MAIN.w - SIDE.x,
    h: 104,
    fill: "#e9e6f5",
    title: "composition",
    path: "src/main.ts, chat.ts, …",
    does: "reads the settings, opens the rest, puts it together",
  },
  web: { ...SIDE, y: 140, h: 132, fill: "#fdeee0", title: "web", path: "web/", does: "the chat in the browser" },
  server: {
    ...MAIN,
    y: 140,
    h: 84,
    fill: "#e0edfb",
    title: "server",
    path: "src/server.ts",
    does: "HTTP: routes, limits, health, the page",
  },
  channels: {
    ...MAIN,
    y: 260,
    h: 120,
    fill: "#e0edfb",
    title: "channels",
    path: "src/channels/",
    does: "from an activity to a message, from a reply to an activity",
  },
  store: { ...SIDE, y: 430, h: 108, fill: "#ece9e2", title: "store", path: "src/store/", does: "state, timers, replies" },
  turns: {
    ...MAIN,
    y: 430,
    h: 84,
    fill: "#e0f3ee",
    title: "turns",
    path: "src/turns/",
    does: "one turn at a time: load, respond, commit, send; timers",
  },
  dialogs: {
    ...MAIN,
    y: 550,
    h: 84,
    fill: "#dff3da",
    title: "dialogs",
    path: "dialogs/",
    does: "the conversation; pure: no clock, no file, no network",
  },
  understanding: {
    ...MAIN,
    y: 670,
    h: 84,
    fill: "#dff3da",
    title: "understanding",
    path: "src/understanding/",
    does: "from text to meaning",
  },
  care: {
    ...MAIN,
    y: 790,
    h: 84,
    fill: "#dff3da",
    title: "care",
    path: "src/care/",
    does: "loads and checks the content; rules and the decision table",
  },
  ground: {
    ...SIDE,
    y: 830,
    h: 84,
    fill: "#f2f2f2",
    title: "ground",
    path: "src/errors.ts, config.ts, …",
    does: "anything may use it",
  },
};
/** From top to bottom: imports may only go down. */
const COLUMN: readonly Part[] = ["server", "channels", "turns", "dialogs", "understanding", "care"];
/** These two are told in words: arrows to and from everything would hide the rest. */
const IN_WORDS: ReadonlySet<Part> = new Set(["composition", "ground"]);

/** The picture as SVG. @throws Error when an import has no place in the picture */
export async function architecturePicture(): Promise<string> {
  const imports = await readImports();
  const drawn = imports.between.filter(({ from, to }) => !IN_WORDS.has(from) && !IN_WORDS.has(to));
  const down = drawn.filter(({ from, to }) => COLUMN.includes(from) && COLUMN.includes(to));
  const side = drawn.filter((one) => !down.includes(one));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="14" fill="#222">`,
    `<title>The parts of Unknot and what each imports</title>`,
    `<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 1 9 5 0 9z" fill="#335"/></marker></defs>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="12" fill="#fff"/>`,
    ...lanes(down),
    ...down.filter(isNext).map(straightDown),
    ...side.map(sideways),
    ...(Object.keys(BOXES) as Part[]).map((part) => drawBox(part, imports)),
    contentBox(),
    legend(),
    "</svg>",
    "",
  ].join("\n");
}

function drawBox(part: Part, imports: Imports): string {
  const { x, y, w, h, fill, title, path, does } = BOXES[part];
  const narrow = w === SIDE.w;
  const at = (line: number) => y + 26 + line * 21;
  const lines = narrow
    ? [text(x + 14, at(0), title, "b"), text(x + 14, at(1), path, "m"), text(x + 14, at(2) - 1, does)]
    : [text(x + 14, at(0), title, "b"), text(x + w - 14, at(0), path, "m", "end"), text(x + 14, at(1), does)];
  const packages = imports.packages.get(part) ?? [];
  const folders = imports.folders.get(part) ?? [];
  let line = lines.length - (narrow ? 0 : 1);
  for (const words of [inWords(part, imports), packages.length > 0 ? `npm: ${packages.join(", ")}` : ""]) {
    if (words !== "") lines.push(text(x + 14, at(line++), words, "s"));
  }
  if (folders.length > 1) lines.push(text(x + 14, at(line), `folders: ${folders.join(", ")}`, "s"));
  return `<g><rect x="${x}" y="${y}" width="${w}" height="${h}" rx="8" fill="${fill}" stroke="#667"/>${lines.join("")}</g>`;
}

/** What the two parts without arrows import, or are imported by. */
function inWords(part: Part, { between }: Imports): string {
  if (part === "composition") {
    const used = between.filter(({ from, to, typesOnly }) => from === part && !typesOnly && to !== "ground").map(({ to }) => to);
    return `imports ${used.sort(byHeight).join(", ")}`;
  }
  return "";
}

function byHeight(a: Part, b: Part): number {
  return BOXES[a].y - BOXES[b].y || BOXES[b].x - BOXES[a].x;
}

function isNext({ from, to }: Import): boolean {
  return COLUMN.indexOf(to) === COLUMN.indexOf(from) + 1;
}

function straightDown({ from, to, typesOnly }: Import): string {
  const x = MAIN.x + MAIN.w / 2;
  return arrow(`M${x} ${BOXES[from].y + BOXES[from].h}V${BOXES[to].y}`, typesOnly);
}

/** Imports that skip a part run down on the right, the shorter the nearer; the order of their ends keeps crossings few. */
function lanes(down: readonly Import[]): string[] {
  const span = ({ from, to }: Import) => COLUMN.indexOf(to) - COLUMN.indexOf(from);
  const skipping = down.filter((one) => !isNext(one)).sort((a, b) => span(a) - span(b) || byHeight(a.from, b.from));
  const wrong = skipping.find((one) => span(one) < 0);
  if (wrong !== undefined) throw new Error(`${wrong.from} imports ${wrong.to}, which stands above it`);
  const endY = (part: Part, lane: number, leaves: boolean) => {
    const arriving = skipping.flatMap((one, at) => (one.to === part ? [{ at, out: false }] : []));
    const leaving = skipping.flatMap((one, at) => (one.from === part ? [{ at, out: true }] : [])).reverse();
    const ends = [...arriving, ...leaving];
    const place = ends.findIndex((end) => end.at === lane && end.out === leaves);
    return BOXES[part].y + (BOXES[part].h * (place + 1)) / (ends.length + 1);
  };
  const right = MAIN.x + MAIN.w;
  return skipping.map(({ from, to, typesOnly }, lane) => {
    const x = right + 24 + lane * 22;
    return arrow(`M${right} ${endY(from, lane, true)}H${x}V${endY(to, lane, false)}H${right}`, typesOnly);
  });
}

/** The imports of the parts on the left. */
function sideways({ from, to, typesOnly }: Import): string {
  const left = MAIN.x;
  const { x, y, w, h } = BOXES[from];
  const key = `${from} ${to}`;
  const paths: Readonly<Record<string, string>> = {
    "turns store": `M${left} ${BOXES.turns.y + h / 2}H${SIDE.x + SIDE.w}`,
    "channels store": `M${left} ${y + h - 24}H${SIDE.x + SIDE.w / 2}V${BOXES.store.y}`,
    "web channels": `M${x + w / 1.5} ${y + h}V${BOXES.channels.y + 36}H${left}`,
    "web dialogs": `M${x} ${y + 80}H${x - 24}V${BOXES.dialogs.y + 42}H${left}`,
    "web care": `M${x} ${y + 50}H${x - 48}V${BOXES.care.y + 20}H${left}`,
  };
  const path = paths[key];
  if (path === undefined) throw new Error(`${from} imports ${to}: say in scripts/architecture-picture.ts how to draw it`);
  return arrow(path, typesOnly);
}

function contentBox(): string {
  const y = BOXES.care.y + BOXES.care.h;
  const x = MAIN.x + MAIN.w / 2;
  return [
    arrow(`M${x} ${y}V${y + 28}`, false, "1 4"),
    `<rect x="${MAIN.x}" y="${y + 28}" width="${MAIN.w}" height="40" rx="8" fill="#fffbe0" stroke="#667" stroke-dasharray="6 4"/>`,
    text(MAIN.x + 14, y + 53, "content", "b"),
    text(MAIN.x + 100, y + 53, "data that a clinician edits, never imported"),
    text(MAIN.x + MAIN.w - 14, y + 53, "content/en/", "m", "end"),
  ].join("");
}

function legend(): string {
  const x = MAIN.x + MAIN.w + 24;
  return [
    arrow(`M${x} 40H${x + 40}`, false),
    text(x + 50, 45, "imports", "s"),
    arrow(`M${x} 64H${x + 40}`, true),
    text(x + 50, 69, "imports types", "s"),
    arrow(`M${x} 88H${x + 40}`, false, "1 4"),
    text(x + 50, 93, "reads files", "s"),
  ].join("");
}

function arrow(path: string, typesOnly: boolean, dashes = typesOnly ? "7 4" : ""): string {
  const dashed = dashes === "" ? "" : ` stroke-dasharray="${dashes}"`;
  return `<path d="${path}" fill="none" stroke="#335" stroke-width="1.6"${dashed} marker-end="url(#a)"/>`;
}

const STYLES = {
  b: 'font-weight="700" font-size="17"',
  m: `font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12.5" fill="#445"`,
  s: 'font-size="13" fill="#445"',
  p: "",
} as const;

function text(x: number, y: number, words: string, style: keyof typeof STYLES = "p", anchor?: "end"): string {
  const end = anchor === undefined ? "" : ' text-anchor="end"';
  return `<text x="${x}" y="${y}" ${STYLES[style]}${end}>${escapeXml(words)}</text>`;
}

if (import.meta.main) {
  writeFileSync(FILE, await architecturePicture());
  process.stdout.write(`${FILE} drawn\n`);
}

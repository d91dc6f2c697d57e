import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { besideOf, type Figure, type Suite, shownValue } from "../bench/figures.ts";
import { speedPicture } from "./figures/picture.ts";

/** `node scripts/figures-page.ts`: writes docs/figures.md and draws docs/speed.svg from what `npm run bench -- --save` kept. */
export interface Kept {
  /** The day it was measured. */
  readonly day: string;
  readonly machine: string;
  /** Anything a reader should know of the circumstances. */
  readonly note?: string;
  readonly suites: readonly Suite[];
}

const root = join(import.meta.dirname, "..");

export function keptFigures(): Kept {
  return JSON.parse(readFileSync(join(root, "bench", "figures.json"), "utf8")) as Kept;
}

/** The tables as Markdown. */
export function figuresPage({ day, machine, note = "", suites }: Kept): string {
  return [
    "# Measured figures",
    "",
    "Made by `node scripts/figures-page.ts` from `bench/figures.json`, which `npm run bench -- --save bench/figures.json` wrote. How to",
    "read and measure them: [performance.md](performance.md).",
    "",
    `Measured on ${day}: ${machine}. ${note}`.trimEnd(),
    ...suites.flatMap(tableOf),
    "",
  ].join("\n");
}

function tableOf({ title, figures }: Suite): string[] {
  const goalOf = ({ goal }: Figure) => (goal === undefined ? "" : `${goal.words}: ${goal.met ? "met" : "**missed**"}`);
  const rows = figures.map((one) => `| ${one.what} | ${shownValue(one)} | ${besideOf(one)} | ${goalOf(one)} |`);
  return ["", `## ${title}`, "", "| what | figure | beside | goal |", "| --- | --- | --- | --- |", ...rows];
}

if (import.meta.main) {
  const kept = keptFigures();
  writeFileSync(join(root, "docs", "figures.md"), figuresPage(kept));
  writeFileSync(join(root, "docs", "speed.svg"), speedPicture(kept.suites));
}

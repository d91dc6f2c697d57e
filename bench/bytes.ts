import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildWeb } from "../scripts/build-web.ts";
import type { Figure, Suite } from "./figures.ts";
import { ROOT } from "./support.ts";

/**
 * What a browser loads, beside Lit alone, and beside stock Web Chat.
 * @param webchat dist/webchat.js of botframework-webchat; it is not part of this project
 */
export async function benchBytes(webchat: string | null): Promise<Suite> {
  await buildWeb();
  const dist = (file: string) => readFileSync(join(ROOT, "web", "dist", file));
  const widget = dist("widget.js");
  const lit = await bundledLit();
  const peers = { "Lit alone": lit, ...(webchat === null ? {} : { "stock Web Chat": readFileSync(webchat) }) };
  const figure = (what: string, size: (bytes: Buffer) => number): Figure => ({
    what,
    value: size(widget) / 1000,
    unit: "KB",
    beside: Object.entries(peers).map(([peer, bytes]) => ({ peer, times: size(widget) / size(bytes) })),
  });
  const page = ["index.html", "page.css", "widget.js", "page.js"].map(dist);
  return {
    title: "Bytes of the web chat",
    figures: [
      figure("the widget, gzip", (bytes) => gzipSync(bytes).length),
      figure("the widget, brotli", (bytes) => brotliCompressSync(bytes).length),
      figure("the widget, as it is", ({ length }) => length),
      { what: "the whole page, gzip", value: page.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000, unit: "KB" },
    ],
  };
}

async function bundledLit(): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents: 'export { LitElement, html, css } from "lit";', resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "lit",
    write: false,
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HttpError, type Route } from "./http.ts";

/** Drawings change with a release at most; a day later everybody has the new one. */
const CACHE = "public, max-age=86400";
/** An SVG that is opened by itself runs nothing and loads nothing. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

interface Drawing {
  readonly bytes: Buffer;
  readonly type: string;
  readonly tag: string;
}

/**
 * `GET /pictures/<id>.svg` and `.png`: the pictures of the stretches. What the folder holds is read once at the start and
 * served by name, so a path in the name leads nowhere.
 * @param folder holds `<id>.svg`, and `png/<id>.png` for channels that show no SVG
 */
export function pictureRoutes(folder: string): readonly Route[] {
  const drawings = new Map([...read(folder, ".svg", "image/svg+xml"), ...read(join(folder, "png"), ".png", "image/png")]);
  return [
    {
      method: "GET",
      path: "/pictures/:file",
      cors: false,
      handle: async ({ request, response, params }) => {
        const drawing = drawings.get(params["file"] ?? "");
        if (drawing === undefined) throw new HttpError(404, "NotFound", "There is no picture of this name.");
        const headers = { "Cache-Control": CACHE, ETag: drawing.tag, "Cross-Origin-Resource-Policy": "cross-origin" };
        if (request.headers["if-none-match"] === drawing.tag) {
          response.writeHead(304, headers);
          response.end();
          return;
        }
        response.writeHead(200, {
          ...headers,
          "Content-Type": drawing.type,
          "Content-Length": drawing.bytes.length,
          "Content-Security-Policy": SVG_POLICY,
        });
        response.end(drawing.bytes);
      },
    },
  ];
}

function read(folder: string, extension: string, type: string): [string, Drawing][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, { bytes, type, tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` }];
    });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "./caller.ts";

/** A request whose path matched a route. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly caller: Caller;
  /** How clients reach this server, such as "https://bot.example". */
  readonly origin: string;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** Restify's notation: "/v3/directline/conversations/:id". */
  readonly path: string;
  readonly handle: (call: Call) => Promise<void>;
  /** Whom browsers may call it from: the sites of WEB_ORIGINS as well, or only this server's own pages. */
  readonly cors: boolean;
}

/** A refusal with its status and a stable code; the message may be shown to anybody. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(text);
}

/** Errors in the shape of the Bot Framework: `{ error: { code, message } }`. */
export function sendError(response: ServerResponse, error: HttpError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  sendJson(response, error.status, { error: { code: error.code, message: error.message } });
}

const LARGEST_BODY = 64 * 1024;
/** No channel nests further; what reads or writes nested values calls itself for each level. */
const DEEPEST = 64;

/**
 * Reads a JSON object from the body. Own code, since restify's reader inflates gzip without a limit and takes multipart to
 * disk (docs/security.md).
 * @returns null for an empty body
 * @throws HttpError 400, 408, 413, 415
 */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await readText(request);
  if (text === "") return null;
  if (isTooDeep(text)) throw new HttpError(400, "BadArgument", `The body is nested more than ${DEEPEST} levels deep.`);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new HttpError(400, "BadSyntax", "The body is not valid JSON.");
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new HttpError(400, "BadArgument", "The body must be a JSON object.");
  }
  return data as Record<string, unknown>;
}

/**
 * Reads the text of a JSON body, as it came: a signature covers it byte for byte.
 * @returns an empty text for an empty body
 * @throws HttpError 408, 413, 415
 */
export async function readText(request: IncomingMessage): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST_BODY) throw tooLarge();
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new HttpError(415, "UnsupportedMediaType", "Send the body without content encoding.");
  }
  const bytes = await readBytes(request);
  if (bytes.length === 0) return "";
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new HttpError(415, "UnsupportedMediaType", "Send the body as application/json.");
  }
  return bytes.toString("utf8");
}

/** By its events: an async iterator costs more than all else that is done with a body of this size. */
async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const broken = () => reject(new HttpError(408, "RequestTimeout", "The body did not arrive."));
    if (request.destroyed) return broken();
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else {
        request.pause();
        reject(tooLarge());
      }
    });
    request.once("end", () => {
      // It closes after each body that arrived, and an error takes long to make.
      request.off("close", broken);
      resolve();
    });
    request.once("close", broken);
  });
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

/** Counts brackets outside of texts. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (inText) {
      if (sign === "\\") at++;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === "{" || sign === "[") {
      depth++;
      if (depth > DEEPEST) return true;
    } else if (sign === "}" || sign === "]") depth--;
  }
  return false;
}

function tooLarge(): HttpError {
  return new HttpError(413, "PayloadTooLarge", `The body may have ${LARGEST_BODY / 1024} KB at most.`, { Connection: "close" });
}

import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import restify from "restify";
import { type Caller, callerOf } from "./channels/http/caller.ts";
import { type Call, HttpError, type Route, sendError, sendJson } from "./channels/http/http.ts";
import { isReadable } from "./channels/http/readable.ts";
import { refuseUpgrade } from "./channels/http/upgrade.ts";
import { UserError } from "./errors.ts";
import { withRequestId } from "./request-id.ts";

export interface ServerParts {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly trustProxy: number;
  /** Sites that may call the routes with `cors`. */
  readonly origins: readonly string[];
  readonly routes: readonly Route[];
  /** Takes WebSocket upgrades; whatever it does not take is refused. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => boolean;
  /** Folder of the built page and widget. */
  readonly webFolder: string;
  readonly ready: () => Promise<boolean>;
  readonly metrics: () => Promise<string>;
  readonly failed: (error: unknown) => void;
  readonly patience?: Patience;
}

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** From the first byte of a request to the end of its headers, and to the end of its body. */
  readonly headers: number;
  readonly request: number;
  /** Without a byte in either direction, also while an answer is not taken. */
  readonly silence: number;
  /** How often the slow are looked for. */
  readonly check: number;
}

export interface Server {
  readonly port: number;
  /** Takes no new connections and resolves when the open requests are answered. */
  close(): Promise<void>;
}

/** Nobody needs longer: a client that sends a byte now and then holds no place. */
const PATIENCE: Patience = { headers: 10_000, request: 15_000, silence: 75_000, check: 2_000 };
const KEEP_ALIVE = 65_000;
const PREFLIGHT_SECONDS = "600";

const ALWAYS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Files of the page, by the path they are served under. */
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string; readonly shared?: boolean }>> = {
  "/": { file: "index.html", type: "text/html; charset=utf-8" },
  "/page.css": { file: "page.css", type: "text/css; charset=utf-8" },
  "/widget.js": { file: "widget.js", type: "text/javascript; charset=utf-8", shared: true },
  "/page.js": { file: "page.js", type: "text/javascript; charset=utf-8" },
  "/sw.js": { file: "sw.js", type: "text/javascript; charset=utf-8" },
  "/favicon.svg": { file: "favicon.svg", type: "image/svg+xml" },
};

/** Restify's door before all others; its types leave it out. */
interface WithFirst extends restify.Server {
  first(door: (request: IncomingMessage, response: ServerResponse) => boolean): void;
}

/**
 * Serves the routes, the page, health and metrics.
 * @throws UserError port-in-use, listen-failed
 */
export async function startServer(parts: ServerParts): Promise<Server> {
  const server = restify.createServer({ name: "unknot", ignoreTrailingSlash: true });
  const patience = parts.patience ?? PATIENCE;
  // Restify makes the server itself and takes none of these.
  Object.assign(server.server, {
    requestTimeout: patience.request,
    headersTimeout: patience.headers,
    timeout: patience.silence,
    connectionsCheckingInterval: patience.check,
    keepAliveTimeout: KEEP_ALIVE,
  });

  (server as WithFirst).first((request, response) => {
    if (isReadable(request)) return true;
    sendError(response, new HttpError(400, "BadRequest", "The request cannot be read.", { Connection: "close" }));
    return false;
  });
  server.pre((_request, response, next) => {
    for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
    next();
  });
  for (const route of [...parts.routes, ...healthRoutes(parts), ...fileRoutes(parts.webFolder)]) mount(server, route, parts);
  for (const path of new Set(parts.routes.filter(({ cors }) => cors).map((route) => route.path)))
    allowPreflight(server, path, parts);
  // The callback is never called: restify would then send the error once more, and throw where nobody catches it.
  server.on("restifyError", (_request: unknown, response: restify.Response, error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal.status === 500) parts.failed(error);
    sendError(response, refusal);
  });
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const caller = callerOf(request, parts.trustProxy);
    const welcome = isReadable(request) && isOwnOrAllowed(parts, request);
    if (!welcome || !parts.upgrade(request, socket, head, caller)) refuseUpgrade(socket, "404 Not Found");
  });
  await listen(server, parts);
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : parts.port,
    close: () =>
      new Promise((resolve) => {
        server.server.close(() => resolve());
        server.server.closeIdleConnections();
      }),
  };
}

/** What restify could not route, in the shape of all other errors. */
function refusalOf(error: unknown): HttpError {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 500;
  if (status === 404) return new HttpError(404, "NotFound", "There is nothing at this address.");
  if (status === 405) return new HttpError(405, "MethodNotAllowed", "This address does not take this method.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new HttpError(status, "BadRequest", "The request cannot be read.");
  return new HttpError(500, "ServiceError", "Something went wrong.");
}

function mount(server: restify.Server, route: Route, parts: ServerParts): void {
  const handle = async (request: restify.Request, response: restify.Response): Promise<void> => {
    try {
      if (route.cors) allowOrigin(parts, request, response);
      await route.handle(callOf(parts, request, response));
    } catch (error) {
      if (error instanceof HttpError) return sendError(response, error);
      parts.failed(error);
      sendError(response, new HttpError(500, "ServiceError", "Something went wrong."));
    }
  };
  const named = async (request: restify.Request, response: restify.Response): Promise<void> =>
    await withRequestId(traceparentOf(request), async (id) => {
      response.setHeader("X-Request-Id", id);
      await handle(request, response);
    });
  if (route.method === "GET") server.get(route.path, named);
  else server.post(route.path, named);
}

function traceparentOf({ headers }: IncomingMessage): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === "string" ? traceparent : undefined;
}

function callOf(parts: ServerParts, request: restify.Request, response: restify.Response): Call {
  return {
    request,
    response,
    params: (request.params ?? {}) as Record<string, string>,
    get query() {
      return new URLSearchParams(request.getQuery());
    },
    caller: callerOf(request, parts.trustProxy),
    get origin() {
      return originOf(parts, request);
    },
  };
}

/** How the client reaches this server. */
function originOf({ publicUrl, trustProxy }: ServerParts, request: IncomingMessage): string {
  if (publicUrl !== null) return publicUrl;
  const proto = trustProxy > 0 ? String(request.headers["x-forwarded-proto"] ?? "http").split(",")[0] : "http";
  return `${proto === "https" ? "https" : "http"}://${request.headers.host ?? "localhost"}`;
}

/** Browsers tell where a script comes from; anything else has no Origin and is no page's doing. */
function isOwnOrAllowed(parts: ServerParts, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  // The Host header is the client's own words: it may be no address at all.
  return parts.origins.includes(origin) || origin === URL.parse(originOf(parts, request))?.origin;
}

/** @throws HttpError 403 for a page of another site */
function allowOrigin(parts: ServerParts, request: IncomingMessage, response: restify.Response): void {
  const { origin } = request.headers;
  response.setHeader("Vary", "Origin");
  if (!isOwnOrAllowed(parts, request))
    throw new HttpError(403, "OriginRefused", "This site may not use the chat. WEB_ORIGINS names those that may.");
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Expose-Headers", "Retry-After, X-Request-Id");
}

/** A browser asks before it calls from another site. */
function allowPreflight(server: restify.Server, path: string, parts: ServerParts): void {
  server.opts(path, async (request: restify.Request, response: restify.Response): Promise<void> => {
    try {
      allowOrigin(parts, request, response);
      response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
      response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, x-ms-bot-agent, X-Requested-With");
      response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      response.writeHead(204);
      response.end();
    } catch (error) {
      sendError(response, error instanceof HttpError ? error : refusalOf(error));
    }
  });
}

function healthRoutes({ ready, metrics }: ServerParts): Route[] {
  return [
    {
      method: "GET",
      path: "/healthz",
      cors: false,
      handle: async ({ response }) => sendJson(response, 200, { status: "alive" }),
    },
    {
      method: "GET",
      path: "/readyz",
      cors: false,
      handle: async ({ response }) => {
        const good = await ready();
        sendJson(response, good ? 200 : 503, { status: good ? "ready" : "not ready" });
      },
    },
    {
      method: "GET",
      path: "/metrics",
      cors: false,
      handle: async ({ response }) => {
        const text = await metrics();
        response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
        response.end(text);
      },
    },
  ];
}

/** The page and the widget, read once. */
function fileRoutes(folder: string): Route[] {
  return Object.entries(FILES).map(([path, { file, type, shared }]) => {
    const bytes = readFileSync(join(folder, file));
    return {
      method: "GET",
      path,
      cors: false,
      handle: async ({ response }) => {
        response.writeHead(200, {
          "Content-Type": type,
          "Content-Length": bytes.length,
          "Cache-Control": "no-cache",
          "Content-Security-Policy": PAGE_POLICY,
          "Cross-Origin-Resource-Policy": shared === true ? "cross-origin" : "same-origin",
        });
        response.end(bytes);
      },
    };
  });
}

async function listen(server: restify.Server, { host, port }: ServerParts): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // Restify passes the error on to itself first, and throws it when nobody listens there.
    server.on("error", (error: NodeJS.ErrnoException) => {
      const what =
        error.code === "EADDRINUSE"
          ? new UserError("port-in-use", `port ${port} of ${host} is in use. Stop what uses it, or set PORT to another number.`)
          : new UserError("listen-failed", `cannot listen on ${host}:${port}: ${error.message}`);
      reject(what);
    });
    server.listen(port, host, () => resolve());
  });
}

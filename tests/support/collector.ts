import { createServer, type Server } from "node:http";
import { bodyOf, listening } from "./loopback.ts";

/** What arrived at a collector of OpenTelemetry, over real HTTP. */
export interface Collector {
  readonly url: string;
  readonly got: { readonly path: string; readonly headers: Readonly<Record<string, unknown>>; readonly text: string }[];
  /** The next calls are answered so, in turn; then 200. */
  readonly answers: number[];
  // Bodies as the tests look into them.
  spans(): Record<string, unknown>[];
  metrics(): Record<string, unknown>[];
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const got: Collector["got"] = [];
  const answers: number[] = [];
  const server: Server = createServer(async (request, response) => {
    got.push({ path: request.url ?? "", headers: request.headers, text: await bodyOf(request) });
    response.statusCode = answers.shift() ?? 200;
    response.end("{}");
  });
  const url = await listening(server);
  const bodies = (path: string) => got.filter((one) => one.path === path).map(({ text }) => JSON.parse(text));
  return {
    url,
    got,
    answers,
    spans: () => bodies("/v1/traces").flatMap(({ resourceSpans }) => resourceSpans[0].scopeSpans[0].spans),
    metrics: () => bodies("/v1/metrics").flatMap(({ resourceMetrics }) => resourceMetrics[0].scopeMetrics[0].metrics),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

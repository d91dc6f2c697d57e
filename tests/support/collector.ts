import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

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
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({ path: request.url ?? "", headers: request.headers, text: Buffer.concat(chunks).toString() });
    response.statusCode = answers.shift() ?? 200;
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bodies = (path: string) => got.filter((one) => one.path === path).map(({ text }) => JSON.parse(text));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "web");

export interface Demo {
  /** Such as "http://127.0.0.1:3979". */
  readonly address: string;
  close(): Promise<void>;
}

/** A page of another site that embeds the chat. Its policy allows the chat's server and nothing else. */
export async function serveDemo(port: number, chatServer: () => string): Promise<Demo> {
  const server = createServer((request, response) => {
    const isStyle = request.url === "/demo.css";
    const text = readFileSync(join(folder, isStyle ? "demo.css" : "demo.html"), "utf8");
    const from = chatServer();
    response.writeHead(200, {
      "Content-Type": isStyle ? "text/css; charset=utf-8" : "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; script-src ${from}; connect-src ${from} ${from.replace(/^http/, "ws")}; img-src ${from}; style-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`,
    });
    response.end(text.replaceAll("{{server}}", from));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `node scripts/demo.ts [address of the chat's server]`: that server needs WEB_ORIGINS=http://127.0.0.1:3979. */
if (import.meta.main) {
  const demo = await serveDemo(3979, () => process.argv[2] ?? "http://127.0.0.1:3978");
  process.stdout.write(`${demo.address}\n`);
}

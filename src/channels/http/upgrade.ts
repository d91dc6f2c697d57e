import type { Duplex } from "node:stream";

/**
 * Answers an upgrade that is not taken, and lets the connection go. Ended alone it would stay half open for as long as the
 * client likes, since no timeout of the HTTP server covers it any more.
 * @param answer such as "404 Not Found"
 */
export function refuseUpgrade(socket: Duplex, answer: string, headers: readonly string[] = []): void {
  const lines = [`HTTP/1.1 ${answer}`, ...headers, "Connection: close", "Content-Length: 0"];
  socket.end(`${lines.join("\r\n")}\r\n\r\n`, () => socket.destroy());
}

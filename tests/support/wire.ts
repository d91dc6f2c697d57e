import { connect, createServer, type Socket } from "node:net";
import { listening } from "./loopback.ts";

/** A line to the server that can be cut, as networks do. */
export interface Wire {
  readonly address: string;
  /** Breaks every open connection; new ones are let through. */
  cut(): void;
  close(): Promise<void>;
}

export async function layWire(to: string): Promise<Wire> {
  const open = new Set<Socket>();
  const port = Number(new URL(to).port);
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  const address = await listening(server);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    address,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

import { once } from "node:events";
import { createServer } from "node:net";
import { listening } from "./loopback.ts";

/** A port of 127.0.0.1 that is free now: for a program that must be told one, or started again at the same. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const { port } = new URL(await listening(probe));
  probe.close();
  await once(probe, "close");
  return Number(port);
}

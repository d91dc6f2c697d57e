import { Agent, createServer } from "node:http";
import type { Store } from "../../src/store/store.ts";
import { SECRET, startTarget } from "../../tests/security/target.ts";
import { listening } from "../../tests/support/loopback.ts";
import { playSession, type Stage } from "./session.ts";
import type { Trouble } from "./trouble.ts";

export interface Requests {
  play(seed: number): Promise<Trouble | null>;
  close(): Promise<void>;
}

/** The whole server on loopback, with a channel that takes what it posts. */
export async function startRequests(texts: readonly string[], store?: Store): Promise<Requests> {
  const target = await startTarget({}, undefined, store);
  const channel = createServer((request, response) => {
    request.resume();
    response.setHeader("Content-Type", "application/json");
    response.end('{"id":"taken"}');
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  const stage: Stage = {
    url: target.url,
    agent,
    texts,
    secret: SECRET,
    sink: `${await listening(channel)}/`,
    // Of an address that was mutated into one where nobody listens, the failure is the right answer.
    failures: () => [...target.failures.splice(0).filter((one) => !isUndelivered(one)), ...uncaught.splice(0)],
    advance: (seconds) => target.advance(seconds),
  };
  return {
    play: async (seed) => {
      const trouble = await playSession(stage, seed);
      target.seen.length = 0;
      return trouble;
    },
    close: async () => {
      process.off("uncaughtException", note);
      process.off("unhandledRejection", note);
      agent.destroy();
      channel.closeAllConnections();
      channel.close();
      await target.close();
    },
  };
}

function isUndelivered(error: unknown): boolean {
  return error instanceof Error && error.name === "ConnectorError";
}

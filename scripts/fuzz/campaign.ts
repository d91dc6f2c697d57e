import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Store } from "../../src/store/store.ts";
import { SECRET, startTarget } from "../../tests/security/target.ts";
import { realTexts } from "./seeds.ts";
import { playSession, STEPS, type Stage, type Trouble } from "./session.ts";

/** Seeds that once found something; each is played again in every run. What they found: docs/security.md. */
export const FOUND: readonly number[] = [];

export interface Campaign {
  readonly seed: number;
  /** Requests, at least. */
  readonly count: number;
  readonly store?: Store;
  /** Sessions side by side. */
  readonly atOnce?: number;
  readonly until?: () => boolean;
  /** Told now and then: requests so far. */
  readonly progress?: (requests: number) => void;
}

export interface Outcome {
  readonly requests: number;
  readonly troubles: readonly Trouble[];
}

const MOST_TROUBLES = 20;
const TELL_EVERY = 400;

/** Plays sessions of consecutive seeds against the whole server, those that once failed first. */
export async function runCampaign({ seed, count, store, atOnce = 4, until = () => false, progress }: Campaign): Promise<Outcome> {
  const target = await startTarget({}, undefined, store);
  const channel = createServer((request, response) => {
    request.resume();
    response.setHeader("Content-Type", "application/json");
    response.end('{"id":"taken"}');
  }).listen(0, "127.0.0.1");
  await once(channel, "listening");
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  const stage: Stage = {
    url: target.url,
    agent,
    texts: realTexts(),
    secret: SECRET,
    sink: `http://127.0.0.1:${(channel.address() as AddressInfo).port}/`,
    // Of an address that was mutated into one where nobody listens, the failure is the right answer.
    failures: () => [...target.failures.splice(0).filter((one) => !isUndelivered(one)), ...uncaught.splice(0)],
    advance: (seconds) => target.advance(seconds),
  };
  const sessions = Math.ceil(count / STEPS);
  const seeds = [...FOUND, ...Array.from({ length: sessions }, (_, at) => seed + at)];
  const troubles: Trouble[] = [];
  let played = 0;
  const worker = async () => {
    for (let next = seeds.shift(); next !== undefined && !until(); next = seeds.shift()) {
      const trouble = await playSession(stage, next);
      if (trouble !== null) troubles.push(trouble);
      if (troubles.length >= MOST_TROUBLES) return;
      target.seen.length = 0;
      played++;
      if (played % TELL_EVERY === 0) progress?.(played * STEPS);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.off("uncaughtException", note);
  process.off("unhandledRejection", note);
  agent.destroy();
  channel.closeAllConnections();
  channel.close();
  await target.close();
  return { requests: played * STEPS, troubles };
}

function isUndelivered(error: unknown): boolean {
  return error instanceof Error && error.name === "ConnectorError";
}

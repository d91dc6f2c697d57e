import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld } from "../../dialogs/respond.ts";
import { buildWeb } from "../../scripts/build-web.ts";
import { createDirectLine } from "../../src/channels/direct-line/direct-line.ts";
import { createTokens } from "../../src/channels/direct-line/tokens.ts";
import { pictureRoutes } from "../../src/channels/http/pictures.ts";
import { createObservation } from "../../src/observe.ts";
import { startServer } from "../../src/server.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { HandOffCall } from "../../src/turns/port.ts";
import { createTimers } from "../../src/turns/timers.ts";
import { createTurns } from "../../src/turns/turns.ts";
import { failingStore } from "./failing-store.ts";
import { knowledge } from "./knowledge.ts";

export interface Bot {
  /** Such as "http://127.0.0.1:41234". */
  readonly address: string;
  /** Moves the server's clock on, and with it the countdowns. */
  advance(seconds: number): void;
  /** Ends the server as SIGTERM does; the data stay. */
  stop(): Promise<void>;
  /** Starts it again at the same address, on the same data. */
  start(): Promise<void>;
  /** Takes its store away, or gives it back. */
  loseStore(isAway: boolean): void;
  /** Ends it and removes the data. */
  dispose(): Promise<void>;
}

export const DIRECT_LINE_SECRET = "a-secret-of-the-tests-that-is-long-enough";
const root = join(import.meta.dirname, "..", "..");
let mind: ReturnType<typeof learned> | null = null;

function learned() {
  const { content, understand } = knowledge();
  return { world: createWorld(content, null), understand };
}

/**
 * The web chat as src/main.ts composes it, with a clock that can be moved on.
 * @param origins sites that may embed the chat
 * @param passOn takes people who want a human; null: there is none
 */
export async function startBot(
  origins: readonly string[] = [],
  passOn: ((call: HandOffCall) => void) | null = null,
): Promise<Bot> {
  await buildWeb();
  mind ??= learned();
  const handOff = passOn === null ? null : { wait: 120_000, hubOnly: false };
  const known = { ...mind, world: { ...mind.world, handOff } };
  const dataFolder = mkdtempSync(join(tmpdir(), "unknot-test-"));
  let ahead = 0;
  let storeIsAway = false;
  let port = 0;
  let running: { close: () => Promise<void> } | null = null;
  const now = () => Date.now() + ahead;

  const start = async (): Promise<void> => {
    const observation = createObservation("silent");
    const store = failingStore(openSqliteStore(dataFolder), () => storeIsAway);
    const turns = createTurns({ store, mind: Promise.resolve(known), observer: observation });
    if (passOn !== null) turns.connectHandOff(passOn);
    const timers = createTimers({ store, turns, now, failed: (error) => observation.failure("store", error) });
    const tokens = createTokens(Buffer.from("a key of the tests"));
    const directLine = createDirectLine({ turns, store, tokens, secret: DIRECT_LINE_SECRET, now, report: observation.sockets });
    const server = await startServer({
      host: "127.0.0.1",
      port,
      publicUrl: null,
      trustProxy: 0,
      origins,
      routes: [...directLine.routes, ...pictureRoutes(join(root, "content", "pictures"))],
      upgrade: directLine.upgrade,
      webFolder: join(root, "web", "dist"),
      ready: async () => true,
      metrics: async () => "",
      failed: (error) => observation.failure("turn", error),
    });
    port = server.port;
    timers.start();
    running = {
      close: async () => {
        directLine.close();
        await Promise.all([server.close(), timers.stop()]);
        await store.close();
      },
    };
  };

  const stop = async (): Promise<void> => {
    await running?.close();
    running = null;
  };

  await start();
  return {
    address: `http://127.0.0.1:${port}`,
    advance: (seconds) => {
      ahead += seconds * 1000;
    },
    start,
    stop,
    loseStore: (isAway) => {
      storeIsAway = isAway;
    },
    dispose: async () => {
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHandOff } from "../../../src/channels/hand-off/hand-off.ts";
import { createWebhook } from "../../../src/channels/hand-off/webhook.ts";
import { openPostgresStore } from "../../../src/store/postgres.ts";
import { openSqliteStore } from "../../../src/store/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { readState } from "../../../src/turns/state.ts";
import { bodyOf, listening } from "../../support/loopback.ts";
import { type Postgres, startPostgres } from "../../support/postgres.ts";
import { bot, realMind, START } from "../../turns/bot.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const WAIT = 120_000;
const mind = { ...realMind, world: { ...realMind.world, handOff: { wait: WAIT, hubOnly: false } } };

interface Kind {
  readonly name: string;
  readonly prepare: () => Promise<void>;
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

describe.each([sqlite(), postgres()])("a wish to be passed on, kept in $name", ({ prepare, open, remove }) => {
  let clinic: Server;
  let url: string;
  /** Ids of the hand-offs that the clinic was called for. */
  let called: string[];
  /** What the clinic answers, in turn; then 202. */
  let answers: number[];
  let stores: Store[];
  let time: number;

  beforeAll(prepare, 60_000);
  beforeEach(async () => {
    [called, answers, stores, time] = [[], [], [], START];
    clinic = createServer(async (request, response) => {
      called.push(JSON.parse(await bodyOf(request)).id);
      response.statusCode = answers.shift() ?? 202;
      response.end();
    });
    url = `${await listening(clinic)}/take-over`;
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    clinic.closeAllConnections();
    clinic.close();
  });
  afterAll(remove);

  /** A process with its clock where the last one's stood. Without `calls` it dies before it has called anybody. */
  const start = async ({ calls = true } = {}) => {
    const store = await open();
    stores.push(store);
    const one = bot({ store, mind, now: time });
    const now = () => one.clock.now;
    // A try that has to pause ends there: what is looked at here is what comes after.
    const pace = { now, wait: async () => {}, random: () => 1e6 };
    const { tell } = createWebhook({ turns: one.turns, url, secret: SECRET, publicUrl: null, pace });
    let settled = async (): Promise<void> => {};
    if (calls) settled = createHandOff({ turns: one.turns, tell, wait: WAIT, now, failed: () => {} }).settled;
    else one.turns.connectHandOff(() => {});
    const say = async (text: string) => {
      const { replies } = await one.say(text);
      await one.turns.acknowledge("me", replies);
      await settled();
      return replies.map(({ reply }) => reply.text).join("\n");
    };
    return {
      ...one,
      say,
      passOn: async () => {
        await say("my left calf is cramping, about a 5");
        await say("can I talk to a real person");
        return await say("yes");
      },
      wait: async (seconds: number) => {
        await one.wait(seconds);
        await settled();
        time = one.clock.now;
      },
      state: async () => readState((await store.load("me", null)).conversation?.state ?? null).conversation.handOff,
      untaken: () => one.texts().filter((text) => /Nobody has taken over/.test(text)),
      kill: async () => {
        stores.splice(stores.indexOf(store), 1);
        await store.close();
      },
    };
  };

  test("is told after a crash between the commit and the call", async () => {
    const first = await start({ calls: false });
    await first.passOn();
    await first.kill();
    const second = await start();
    await second.wait(21);
    expect(called).toHaveLength(1);
    expect(await second.state()).toBe("waiting");
    await second.wait(60);
    expect(called).toHaveLength(1);
  });

  test("is told by the same id before and after a crash, until the clinic takes it", async () => {
    answers = [503, 500];
    const first = await start();
    await first.passOn();
    await first.kill();
    const second = await start();
    await second.wait(21);
    await second.wait(21);
    await second.wait(21);
    expect(called).toHaveLength(3);
    expect(new Set(called).size).toBe(1);
    expect(second.untaken()).toEqual([]);
    expect(await second.state()).toBe("waiting");
  });

  test("counts as failed when its wait is over, and the person hears it once, whichever process is there", async () => {
    answers = Array.from({ length: 100 }, () => 503);
    const first = await start();
    await first.passOn();
    for (let look = 0; look < 2; look++) await first.wait(21);
    await first.kill();
    const [second, third] = [await start(), await start()];
    for (let look = 0; look < 8; look++) {
      third.clock.now = second.clock.now;
      await Promise.all([second.wait(21), third.wait(21)]);
    }
    expect([...second.untaken(), ...third.untaken()]).toHaveLength(1);
    expect(await second.state()).toBeNull();
    const calls = called.length;
    expect(calls).toBeGreaterThan(4);
    await second.wait(300);
    await third.wait(300);
    expect(called).toHaveLength(calls);
    expect([...second.untaken(), ...third.untaken()]).toHaveLength(1);
  });

  test("that outlived its wait while nothing ran is not called out any more, and the person hears that", async () => {
    const first = await start({ calls: false });
    await first.passOn();
    await first.kill();
    time += WAIT + 60_000;
    const second = await start();
    await second.wait(1);
    await second.wait(21);
    expect(called).toEqual([]);
    expect(second.untaken()).toHaveLength(1);
    expect(await second.state()).toBeNull();
  });

  test("is told once by several processes", async () => {
    const [first, second] = [await start(), await start()];
    await first.passOn();
    for (let look = 0; look < 4; look++) {
      second.clock.now = first.clock.now;
      await Promise.all([first.wait(21), second.wait(21)]);
    }
    expect(called).toHaveLength(1);
  });

  test("is not told after forget me", async () => {
    const first = await start({ calls: false });
    await first.passOn();
    await first.say("forget me");
    expect(await first.say("yes")).toMatch(/deleted/);
    await first.kill();
    const second = await start();
    await second.wait(21);
    await second.wait(WAIT / 1000);
    expect(called).toEqual([]);
    expect(second.texts()).toEqual([]);
    const { conversation } = await second.store.load("me", null);
    expect(conversation?.state ?? null).toBeNull();
    expect(conversation?.address ?? "").toBe("");
  });

  test("leaves no trace of what was told in the outbox", async () => {
    const first = await start();
    await first.passOn();
    const kept = (await first.store.transcript("me", 0, 100)).filter(({ from }) => from === "clinic");
    expect(kept).toMatchObject([{ body: "", pending: false }]);
  });

  test("does not send again what another process has just said", async () => {
    answers = Array.from({ length: 100 }, () => 503);
    const [first, second] = [await start(), await start()];
    await first.passOn();
    // The first look of a process takes up all that a crash left.
    await second.timers.tick();
    first.clock.now += 30_000;
    second.clock.now = first.clock.now;
    const { turns } = first;
    const { replies } = await bot({ store: first.store, mind, now: first.clock.now }).say("none of these");
    await second.timers.tick();
    expect(second.texts()).toEqual([]);
    await turns.acknowledge("me", replies);
  });
});

let database = 0;

function sqlite(): Kind {
  const folders: string[] = [];
  let fresh = "";
  beforeEach(() => {
    fresh = mkdtempSync(join(tmpdir(), "unknot-hand-off-"));
    folders.push(fresh);
  });
  return {
    name: "SQLite",
    prepare: async () => {},
    open: async () => openSqliteStore(fresh),
    remove: async () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgres(): Kind {
  let server: Postgres;
  let url: Promise<string> | null = null;
  beforeEach(() => {
    url = null;
  });
  return {
    name: "PostgreSQL",
    prepare: async () => {
      server = await startPostgres();
    },
    open: async () => {
      url ??= server.createDatabase(`hand_off_${++database}`);
      return await openPostgresStore({ url: await url, connections: 3, failed: () => {} });
    },
    remove: async () => await server.remove(),
  };
}

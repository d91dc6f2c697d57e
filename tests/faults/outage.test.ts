import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPostgresStore } from "../../src/store/postgres.ts";
import { freePort } from "../support/free-port.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type Inbox, type Instance, startInstance } from "./instances.ts";
import { endsCountdown, until } from "./people.ts";

/** PostgreSQL goes away and comes back, in every way it does. */
const EMERGENCY = "I have crushing chest pain and cannot breathe";

describe("PostgreSQL", () => {
  let server: Postgres;
  let folder: string;
  let url: string;
  let instance: Instance;
  let other: Instance;
  let inbox: Inbox;
  let count = 0;

  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), "unknot-outage-"));
    url = await server.createDatabase("outage");
    inbox = new Map();
    const settings = { dataFolder: folder, databaseUrl: url, connections: 3, pace: 20, from: Date.now() };
    [instance, other] = await Promise.all([startInstance(settings, inbox), startInstance(settings, inbox)]);
  });
  afterAll(async () => {
    await Promise.all([instance.stop(), other.stop()]);
    await server.remove();
    rmSync(folder, { recursive: true });
  });
  let me: string;
  let activity: () => string;
  beforeEach(() => {
    me = `test:outage-${count++}`;
    activity = () => `${me}-${count++}`;
  });

  /** Runs a statement as somebody else. */
  const elsewhere = async (...statements: string[]): Promise<pg.Client> => {
    const client = new pg.Client(url);
    client.on("error", () => {});
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return client;
  };

  test("stopped in the middle of a talk: the fixed text, the emergency answer, and then the talk goes on", async () => {
    await instance.say(me, activity(), "my calf is cramping");
    await server.stop();
    expect(await instance.check()).toBe(false);

    const fixed = await instance.say(me, activity(), "none of these");
    expect(fixed.kept).toBe(false);
    expect(fixed.replies).toEqual([expect.objectContaining({ step: "fallback", text: expect.stringContaining("999") })]);
    const emergency = await instance.say(me, activity(), EMERGENCY);
    expect(emergency.kept).toBe(false);
    expect(emergency.replies[0]).toMatchObject({ step: "escalate", disposition: "emergency-now" });

    await server.start();
    await until("the instance is ready again", 15_000, () => instance.check());
    const again = await instance.say(me, activity(), "none of these");
    expect(again.kept).toBe(true);
    expect(again.replies.map(({ step }) => step)).toContain("stretch");
    await until("the countdown ends", 15_000, () => [...(inbox.get(me)?.values() ?? [])].flat().some(endsCountdown));
  });

  test("killed and started again loses nothing that was answered", async () => {
    const answered: string[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const id = activity();
      if ((await instance.say(me, id, "how long will this last?")).kept) answered.push(id);
    }
    await server.stop("SIGKILL");
    await server.start();
    await until("the instance is ready again", 15_000, () => instance.check());
    const repeated = await Promise.all(answered.map((id) => other.say(me, id, "how long will this last?")));
    expect(answered).toHaveLength(20);
    expect(repeated.every(({ kept, replies }) => kept && replies.length === 0)).toBe(true);
  });

  test("cuts every connection: at most the turns under way get the fixed text", async () => {
    const cut = await elsewhere();
    const talks = Array.from({ length: 30 }, (_, at) => instance.say(`${me}-${at}`, activity(), "my calf is cramping"));
    await cut.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'unknot'");
    const answers = await Promise.all(talks);
    expect(answers.every(({ replies }) => replies.length > 0)).toBe(true);
    await until("the instance is ready again", 15_000, () => instance.check());
    expect((await instance.say(me, activity(), "my calf is cramping")).kept).toBe(true);
    await cut.end();
  });

  test("answers nobody for a while: every connection is taken, yet everybody is answered in time", async () => {
    const lock = await elsewhere("begin", "lock table unknot.conversations in access exclusive mode");
    const began = performance.now();
    const talks = Array.from({ length: 20 }, (_, at) =>
      instance.say(`${me}-${at}`, activity(), at === 0 ? EMERGENCY : "my calf is cramping"),
    );
    const answers = await Promise.all(talks);
    // A connection is waited for 3 s and a query 5 s; Teams waits 15 s.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(answers.map(({ kept }) => kept)).not.toContain(true);
    expect(answers[0]?.replies[0]).toMatchObject({ disposition: "emergency-now" });
    await lock.query("rollback");
    await lock.end();
    await until("the instance is ready again", 15_000, () => instance.check());
    expect((await instance.say(me, activity(), "my calf is cramping")).kept).toBe(true);
  });

  test("takes 100 deliveries of one activity at two instances for one", async () => {
    const id = activity();
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? instance : other).say(me, id, "my calf is cramping")),
    );
    expect(all.every(({ kept }) => kept)).toBe(true);
    const texts = new Set(all.map(({ replies }) => JSON.stringify(replies)).filter((replies) => replies !== "[]"));
    const kept = await elsewhere();
    const { rows } = await kept.query("select sequence, sender from unknot.messages where conversation = $1 order by 1", [me]);
    await kept.end();
    expect(rows.filter(({ sender }) => sender === "user")).toHaveLength(1);
    expect([...(inbox.get(me)?.keys() ?? [])].toSorted()).toEqual(rows.slice(1).map(({ sequence }) => Number(sequence)));
    expect(texts.size).toBeGreaterThan(0);
  });

  test("not there when the server starts: it waits, and begins when it comes", async () => {
    const late = `postgres://unknot@127.0.0.1:${await freePort()}/nowhere`;
    const troubles: unknown[] = [];
    const store = await openPostgresStore({ url: late, connections: 2, failed: (error) => troubles.push(error) });
    await expect(store.check()).rejects.toThrow("ECONNREFUSED");
    await store.close();
    expect(troubles).toHaveLength(1);

    await server.stop();
    const waiting = await openPostgresStore({ url, connections: 2, failed: (error) => troubles.push(error) });
    await expect(waiting.check()).rejects.toThrow();
    await server.start();
    await until("it works", 15_000, () =>
      waiting.check().then(
        () => true,
        () => false,
      ),
    );
    await waiting.close();
  });

  test("stopped in the moment that a store closes: no trouble is told, since nobody waits for anything", async () => {
    const troubles: unknown[] = [];
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      const store = await openPostgresStore({ url, connections: 8, failed: (error) => troubles.push(error) });
      await Promise.all(Array.from({ length: 8 }, () => store.check()));
      const closing = store.close();
      await Promise.all([closing, server.stop(signal)]);
      await server.start();
    }
    expect(troubles).toEqual([]);
  });

  test("that refuses this program says why, and what to look at", async () => {
    const wrong = url.replace("/outage", "/no-such-database");
    await expect(openPostgresStore({ url: wrong, connections: 1, failed: () => {} })).rejects.toMatchObject({
      code: "store-unreadable",
      message: expect.stringMatching(/no-such-database.*DATABASE_URL|DATABASE_URL.*no-such-database/),
    });
    const tls = `${url}?sslmode=verify-full`;
    await expect(openPostgresStore({ url: tls, connections: 1, failed: () => {} })).rejects.toMatchObject({
      message: expect.stringContaining("SSL"),
    });
  });
});

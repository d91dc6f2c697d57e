import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { killRun } from "./kill-run.ts";

/** A new seed each time finds new moments; the one that failed is in the message. */
const seed = Number(process.env["FAULTS_SEED"] ?? Math.floor(Math.random() * 1e6));

describe(`killed at random moments (FAULTS_SEED=${seed})`, () => {
  let folder: string;
  let server: Postgres;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unknot-kill-"));
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.remove();
  });

  test("one instance on SQLite loses no turn, no reply and no countdown", async () => {
    const settings = { dataFolder: folder, databaseUrl: null };
    const result = await killRun({ settings, instances: 1, conversations: 200, kills: 3, seed });
    expect(result).toMatchObject({ lost: [], turns: 600, kills: 3 });
  }, 180_000);

  test("two instances on PostgreSQL neither, and people go on with the other one", async () => {
    const settings = { dataFolder: folder, databaseUrl: await server.createDatabase("kill") };
    const result = await killRun({ settings, instances: 2, conversations: 200, kills: 3, seed });
    expect(result).toMatchObject({ lost: [], turns: 600, kills: 3 });
  }, 180_000);
});

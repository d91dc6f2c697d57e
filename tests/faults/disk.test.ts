import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { type Inbox, startInstance } from "./instances.ts";
import { until } from "./people.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unknot-disk-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** No file may grow beyond this many KiB: what a full disk is to SQLite, and it needs no disk of its own. */
const QUOTA = 700;

test.runIf(process.platform === "linux")(
  "a full disk: everybody gets the fixed text or the emergency answer; with room again, the talk goes on where it was",
  async () => {
    const inbox: Inbox = new Map();
    const settings = { dataFolder: folder, databaseUrl: null, connections: 1, pace: 1, from: Date.now() };
    const instance = await startInstance(settings, inbox, `ulimit -Sf ${QUOTA}; exec "$@"`);
    const kept: string[] = [];
    await instance.say("test:me", "me-1", "my calf is cramping");
    let full = false;
    for (let at = 0; at < 2000 && !full; at++) {
      const answer = await instance.say(`test:${at}`, `a-${at}`, "my calf is cramping");
      if (answer.kept) kept.push(`test:${at}`);
      full = !answer.kept;
      if (full) expect(answer.replies.map(({ step }) => step)).toEqual(["fallback"]);
    }
    expect(full).toBe(true);
    expect(await instance.check()).toBe(false);
    // What little room is left might do for one small turn more.
    execFileSync("prlimit", ["--pid", String(instance.pid), "--fsize=1024:"]);
    const emergency = await instance.say("test:me", "me-2", "I have crushing chest pain and cannot breathe");
    expect(emergency).toMatchObject({ kept: false, replies: [{ disposition: "emergency-now" }, {}] });

    execFileSync("prlimit", ["--pid", String(instance.pid), "--fsize=unlimited"]);
    await until("there is room again", 5000, () => instance.check());
    const again = await instance.say("test:me", "me-3", "none of these");
    expect(again.kept).toBe(true);
    expect(again.replies.map(({ step }) => step)).toContain("stretch");
    await instance.stop();

    const store = openSqliteStore(folder);
    for (const conversation of kept) expect((await store.load(conversation, null)).conversation).not.toBeNull();
    await store.close();
  },
);

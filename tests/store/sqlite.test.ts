import { execFile } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DATABASE_FILE, openSqliteStore } from "../../src/store/sqlite.ts";
import { change, message } from "./change.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unknot-sqlite-"));
  file = join(folder, DATABASE_FILE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whether the bytes stand anywhere in the folder: database, write-ahead log, shared memory. */
function holds(text: string): boolean {
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text));
}

async function fill(count: number): Promise<void> {
  const store = openSqliteStore(folder);
  for (let at = 0; at < count; at++) {
    await store.commit(change({ conversation: `c${at}`, state: `{"filler":"${"x".repeat(500)}"}`, messages: [message(1)] }));
  }
  await store.close();
}

describe("an older file", () => {
  test("is brought to the present version with all that is in it", async () => {
    const old = new DatabaseSync(file);
    old.exec(readFileSync(join(import.meta.dirname, "unknot-v1.sql"), "utf8"));
    old.exec(`pragma user_version = 1;
      insert into conversations values ('web:chat', 3, 2, '{"a":1}', 'web', '{"reference":null}', 86400007, 0);
      insert into messages values ('web:chat', 1, 'user', 'a1', '{}', 0, 5), ('web:chat', 2, 'bot', 'a1', '{"b":2}', 1, 6);
      insert into timers values ('web:chat', 'hold-1', 99, 0);
      insert into chats values ('chat', 'dl_u', 'secret', 7);
      insert into audit values (8, 'v1', 'emergency-now', 'row', '["flag"]');`);
    old.close();
    const store = openSqliteStore(folder);
    expect(await store.load("web:chat", "a1")).toEqual({
      conversation: { version: 3, sequence: 2, state: '{"a":1}', channel: "web", address: '{"reference":null}', at: 86400007 },
      handled: [
        { sequence: 1, from: "user", activity: "a1", body: "{}", pending: false, at: 5 },
        { sequence: 2, from: "bot", activity: "a1", body: '{"b":2}', pending: true, at: 6 },
      ],
    });
    expect(await store.nextDue()).toBe(99);
    expect(await store.rotateResume("secret", "new", 9)).toMatchObject({ id: "chat", conversation: "web:chat" });
    expect(await store.auditSince(0, 9)).toEqual([
      { at: 8, contentVersion: "v1", disposition: "emergency-now", row: "row", flags: ["flag"] },
    ]);
    await store.close();
  });

  test("is left as it is when a newer program wrote it", () => {
    const newer = new DatabaseSync(file);
    newer.exec("pragma user_version = 99; create table later (x)");
    newer.close();
    const before = readFileSync(file);
    expect(() => openSqliteStore(folder)).toThrow(/version 99.*newer program/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("a damaged file", () => {
  const damages: Readonly<Record<string, () => void>> = {
    "that is no database": () => writeFileSync(file, "these are my notes, not a database".repeat(100)),
    "with a page overwritten": () => {
      const handle = openSync(file, "r+");
      writeSync(handle, Buffer.alloc(8192, 0xa5), 0, 8192, 4096 * 3);
      closeSync(handle);
    },
    "cut short": () => truncateSync(file, 4096 * 20),
  };

  test.each(Object.keys(damages))("%s is refused with what to do, and never touched", async (name) => {
    await fill(300);
    damages[name]?.();
    const before = readFileSync(file);
    expect(() => openSqliteStore(folder)).toThrow(
      expect.objectContaining({ code: "store-unreadable", message: expect.stringMatching(/unknot\.db.*backup/) }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("in a folder that cannot be written to is named with the setting", () => {
    writeFileSync(join(folder, "taken"), "");
    expect(() => openSqliteStore(join(folder, "taken"))).toThrow(
      expect.objectContaining({ code: "data-dir-unwritable", message: expect.stringContaining("DATA_DIR") }),
    );
  });
});

describe("what was deleted", () => {
  const words = ["my-secret-state", "my-secret-echo", "my-secret-reply", "my-secret-address", "my-secret-chat"];

  async function speak(at: number): Promise<ReturnType<typeof openSqliteStore>> {
    await fill(200);
    const store = openSqliteStore(folder);
    await store.saveChat({ id: "chat", conversation: "me", user: "my-secret-chat", resume: "r", at });
    for (let turn = 0; turn < 20; turn++) {
      const echo = message(turn * 2 + 1, { from: "user", activity: `a${turn}`, body: '"my-secret-echo"', at });
      const reply = message(turn * 2 + 2, { activity: `a${turn}`, body: '"my-secret-reply"', pending: true, at });
      const state = `{"my-secret-state":"${"y".repeat(turn * 100)}"}`;
      const address = '{"reference":"my-secret-address"}';
      const timers = [{ id: "hold-1", at: 5 }];
      await store.commit(change({ conversation: "me", basedOn: turn, state, address, timers, messages: [echo, reply], at }));
      await store.commit(change({ conversation: `another-${turn}`, state: "z".repeat(turn * 50) }));
    }
    expect(words.filter((word) => !holds(word))).toEqual([]);
    return store;
  }

  test("by forget-me stands nowhere in the files, the write-ahead log included", async () => {
    const store = await speak(1_000);
    await store.commit(
      change({ conversation: "me", basedOn: 20, forget: true, state: null, address: "", timers: [], messages: [message(41)] }),
    );
    expect(words.filter(holds)).toEqual([]);
    await store.close();
    expect(words.filter(holds)).toEqual([]);
  });

  test("by age stands nowhere in the files either", async () => {
    const store = await speak(1_000);
    const limits = { messages: 2_000, conversations: 2_000, audit: 0 };
    while (await store.sweep(limits, 50));
    expect(words.filter(holds)).toEqual([]);
    await store.close();
  });

  test("by arrival: the words of a reply are overwritten at the next checkpoint", async () => {
    const store = await speak(1_000);
    await store.acknowledge(
      "me",
      Array.from({ length: 20 }, (_, turn) => turn * 2 + 2),
    );
    await store.close();
    expect(holds("my-secret-reply")).toBe(false);
    expect(holds("my-secret-state")).toBe(true);
  });
});

describe("a backup", () => {
  const run = promisify(execFile);
  const command = (...args: string[]) =>
    run(process.execPath, [join(import.meta.dirname, "..", "..", "scripts", "backup.ts"), ...args], {
      env: { ...process.env, DATA_DIR: folder },
    });

  test("made while turns are written is whole, and restored it is what it was", async () => {
    await fill(300);
    const store = openSqliteStore(folder);
    let writing = true;
    let version = 0;
    const writer = (async () => {
      while (writing) {
        await store.commit(
          change({ conversation: "busy", basedOn: version, state: String(version), messages: [message(version)] }),
        );
        version++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const copy = join(folder, "copy.db");
    await command(copy);
    writing = false;
    await writer;
    await expect(command("--restore", copy)).rejects.toThrow("stop the server first");
    await store.commit(change({ conversation: "after", state: "later" }));
    await store.close();

    await command("--restore", copy);
    const restored = openSqliteStore(folder);
    const { conversation } = await restored.load("busy", null);
    const last = (await restored.transcript("busy", -1, 1e6)).at(-1);
    expect(conversation?.version).toBeGreaterThan(0);
    expect(last?.sequence).toBe((conversation?.version ?? 0) - 1);
    expect((await restored.load("c299", null)).conversation).not.toBeNull();
    expect((await restored.load("after", null)).conversation).toBeNull();
    await restored.close();
    expect(readdirSync(folder)).toContain(`${DATABASE_FILE}.before-restore`);
  });

  test("that cannot be put back leaves what is there, as often as it is tried, and nothing of an earlier restore is lost", async () => {
    await fill(3);
    const copy = join(folder, "copy.db");
    await command(copy);
    expect(readdirSync(folder).filter((name) => name.startsWith("copy.db"))).toEqual(["copy.db"]);
    const draft = `${file}.restored`;
    mkdirSync(join(draft, "in the way"), { recursive: true });
    await expect(command("--restore", copy)).rejects.toThrow();
    await expect(command("--restore", copy)).rejects.toThrow();
    expect(readdirSync(folder)).not.toContain(`${DATABASE_FILE}.before-restore`);
    rmSync(draft, { recursive: true });
    await command("--restore", copy);
    await command("--restore", copy);
    const aside = readdirSync(folder).filter((name) => name.startsWith(`${DATABASE_FILE}.before-restore`));
    expect(aside).toHaveLength(2);
    const store = openSqliteStore(folder);
    expect((await store.load("c1", null)).conversation).not.toBeNull();
    await store.close();
  });

  test("that is damaged is not restored", async () => {
    await fill(300);
    const copy = join(folder, "copy.db");
    copyFileSync(file, copy);
    truncateSync(copy, 4096 * 10);
    await expect(command("--restore", copy)).rejects.toThrow("is damaged");
    const store = openSqliteStore(folder);
    expect((await store.load("c1", null)).conversation).not.toBeNull();
    await store.close();
  });
});

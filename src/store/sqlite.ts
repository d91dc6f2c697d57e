import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { checkVersion, migrateSqlite } from "./sqlite-migrations.ts";
import {
  type ConversationRow,
  type MessageRow,
  messageOf,
  prepareStatements,
  type Statements,
  storedOf,
  sweepRows,
  writeChange,
} from "./sqlite-statements.ts";
import { type AuditEntry, type Change, type Chat, type Loaded, REPEATS_WITHIN, type Store, type Unsent } from "./store.ts";
import { createTogether } from "./together.ts";

export const DATABASE_FILE = "unknot.db";
const BUSY_MILLISECONDS = 5000;
const CACHE_KIBIBYTES = 32 * 1024;
/** 16 MB of log: a page that many turns change is written to the file once. */
const CHECKPOINT_PAGES = 4000;

/**
 * Keeps conversations in one file of a folder, by the SQLite that comes with Node. Write-ahead log: a crash of the process
 * loses nothing that was committed.
 * @throws UserError data-dir-unwritable, store-unreadable
 */
export function openSqliteStore(folder: string): Store {
  const database = open(folder);
  const sql = prepareStatements(database);

  const transaction = <T>(work: () => T): T => {
    sql.begin.run();
    try {
      const result = work();
      sql.commit.run();
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("rollback");
      throw error;
    }
  };
  const commits = createTogether(transaction, (change: Change) => writeChange(sql, change));
  /** What was deleted is still in the write-ahead log: this writes it into the file, over the old pages, and empties the log. */
  const emptyLog = () => database.exec("pragma wal_checkpoint(truncate)");

  return {
    shared: false,
    load: async (key, activity) => load(sql, key, activity),
    commit: async (change) => {
      const written = await commits.write(change);
      if (written && change.forget) emptyLog();
      return written;
    },
    transcript: async (key, after, limit) => (sql.transcript.all(key, after, limit) as unknown as MessageRow[]).map(messageOf),
    claimDue: async (now, lease, limit) => transaction(() => claimDue(sql, now, lease, limit)),
    nextDue: async () => (sql.nextDue.get() as { at: number | null }).at,
    claimUnsent: async (before, now, lease, limit) => transaction(() => claimUnsent(sql, before, now, lease, limit)),
    acknowledge: async (key, sequences) => {
      if (transaction(() => acknowledge(sql, key, sequences))) emptyLog();
    },
    saveChat: async ({ id, conversation, user, resume, at }) => {
      sql.saveChat.run(id, conversation, user, resume, at);
    },
    rotateResume: async (oldHash, newHash, now) => (sql.rotateResume.get(newHash, now, oldHash) as Chat | undefined) ?? null,
    auditSince: async (at, limit) => auditSince(sql, at, limit),
    sweep: async (limits, most) => {
      const { gone, more } = transaction(() => sweepRows(sql, limits, most));
      if (gone > 0 && !more) emptyLog();
      return more;
    },
    onSaidElsewhere: () => {},
    check: async () => {
      sql.check.run(Date.now());
    },
    close: async () => {
      commits.flush();
      database.close();
    },
  };
}

function load(sql: Statements, key: string, activity: string | null): Loaded {
  const row = sql.conversation.get(key) as ConversationRow | undefined;
  if (row === undefined) return { conversation: null, handled: null };
  const same =
    activity === null ? [] : (sql.byActivity.all(row.number, row.sequence - REPEATS_WITHIN, activity) as unknown as MessageRow[]);
  return { conversation: storedOf(row), handled: same.length === 0 ? null : same.map(messageOf) };
}

function claimDue(sql: Statements, now: number, lease: number, limit: number): string[] {
  const due = (sql.due.all(now, now, limit) as { id: string }[]).map(({ id }) => id);
  for (const id of due) sql.claimDue.run(now + lease, id);
  return due;
}

function claimUnsent(sql: Statements, before: number, now: number, lease: number, limit: number): Unsent[] {
  return (sql.unsent.all(before, now, limit) as unknown as ConversationRow[]).map(({ number, id, channel, address }) => {
    sql.claimUnsent.run(now + lease, number);
    const messages = (sql.pending.all(number) as unknown as MessageRow[]).map(messageOf);
    return { conversation: id, channel, address, messages };
  });
}

/** @returns whether the address of somebody who was forgotten went with it */
function acknowledge(sql: Statements, key: string, sequences: readonly number[]): boolean {
  for (const sequence of sequences) sql.acknowledge.run(key, sequence);
  return sql.dropAddress.run(key).changes !== 0;
}

function auditSince(sql: Statements, at: number, limit: number): AuditEntry[] {
  const rows = sql.auditSince.all(at, limit) as unknown as (AuditEntry & { flags: string })[];
  return rows.map((row) => ({ ...row, flags: JSON.parse(row.flags) as string[] }));
}

function open(folder: string): DatabaseSync {
  const file = join(folder, DATABASE_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UserError(
      "data-dir-unwritable",
      `cannot write to DATA_DIR ${folder}: ${(error as Error).message}. Make it writable or set DATA_DIR to another folder.`,
    );
  }
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    database.exec(`pragma busy_timeout = ${BUSY_MILLISECONDS}; pragma secure_delete = on`);
    checkDamage(database, file);
    checkVersion(database);
    database.exec("pragma journal_mode = wal; pragma synchronous = normal");
    database.exec(`pragma cache_size = -${CACHE_KIBIBYTES}; pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    migrateSqlite(database);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof UserError) throw error;
    throw new UserError(
      "store-unreadable",
      `cannot use ${file}: ${(error as Error).message}. Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}

/** Checking takes about a second for each 100 MB: a bigger file is left to be checked by hand. */
const LARGEST_CHECKED = 100 * 1024 * 1024;

/** A damaged file is never worked on: what is in it may still be saved. */
function checkDamage(database: DatabaseSync, file: string): void {
  if (statSync(file).size > LARGEST_CHECKED) return;
  const { quick_check: found } = database.prepare("pragma quick_check(1)").get() as { quick_check: string };
  if (found !== "ok") throw new Error(`it is damaged (${found.replaceAll(/\s+/g, " ")})`);
}

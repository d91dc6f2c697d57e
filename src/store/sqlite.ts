import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { migrateSqlite } from "./sqlite-migrations.ts";
import type { Change, Chat, KeptMessage, Store, StoredConversation } from "./store.ts";

export const DATABASE_FILE = "unknot.db";
const BUSY_MILLISECONDS = 5000;

/**
 * Keeps conversations in one file of a folder, by the SQLite that comes with Node. Write-ahead log: a crash of the process
 * loses nothing that was committed.
 * @throws UserError data-dir-unwritable, store-unreadable
 */
export function openSqliteStore(folder: string): Store {
  const database = open(folder);
  const sql = statementsOf(database);

  const transaction = <T>(work: () => T): T => {
    database.exec("begin immediate");
    try {
      const result = work();
      database.exec("commit");
      return result;
    } catch (error) {
      database.exec("rollback");
      throw error;
    }
  };

  return {
    load: async (key, activity) => {
      const row = sql.conversation.get(key) as ConversationRow | undefined;
      if (row === undefined) return { conversation: null, handled: null };
      const same = activity === null ? [] : (sql.byActivity.all(key, activity) as unknown as MessageRow[]);
      return {
        conversation: row.state === null ? null : storedOf(row),
        handled: same.length === 0 ? null : same.map(messageOf),
      };
    },
    commit: async (change) => transaction(() => write(sql, change)),
    transcript: async (key, after, limit) => (sql.transcript.all(key, after, limit) as unknown as MessageRow[]).map(messageOf),
    claimDue: async (now, lease, limit) =>
      transaction(() => {
        const due = (sql.due.all(now, now, limit) as { conversation: string }[]).map(({ conversation }) => conversation);
        for (const conversation of due) sql.claimTimers.run(now + lease, conversation, now);
        return due;
      }),
    nextDue: async () => (sql.nextDue.get() as { at: number | null }).at,
    claimUnsent: async (before, now, lease, limit) =>
      transaction(() =>
        (sql.unsent.all(before, now, limit) as unknown as ConversationRow[]).map((row) => {
          sql.claimUnsent.run(now + lease, row.id);
          const messages = (sql.pending.all(row.id) as unknown as MessageRow[]).map(messageOf);
          return { conversation: row.id, channel: row.channel, address: row.address, messages };
        }),
      ),
    acknowledge: async (key, sequences) => {
      transaction(() => {
        for (const sequence of sequences) sql.acknowledge.run(key, sequence);
      });
    },
    saveChat: async ({ id, user, resume, at }) => {
      sql.saveChat.run(id, user, resume, at);
    },
    chat: async (id) => (sql.chat.get(id) as Chat | undefined) ?? null,
    rotateResume: async (oldHash, newHash, now) => (sql.rotateResume.get(newHash, now, oldHash) as Chat | undefined) ?? null,
    check: async () => {
      sql.check.get();
    },
    close: async () => database.close(),
  };
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
  try {
    const database = new DatabaseSync(file);
    database.exec(
      `pragma busy_timeout = ${BUSY_MILLISECONDS}; pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on; pragma foreign_keys = on;`,
    );
    migrateSqlite(database);
    return database;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      "store-unreadable",
      `cannot use ${file}: ${(error as Error).message}. Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}

interface ConversationRow {
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly state: string | null;
  readonly channel: string;
  readonly address: string;
}

interface MessageRow {
  readonly sequence: number;
  readonly sender: "user" | "bot";
  readonly activity: string | null;
  readonly body: string;
  readonly pending: number;
  readonly at: number;
}

function storedOf({ version, sequence, state, channel, address }: ConversationRow): StoredConversation {
  return { version, sequence, state: state ?? "", channel, address };
}

function messageOf({ sequence, sender, activity, body, pending, at }: MessageRow): KeptMessage {
  return { sequence, from: sender, activity, body, pending: pending === 1, at };
}

function statementsOf(database: DatabaseSync) {
  const messages = "sequence, sender, activity, body, pending, at from messages";
  return {
    conversation: database.prepare("select id, version, sequence, state, channel, address from conversations where id = ?"),
    insertConversation: database.prepare(
      "insert into conversations (id, version, sequence, state, channel, address, at, claimed) values (?, 1, ?, ?, ?, ?, ?, 0) on conflict do nothing",
    ),
    updateConversation: database.prepare(
      "update conversations set version = version + 1, sequence = ?, state = ?, channel = ?, address = ?, at = ? where id = ? and version = ?",
    ),
    byActivity: database.prepare(`select ${messages} where conversation = ? and activity = ? order by sequence`),
    insertMessage: database.prepare(
      "insert into messages (conversation, sequence, sender, activity, body, pending, at) values (?, ?, ?, ?, ?, ?, ?)",
    ),
    transcript: database.prepare(`select ${messages} where conversation = ? and sequence > ? order by sequence limit ?`),
    deleteMessages: database.prepare("delete from messages where conversation = ?"),
    deleteTimers: database.prepare("delete from timers where conversation = ?"),
    insertTimer: database.prepare("insert into timers (conversation, id, at, claimed) values (?, ?, ?, 0)"),
    due: database.prepare("select distinct conversation from timers where at <= ? and claimed <= ? limit ?"),
    claimTimers: database.prepare("update timers set claimed = ? where conversation = ? and at <= ?"),
    nextDue: database.prepare("select min(at) as at from timers"),
    unsent: database.prepare(
      "select id, version, sequence, state, channel, address from conversations where id in (select conversation from messages where pending = 1 and at < ?) and claimed <= ? limit ?",
    ),
    claimUnsent: database.prepare("update conversations set claimed = ? where id = ?"),
    pending: database.prepare(`select ${messages} where conversation = ? and pending = 1 order by sequence`),
    acknowledge: database.prepare("update messages set pending = 0 where conversation = ? and sequence = ?"),
    insertAudit: database.prepare("insert into audit (at, content_version, disposition, row, flags) values (?, ?, ?, ?, ?)"),
    saveChat: database.prepare(
      "insert into chats (id, user, resume, at) values (?, ?, ?, ?) on conflict (id) do update set resume = excluded.resume, at = excluded.at",
    ),
    chat: database.prepare("select id, user, resume, at from chats where id = ?"),
    rotateResume: database.prepare("update chats set resume = ?, at = ? where resume = ? returning id, user, resume, at"),
    check: database.prepare("select 1"),
  } satisfies Record<string, StatementSync>;
}

function write(sql: ReturnType<typeof statementsOf>, change: Change): boolean {
  const { conversation, basedOn, sequence, state, channel, address, at } = change;
  const { changes } =
    basedOn === 0
      ? sql.insertConversation.run(conversation, sequence, state, channel, address, at)
      : sql.updateConversation.run(sequence, state, channel, address, at, conversation, basedOn);
  if (changes !== 1) return false;
  if (change.forget) sql.deleteMessages.run(conversation);
  for (const message of change.messages) {
    const { sequence: number, from, activity, body, pending, at: said } = message;
    sql.insertMessage.run(conversation, number, from, activity, body, pending ? 1 : 0, said);
  }
  if (change.timers !== null) {
    sql.deleteTimers.run(conversation);
    for (const timer of change.timers) sql.insertTimer.run(conversation, timer.id, timer.at);
  }
  for (const entry of change.audit) {
    sql.insertAudit.run(entry.at, entry.contentVersion, entry.disposition, entry.row, JSON.stringify(entry.flags));
  }
  return true;
}

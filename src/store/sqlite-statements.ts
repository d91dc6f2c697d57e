import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Change, KeptMessage, Limits, StoredConversation } from "./store.ts";

export type Statements = ReturnType<typeof prepareStatements>;

export interface ConversationRow {
  /** What its messages are kept under. */
  readonly number: number;
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly state: string | null;
  readonly channel: string;
  readonly address: string;
  readonly at: number;
}

export interface MessageRow {
  readonly sequence: number;
  readonly sender: KeptMessage["from"];
  readonly activity: string | null;
  readonly body: string;
  readonly pending: number;
  readonly at: number;
}

const DAY = 86_400_000;

/** The last day on which everything is certainly older than a time. */
function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

export function storedOf({ version, sequence, state, channel, address, at }: ConversationRow): StoredConversation {
  return { version, sequence, state, channel, address, at };
}

export function messageOf({ sequence, sender, activity, body, pending, at }: MessageRow): KeptMessage {
  return { sequence, from: sender, activity, body, pending: pending === 1, at };
}

export function prepareStatements(database: DatabaseSync) {
  const messages = "sequence, sender, activity, body, pending, at from messages";
  const conversation = "number, id, version, sequence, state, channel, address, at from conversations";
  const number = "(select number from conversations where id = ?)";
  const turn = "version = version + 1, sequence = ?, state = ?, channel = ?, address = ?, at = ?, day = ?";
  return {
    begin: database.prepare("begin immediate"),
    commit: database.prepare("commit"),
    conversation: database.prepare(`select ${conversation} where id = ?`),
    insertConversation: database.prepare(
      "insert into conversations (id, version, sequence, state, channel, address, at, day, claimed, wake, woken) values (?, 1, ?, ?, ?, ?, ?, ?, 0, ?, 0) on conflict do nothing returning number",
    ),
    updateConversation: database.prepare(`update conversations set ${turn} where id = ? and version = ? returning number`),
    updateAndWake: database.prepare(
      `update conversations set ${turn}, wake = ?, woken = 0 where id = ? and version = ? returning number`,
    ),
    byActivity: database.prepare(`select ${messages} where owner = ? and sequence > ? and activity = ? order by sequence`),
    insertMessage: database.prepare(
      "insert into messages (owner, sequence, sender, activity, body, pending, at) values (?, ?, ?, ?, ?, ?, ?)",
    ),
    transcript: database.prepare(`select ${messages} where owner = ${number} and sequence > ? order by sequence limit ?`),
    deleteMessages: database.prepare("delete from messages where owner = ?"),
    due: database.prepare("select id from conversations where wake <= ? and woken <= ? order by wake limit ?"),
    claimDue: database.prepare("update conversations set woken = ? where id = ?"),
    nextDue: database.prepare("select min(wake) as at from conversations where wake is not null"),
    unsent: database.prepare(
      `select ${conversation} where number in (select owner from messages where pending = 1 and at <= ?) and claimed <= ? limit ?`,
    ),
    claimUnsent: database.prepare("update conversations set claimed = ? where number = ?"),
    pending: database.prepare(`select ${messages} where owner = ? and pending = 1 order by sequence`),
    acknowledge: database.prepare(
      `update messages set pending = 0, body = '' where owner = ${number} and sequence = ? and pending = 1`,
    ),
    dropAddress: database.prepare(
      "update conversations set address = '' where id = ? and state is null and address <> '' and not exists (select 1 from messages where owner = number and pending = 1)",
    ),
    insertAudit: database.prepare("insert into audit (at, content_version, disposition, row, flags) values (?, ?, ?, ?, ?)"),
    auditSince: database.prepare(
      "select at, content_version as contentVersion, disposition, row, flags from audit where at >= ? order by at limit ?",
    ),
    setAside: database.prepare("insert into set_aside (conversation, state, at) values (?, ?, ?)"),
    deleteSetAside: database.prepare("delete from set_aside where conversation = ?"),
    saveChat: database.prepare("insert into chats (id, conversation, user, resume, at) values (?, ?, ?, ?, ?)"),
    deleteChats: database.prepare("delete from chats where conversation = ?"),
    rotateResume: database.prepare(
      "update chats set resume = ?, at = ? where resume = ? returning id, conversation, user, resume, at",
    ),
    oldMessages: database.prepare("delete from messages where rowid in (select rowid from messages where at < ? limit ?)"),
    oldConversations: database.prepare(
      "select number, id from conversations where (day < ? and at < ?) or (state is null and at < ?) limit ?",
    ),
    deleteConversation: database.prepare("delete from conversations where number = ?"),
    oldChats: database.prepare(
      "delete from chats where id in (select id from chats where at < ? and not exists (select 1 from conversations where conversations.id = chats.conversation) limit ?)",
    ),
    oldAudit: database.prepare("delete from audit where rowid in (select rowid from audit where at < ? limit ?)"),
    // Writes more than a turn does, so that it fails before turns do when the disk is full.
    check: database.prepare(
      "insert into health (id, at, room) values (1, ?, zeroblob(131072)) on conflict (id) do update set at = excluded.at, room = excluded.room",
    ),
  } satisfies Record<string, StatementSync>;
}

/** Writes all of a turn, inside the caller's transaction. */
export function writeChange(sql: Statements, change: Change): boolean {
  const { conversation: id, at } = change;
  const number = writeConversation(sql, change);
  if (number === null) return false;
  if (change.forget) deleteAround(sql, { number, id });
  if (change.setAside !== null) sql.setAside.run(id, change.setAside, at);
  for (const { sequence, from, activity, body, pending, at: said } of change.messages) {
    sql.insertMessage.run(number, sequence, from, activity, body, pending ? 1 : 0, said);
  }
  for (const entry of change.audit) {
    sql.insertAudit.run(entry.at, entry.contentVersion, entry.disposition, entry.row, JSON.stringify(entry.flags));
  }
  return true;
}

/** @returns its number; null when somebody else committed first */
function writeConversation(sql: Statements, change: Change): number | null {
  const { conversation, basedOn, sequence, state, channel, address, at, timers } = change;
  const wake = timers === null || timers.length === 0 ? null : Math.min(...timers.map((timer) => timer.at));
  const turn = [sequence, state, channel, address, at, dayOf(at)] as const;
  const written =
    basedOn === 0
      ? sql.insertConversation.get(conversation, ...turn, wake)
      : timers === null
        ? sql.updateConversation.get(...turn, conversation, basedOn)
        : sql.updateAndWake.get(...turn, wake, conversation, basedOn);
  return (written as { number: number } | undefined)?.number ?? null;
}

/** Deletes what is past its time, inside the caller's transaction. */
export function sweepRows(sql: Statements, limits: Limits, most: number): { gone: number; more: boolean } {
  const messages = Number(sql.oldMessages.run(limits.messages, most).changes);
  const old = sql.oldConversations.all(
    dayOf(limits.conversations) + 1,
    limits.conversations,
    limits.messages,
    most,
  ) as unknown as Name[];
  for (const one of old) {
    deleteAround(sql, one);
    sql.deleteConversation.run(one.number);
  }
  const chats = Number(sql.oldChats.run(limits.conversations, most).changes);
  const audit = Number(sql.oldAudit.run(limits.audit, most).changes);
  return { gone: messages + old.length + chats + audit, more: [messages, old.length, chats, audit].includes(most) };
}

type Name = Pick<ConversationRow, "number" | "id">;

/** Everything of a conversation but its own row. */
function deleteAround(sql: Statements, { number, id }: Name): void {
  sql.deleteMessages.run(number);
  sql.deleteSetAside.run(id);
  sql.deleteChats.run(id);
}

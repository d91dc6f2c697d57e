import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";

/** Each brings the file one version on. Only ever add to the end. */
const MIGRATIONS: readonly string[] = [
  `create table conversations (
     id text primary key,
     version integer not null,
     sequence integer not null,
     state text,
     channel text not null,
     address text not null,
     at integer not null,
     claimed integer not null
   ) without rowid;
   create table messages (
     conversation text not null,
     sequence integer not null,
     sender text not null,
     activity text,
     body text not null,
     pending integer not null,
     at integer not null,
     primary key (conversation, sequence)
   ) without rowid;
   create index messages_by_activity on messages (conversation, activity) where activity is not null;
   create index messages_pending on messages (at) where pending = 1;
   create table timers (
     conversation text not null,
     id text not null,
     at integer not null,
     claimed integer not null,
     primary key (conversation, id)
   ) without rowid;
   create index timers_by_time on timers (at);
   create table chats (
     id text primary key,
     user text not null,
     resume text not null unique,
     at integer not null
   ) without rowid;
   create table audit (
     at integer not null,
     content_version text not null,
     disposition text not null,
     row text not null,
     flags text not null
   );
   create index audit_by_time on audit (at);`,

  // Rows of some kilobytes want a tree that keeps them in its leaves only, which "without rowid" does not. The day of the
  // last turn is what retention looks for: unlike the time, it seldom changes, so its index is seldom written.
  `create table conversations_2 (
     id text not null unique,
     version integer not null,
     sequence integer not null,
     state text,
     channel text not null,
     address text not null,
     at integer not null,
     day integer not null,
     claimed integer not null
   );
   insert into conversations_2 select id, version, sequence, state, channel, address, at, at / 86400000, claimed from conversations;
   drop table conversations;
   alter table conversations_2 rename to conversations;
   create index conversations_by_day on conversations (day);
   create index conversations_forgotten on conversations (at) where state is null;
   create table messages_2 (
     conversation text not null,
     sequence integer not null,
     sender text not null,
     activity text,
     body text not null,
     pending integer not null,
     at integer not null
   );
   insert into messages_2 select conversation, sequence, sender, activity, body, pending, at from messages order by at;
   drop table messages;
   alter table messages_2 rename to messages;
   create index messages_by_sequence on messages (conversation, sequence, activity);
   create index messages_pending on messages (at) where pending = 1;
   create index messages_by_time on messages (at);
   alter table chats add column conversation text not null default '';
   update chats set conversation = 'web:' || id;
   create index chats_by_conversation on chats (conversation);
   create index chats_by_time on chats (at);
   create table set_aside (
     conversation text not null,
     state text not null,
     at integer not null
   );
   create index set_aside_by_conversation on set_aside (conversation);
   create table health (id integer primary key, at integer not null, room blob not null);`,

  // Most of what a turn costs here is the pages that it changes. Messages are found by the number of their conversation, not by
  // its name: names are random, numbers of talks under way lie side by side. When to wake a conversation stands in its own row,
  // which each turn writes anyway; all of its timers are in its state.
  `create table conversations_3 (
     number integer primary key,
     id text not null unique,
     version integer not null,
     sequence integer not null,
     state text,
     channel text not null,
     address text not null,
     at integer not null,
     day integer not null,
     claimed integer not null,
     wake integer,
     woken integer not null
   );
   insert into conversations_3
     select null, id, version, sequence, state, channel, address, at, day, claimed,
       (select min(timers.at) from timers where timers.conversation = conversations.id), 0
     from conversations order by at;
   drop table timers;
   drop table conversations;
   alter table conversations_3 rename to conversations;
   create index conversations_by_day on conversations (day);
   create index conversations_forgotten on conversations (at) where state is null;
   create index conversations_by_wake on conversations (wake) where wake is not null;
   create table messages_3 (
     owner integer not null,
     sequence integer not null,
     sender text not null,
     activity text,
     body text not null,
     pending integer not null,
     at integer not null
   );
   insert into messages_3
     select conversations.number, messages.sequence, sender, activity, body, pending, messages.at
     from messages join conversations on conversations.id = messages.conversation order by messages.rowid;
   drop table messages;
   alter table messages_3 rename to messages;
   create index messages_by_sequence on messages (owner, sequence, activity);
   create index messages_pending on messages (at) where pending = 1;
   create index messages_by_time on messages (at);`,
];

/**
 * Looks at a file before anything in it is changed.
 * @throws UserError store-unreadable when the file is of a newer program
 */
export function checkVersion(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version <= MIGRATIONS.length) return;
  throw new UserError(
    "store-unreadable",
    `the database is of version ${version}, this program knows ${MIGRATIONS.length}. Run the newer program.`,
  );
}

/** Brings the file to the present version, under SQLite's write lock, so that two processes may start at once. */
export function migrateSqlite(database: DatabaseSync): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  database.exec("begin immediate");
  try {
    for (const migration of MIGRATIONS.slice(versionOf(database))) database.exec(migration);
    database.exec(`pragma user_version = ${MIGRATIONS.length}`);
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return (database.prepare("pragma user_version").get() as { user_version: number }).user_version;
}

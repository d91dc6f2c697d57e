import type { ClientBase } from "pg";
import { UserError } from "../errors.ts";

/** Each brings the schema "unknot" one version on. Only ever add to the end. */
const MIGRATIONS: readonly string[] = [
  // As in SQLite, retention looks for the day of the last turn. It seldom changes, so that most updates touch no index.
  `create table unknot.conversations (
     id text primary key,
     version bigint not null,
     sequence bigint not null,
     state text,
     channel text not null,
     address text not null,
     at bigint not null,
     day bigint not null,
     claimed bigint not null
   ) with (fillfactor = 70);
   create index conversations_by_day on unknot.conversations (day);
   create index conversations_forgotten on unknot.conversations (day) where state is null;
   create table unknot.messages (
     conversation text not null,
     sequence bigint not null,
     sender text not null,
     activity text,
     body text not null,
     pending boolean not null,
     at bigint not null
   );
   create unique index messages_by_sequence on unknot.messages (conversation, sequence) include (activity);
   create index messages_pending on unknot.messages (at) where pending;
   create index messages_by_time on unknot.messages (at);
   create table unknot.timers (
     conversation text not null,
     id text not null,
     at bigint not null,
     claimed bigint not null,
     primary key (conversation, id)
   );
   create index timers_by_time on unknot.timers (at);
   create table unknot.chats (
     id text primary key,
     conversation text not null,
     "user" text not null,
     resume text not null unique,
     at bigint not null
   );
   create index chats_by_conversation on unknot.chats (conversation);
   create table unknot.audit (
     at bigint not null,
     content_version text not null,
     disposition text not null,
     "row" text not null,
     flags jsonb not null
   );
   create index audit_by_time on unknot.audit (at);
   create table unknot.set_aside (
     conversation text not null,
     state text not null,
     at bigint not null
   );
   create index set_aside_by_conversation on unknot.set_aside (conversation);
   create table unknot.health (id integer primary key, at bigint not null);

   create function unknot.delete_around(key text) returns void language sql as $$
     delete from unknot.messages where conversation = key;
     delete from unknot.timers where conversation = key;
     delete from unknot.set_aside where conversation = key;
     delete from unknot.chats where conversation = key;
   $$;

   -- One turn in one round trip. False when somebody else committed first.
   create function unknot.commit_turn(
     key text, based_on bigint, new_sequence bigint, new_state text, new_channel text, new_address text, now_at bigint,
     forget boolean, aside text, said jsonb, wake jsonb, noted jsonb
   ) returns boolean language plpgsql as $$
   begin
     if based_on = 0 then
       insert into unknot.conversations (id, version, sequence, state, channel, address, at, day, claimed)
         values (key, 1, new_sequence, new_state, new_channel, new_address, now_at, now_at / 86400000, 0)
         on conflict do nothing;
     else
       update unknot.conversations set version = version + 1, sequence = new_sequence, state = new_state,
         channel = new_channel, address = new_address, at = now_at, day = now_at / 86400000
         where id = key and version = based_on;
     end if;
     if not found then return false; end if;
     if forget then perform unknot.delete_around(key); end if;
     if aside is not null then insert into unknot.set_aside values (key, aside, now_at); end if;
     insert into unknot.messages (conversation, sequence, sender, activity, body, pending, at)
       select key, m.sequence, m."from", m.activity, m.body, m.pending, m.at
       from jsonb_to_recordset(said) as m (sequence bigint, "from" text, activity text, body text, pending boolean, at bigint);
     if wake is not null then
       delete from unknot.timers where conversation = key;
       insert into unknot.timers (conversation, id, at, claimed)
         select key, t.id, t.at, 0 from jsonb_to_recordset(wake) as t (id text, at bigint);
     end if;
     if noted is not null then
       insert into unknot.audit (at, content_version, disposition, "row", flags)
         select a.at, a."contentVersion", a.disposition, a."row", a.flags
         from jsonb_to_recordset(noted) as a (at bigint, "contentVersion" text, disposition text, "row" text, flags jsonb);
     end if;
     return true;
   end $$;`,
];

/** Any number; the same in every version of the program. */
const LOCK = 7_305_471;

/**
 * Brings the schema to the present version. Instances that start at once wait for each other.
 * @throws UserError store-unreadable when it is of a newer program
 */
export async function migratePostgres(client: ClientBase): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query("create schema if not exists unknot");
    await client.query("create table if not exists unknot.schema_version (version integer not null)");
    const { rows } = await client.query<{ version: number }>("select version from unknot.schema_version");
    const version = rows[0]?.version ?? 0;
    if (version > MIGRATIONS.length) {
      throw new UserError(
        "store-unreadable",
        `the database is of version ${version}, this program knows ${MIGRATIONS.length}. Run the newer program.`,
      );
    }
    for (const migration of MIGRATIONS.slice(version)) await client.query(migration);
    if (version === 0) await client.query("insert into unknot.schema_version values ($1)", [MIGRATIONS.length]);
    else if (version < MIGRATIONS.length)
      await client.query("update unknot.schema_version set version = $1", [MIGRATIONS.length]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

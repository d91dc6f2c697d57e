import { type KeptMessage, REPEATS_WITHIN, type StoredConversation } from "./store.ts";

/** The statements of the PostgreSQL store, by name: the server plans each once for a connection. */
const MESSAGE = `m.sequence, m.sender as "from", m.activity, m.body, m.pending, m.at`;

export const QUERIES = {
  load: `select c.version, c.sequence, c.state, c.channel, c.address, c.at,
      (select json_agg(json_build_object('sequence', m.sequence, 'from', m.sender, 'activity', m.activity, 'body', m.body,
                                         'pending', m.pending, 'at', m.at) order by m.sequence)
       from unknot.messages m
       where m.conversation = c.id and m.sequence > c.sequence - ${REPEATS_WITHIN} and m.activity = $2) as handled
    from unknot.conversations c where c.id = $1`,
  commit: "select unknot.commit_turn($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as written",
  transcript: `select ${MESSAGE} from unknot.messages m where m.conversation = $1 and m.sequence > $2 order by m.sequence limit $3`,
  claimDue: `with due as (
      select conversation, id from unknot.timers where at <= $1 and claimed <= $1 order by at limit $3 for update skip locked)
    update unknot.timers t set claimed = $2 from due where t.conversation = due.conversation and t.id = due.id
    returning t.conversation`,
  nextDue: "select min(at) as at from unknot.timers",
  claimUnsent: `with late as (
      select c.id from unknot.conversations c
      where c.claimed <= $2 and c.id in (select conversation from unknot.messages where pending and at <= $1)
      limit $4 for update skip locked)
    update unknot.conversations c set claimed = $3 from late where c.id = late.id
    returning c.id as conversation, c.channel, c.address`,
  pending: `select m.conversation, ${MESSAGE} from unknot.messages m where m.conversation = any($1) and m.pending order by m.sequence`,
  acknowledge: `with arrived as (
      update unknot.messages set pending = false, body = '' where conversation = $1 and sequence = any($2) and pending)
    update unknot.conversations set address = '' where id = $1 and state is null and not exists (
      select from unknot.messages where conversation = $1 and pending and sequence <> all($2))`,
  saveChat: `insert into unknot.chats (id, conversation, "user", resume, at) values ($1, $2, $3, $4, $5)`,
  rotateResume: `update unknot.chats set resume = $2, at = $3 where resume = $1 returning id, conversation, "user", resume, at`,
  auditSince: `select at, content_version as "contentVersion", disposition, "row", flags from unknot.audit
    where at >= $1 order by at limit $2`,
  oldMessages: `delete from unknot.messages where ctid = any(array(
      select ctid from unknot.messages where at < $1 limit $2 for update skip locked))`,
  oldConversations: `with old as (
      select id from unknot.conversations where (day <= $1 and at < $2) or (state is null and at < $3)
      limit $4 for update skip locked)
    , around as (select unknot.delete_around(id), id from old)
    delete from unknot.conversations c using around where c.id = around.id`,
  oldChats: `delete from unknot.chats where id = any(array(
      select ch.id from unknot.chats ch where ch.at < $1
      and not exists (select from unknot.conversations c where c.id = ch.conversation) limit $2))`,
  oldAudit: "delete from unknot.audit where ctid = any(array(select ctid from unknot.audit where at < $1 limit $2))",
  announce: "select pg_notify($1, payload) from unnest($2::text[]) as payload",
  check: "insert into unknot.health (id, at) values (1, $1) on conflict (id) do update set at = excluded.at",
} as const;

export interface LoadedRow extends StoredConversation {
  readonly handled: readonly KeptMessage[] | null;
}

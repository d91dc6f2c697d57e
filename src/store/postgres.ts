import type pg from "pg";
import { type Announcer, createAnnouncer } from "./postgres-announcer.ts";
import { connectionOf, createDatabase, type Database } from "./postgres-database.ts";
import type { LoadedRow } from "./postgres-queries.ts";
import type { AuditEntry, Change, Chat, KeptMessage, Limits, Loaded, Store, Unsent } from "./store.ts";

export interface PostgresSettings {
  /** postgres://…; TLS by its sslmode, sslrootcert, sslcert and sslkey. */
  readonly url: string;
  /** Most connections at once, besides the one that listens. */
  readonly connections: number;
  /** Told of trouble with a connection that nobody was waiting for. */
  readonly failed: (error: unknown) => void;
}

const DAY = 86_400_000;

/**
 * Keeps conversations in PostgreSQL, for any number of instances. While the server cannot be reached the store may be opened
 * all the same: every call fails until it is back, then the schema is brought up to date and work begins.
 * @throws UserError store-unreadable when the server answers, but not to this program
 */
export async function openPostgresStore({ url, connections, failed }: PostgresSettings): Promise<Store> {
  const connection = connectionOf(url);
  const database = createDatabase(connection, connections, failed);
  const notify = (channel: string, payloads: readonly string[]) => database.query("announce", [channel, payloads]);
  const announcer = createAnnouncer(connection, notify, failed);
  await database.open();
  return storeOn(database, announcer);
}

function storeOn(database: Database, announcer: Announcer): Store {
  const { query } = database;
  return {
    shared: true,
    load: (key, activity) => load(database, key, activity),
    commit: async (change) => {
      const { rows } = await query<{ written: boolean }>("commit", commitValues(change));
      const written = rows[0]?.written === true;
      if (written && change.announce) announcer.announce(change.conversation);
      return written;
    },
    transcript: async (key, after, limit) =>
      (await query<KeptMessage & pg.QueryResultRow>("transcript", [key, after, limit])).rows,
    claimDue: async (now, lease, limit) => {
      const { rows } = await query<{ conversation: string }>("claimDue", [now, now + lease, limit]);
      return [...new Set(rows.map(({ conversation }) => conversation))];
    },
    nextDue: async () => (await query<{ at: number | null }>("nextDue")).rows[0]?.at ?? null,
    claimUnsent: (before, now, lease, limit) => claimUnsent(database, before, now, lease, limit),
    acknowledge: async (key, sequences) => {
      await query("acknowledge", [key, sequences]);
    },
    saveChat: async ({ id, conversation, user, resume, at }) => {
      await query("saveChat", [id, conversation, user, resume, at]);
    },
    rotateResume: async (oldHash, newHash, now) =>
      (await query<Chat & pg.QueryResultRow>("rotateResume", [oldHash, newHash, now])).rows[0] ?? null,
    auditSince: async (at, limit) => (await query<AuditEntry & pg.QueryResultRow>("auditSince", [at, limit])).rows,
    sweep: (limits, most) => sweep(database, limits, most),
    onSaidElsewhere: announcer.listen,
    check: async () => {
      await query("check", [Date.now()]);
    },
    close: () => database.close(announcer.close()),
  };
}

async function load({ query }: Database, key: string, activity: string | null): Promise<Loaded> {
  const { rows } = await query<LoadedRow & pg.QueryResultRow>("load", [key, activity]);
  const row = rows[0];
  if (row === undefined) return { conversation: null, handled: null };
  const { handled, ...conversation } = row;
  return { conversation, handled };
}

async function claimUnsent({ query }: Database, before: number, now: number, lease: number, limit: number): Promise<Unsent[]> {
  const claimed = (await query<Omit<Unsent, "messages">>("claimUnsent", [before, now, now + lease, limit])).rows;
  if (claimed.length === 0) return [];
  const keys = claimed.map(({ conversation }) => conversation);
  const { rows } = await query<KeptMessage & { conversation: string }>("pending", [keys]);
  return claimed.map((one) => ({ ...one, messages: rows.filter((row) => row.conversation === one.conversation) }));
}

async function sweep({ query }: Database, limits: Limits, most: number): Promise<boolean> {
  const day = Math.floor(limits.conversations / DAY);
  const gone = [
    await query("oldMessages", [limits.messages, most]),
    await query("oldConversations", [day, limits.conversations, limits.messages, most]),
    await query("oldChats", [limits.conversations, most]),
    await query("oldAudit", [limits.audit, most]),
  ];
  return gone.some(({ rowCount }) => rowCount === most);
}

function commitValues(change: Change): unknown[] {
  const { conversation, basedOn, sequence, state, channel, address, at, forget, setAside, messages, timers, audit } = change;
  return [
    conversation,
    basedOn,
    sequence,
    state,
    channel,
    address,
    at,
    forget,
    setAside,
    JSON.stringify(messages),
    timers === null ? null : JSON.stringify(timers.map((timer) => ({ id: timer.id, at: timer.at }))),
    audit.length === 0 ? null : JSON.stringify(audit),
  ];
}

import pg from "pg";
import { UserError } from "../errors.ts";
import { createAnnouncer } from "./postgres-announcer.ts";
import { migratePostgres } from "./postgres-migrations.ts";
import { type LoadedRow, QUERIES } from "./postgres-queries.ts";
import type { AuditEntry, Change, Chat, KeptMessage, Store, Unsent } from "./store.ts";

export interface PostgresSettings {
  /** postgres://…; TLS by its sslmode, sslrootcert, sslcert and sslkey. */
  readonly url: string;
  /** Most connections at once, besides the one that listens. */
  readonly connections: number;
  /** Told of trouble with a connection that nobody was waiting for. */
  readonly failed: (error: unknown) => void;
}

/** Nobody in pain waits longer for a database: the fixed text answers instead. */
const CONNECT_MILLISECONDS = 3000;
const QUERY_MILLISECONDS = 5000;
const IDLE_MILLISECONDS = 30_000;
const INT8 = 20;
const DAY = 86_400_000;

/**
 * Keeps conversations in PostgreSQL, for any number of instances. While the server cannot be reached the store may be opened
 * all the same: every call fails until it is back, then the schema is brought up to date and work begins.
 * @throws UserError store-unreadable when the server answers, but not to this program
 */
export async function openPostgresStore({ url, connections, failed }: PostgresSettings): Promise<Store> {
  const connection = connectionOf(url);
  const pool = new pg.Pool({
    ...connection,
    max: connections,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
    statement_timeout: QUERY_MILLISECONDS,
  });
  let closed = false;
  // The pool lets go before its connections have: one that breaks on the way out is no trouble to anybody.
  pool.on("error", (error) => closed || failed(error));
  const announcer = createAnnouncer(connection, failed);
  let migrated = false;

  const query = async <Row extends pg.QueryResultRow>(name: keyof typeof QUERIES, values: unknown[] = []) => {
    if (!migrated) await migrate();
    return await pool.query<Row>({ name, text: QUERIES[name], values });
  };
  const migrate = async (): Promise<void> => {
    const client = new pg.Client(connection);
    client.on("error", failed);
    await client.connect();
    try {
      await migratePostgres(client);
      migrated = true;
    } finally {
      await client.end();
    }
  };
  const commit = async (change: Change): Promise<boolean> => {
    const { rows } = await query<{ written: boolean }>("commit", commitValues(change));
    const written = rows[0]?.written === true;
    if (written && change.announce) announcer.announce(change.conversation);
    return written;
  };
  announcer.sendThrough((conversations) => query("announce", [announcer.channel, conversations]));

  await migrate().catch((error: unknown) => {
    if (!isAway(error)) throw refused(error);
    failed(error);
  });
  return {
    shared: true,
    load: async (key, activity) => {
      const { rows } = await query<LoadedRow & pg.QueryResultRow>("load", [key, activity]);
      const row = rows[0];
      if (row === undefined) return { conversation: null, handled: null };
      const { handled, ...conversation } = row;
      return { conversation, handled };
    },
    commit,
    transcript: async (key, after, limit) =>
      (await query<KeptMessage & pg.QueryResultRow>("transcript", [key, after, limit])).rows,
    claimDue: async (now, lease, limit) => {
      const { rows } = await query<{ conversation: string }>("claimDue", [now, now + lease, limit]);
      return [...new Set(rows.map(({ conversation }) => conversation))];
    },
    nextDue: async () => (await query<{ at: number | null }>("nextDue")).rows[0]?.at ?? null,
    claimUnsent: async (before, now, lease, limit) => {
      const claimed = (await query<Omit<Unsent, "messages">>("claimUnsent", [before, now, now + lease, limit])).rows;
      if (claimed.length === 0) return [];
      const keys = claimed.map(({ conversation }) => conversation);
      const { rows } = await query<KeptMessage & { conversation: string }>("pending", [keys]);
      return claimed.map((one) => ({ ...one, messages: rows.filter((row) => row.conversation === one.conversation) }));
    },
    acknowledge: async (key, sequences) => {
      await query("acknowledge", [key, sequences]);
    },
    saveChat: async ({ id, conversation, user, resume, at }) => {
      await query("saveChat", [id, conversation, user, resume, at]);
    },
    rotateResume: async (oldHash, newHash, now) =>
      (await query<Chat & pg.QueryResultRow>("rotateResume", [oldHash, newHash, now])).rows[0] ?? null,
    auditSince: async (at, limit) => (await query<AuditEntry & pg.QueryResultRow>("auditSince", [at, limit])).rows,
    sweep: async (limits, most) => {
      const day = Math.floor(limits.conversations / DAY);
      const gone = [
        await query("oldMessages", [limits.messages, most]),
        await query("oldConversations", [day, limits.conversations, limits.messages, most]),
        await query("oldChats", [limits.conversations, most]),
        await query("oldAudit", [limits.audit, most]),
      ];
      return gone.some(({ rowCount }) => rowCount === most);
    },
    onSaidElsewhere: announcer.listen,
    check: async () => {
      await query("check", [Date.now()]);
    },
    close: async () => {
      closed = true;
      await announcer.close();
      await pool.end();
    },
  };
}

function connectionOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    keepAlive: true,
    application_name: "unknot",
    types: {
      // Times and counts are far below 2^53.
      getTypeParser: ((id: number, format?: "text" | "binary") =>
        id === INT8 ? Number : pg.types.getTypeParser(id, format as "text")) as pg.CustomTypesConfig["getTypeParser"],
    },
  };
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

/** Worth waiting for: not there, not there yet, or shutting down. Classes 08, 53 and 57 of the SQLSTATE list. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return (
    /^(08|53|57)/.test(code) || /^E[A-Z_]+$/.test(code) || (error instanceof Error && /timeout|terminated/i.test(error.message))
  );
}

function refused(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const told = error instanceof Error ? error.message : String(error);
  return new UserError(
    "store-unreadable",
    `cannot use the database of DATABASE_URL: ${told}. Check its name, account and sslmode.`,
  );
}

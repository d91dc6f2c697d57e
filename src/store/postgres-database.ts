import pg from "pg";
import { UserError } from "../errors.ts";
import { migratePostgres } from "./postgres-migrations.ts";
import { QUERIES } from "./postgres-queries.ts";

/** Connections to a PostgreSQL server. While its schema is not up to date, each query tries to bring it up to date first. */
export interface Database {
  query<Row extends pg.QueryResultRow>(name: keyof typeof QUERIES, values?: unknown[]): Promise<pg.QueryResult<Row>>;
  /**
   * Opens it for work. A server that cannot be reached is told of, and tried again with the first query.
   * @throws UserError store-unreadable when the server answers, but not to this program
   */
  open(): Promise<void>;
  /** Closes when the last work is done. */
  close(last: Promise<void>): Promise<void>;
}

/** Nobody in pain waits longer for a database: the fixed text answers instead. */
const CONNECT_MILLISECONDS = 3000;
const QUERY_MILLISECONDS = 5000;
const ANSWER_MILLISECONDS = 1_000;
const IDLE_MILLISECONDS = 30_000;
const INT8 = 20;

/**
 * @param connections most of them at once
 * @param failed told of trouble with a connection that nobody was waiting for
 */
export function createDatabase(connection: pg.ClientConfig, connections: number, failed: (error: unknown) => void): Database {
  const pool = new pg.Pool({
    ...connection,
    max: connections,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    // The server gives up first, and says so: whether a turn was written is then known.
    query_timeout: QUERY_MILLISECONDS + ANSWER_MILLISECONDS,
    statement_timeout: QUERY_MILLISECONDS,
  });
  let closed = false;
  // The pool lets go before its connections have: one that breaks on the way out is no trouble to anybody.
  pool.on("error", (error) => closed || failed(error));
  let migrated = false;
  const migrate = () =>
    withClient(connection, failed, async (client) => {
      await migratePostgres(client);
      migrated = true;
    });

  return {
    query: async (name, values = []) => {
      if (!migrated) await migrate();
      return await pool.query({ name, text: QUERIES[name], values });
    },
    open: async () => {
      await migrate().catch((error: unknown) => {
        if (!isAway(error)) throw refused(error);
        failed(error);
      });
    },
    close: async (last) => {
      closed = true;
      await last;
      await pool.end();
    },
  };
}

/** @param url postgres://… */
export function connectionOf(url: string): pg.ClientConfig {
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

/** Works over a connection of its own: the pool's would give up on a migration that takes long. */
async function withClient(
  connection: pg.ClientConfig,
  failed: (error: unknown) => void,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client(connection);
  client.on("error", failed);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
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

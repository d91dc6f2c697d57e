import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore } from "../../src/store/memory.ts";
import { openPostgresStore } from "../../src/store/postgres.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";

/** A kind of store, with real databases behind it. */
export interface Kind {
  readonly name: string;
  /** Made once, before any store of the kind. */
  readonly prepare: () => Promise<void>;
  /** An empty store, and a second one on the same data where there can be two. */
  readonly open: () => Promise<{ store: Store; other: Store | null }>;
  readonly remove: () => Promise<void>;
}

export function memory(): Kind {
  return {
    name: "memory",
    prepare: async () => {},
    open: async () => ({ store: createMemoryStore(), other: null }),
    remove: async () => {},
  };
}

export function sqlite(): Kind {
  const folders: string[] = [];
  return {
    name: "SQLite",
    prepare: async () => {},
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), "unknot-store-"));
      folders.push(folder);
      return { store: openSqliteStore(folder), other: openSqliteStore(folder) };
    },
    remove: async () => {
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  };
}

export function postgres(): Kind {
  let server: Postgres;
  let count = 0;
  const failed = (error: unknown) => {
    throw error;
  };
  return {
    name: "PostgreSQL",
    prepare: async () => {
      server = await startPostgres();
    },
    open: async () => {
      const url = await server.createDatabase(`test_${count++}`);
      const [store, other] = await Promise.all([1, 2].map(() => openPostgresStore({ url, connections: 4, failed })));
      if (store === undefined || other === undefined) throw new Error("no store");
      return { store, other };
    },
    remove: async () => server.remove(),
  };
}

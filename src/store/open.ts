import { openSqliteStore } from "./sqlite.ts";
import type { Store } from "./store.ts";

export interface StoreSettings {
  readonly dataFolder: string;
  /** postgres://…; null for SQLite in the data folder. */
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
}

/**
 * The store that the settings name.
 * @param failed told of trouble that no call waits for
 * @throws UserError data-dir-unwritable, store-unreadable
 */
export async function openStore(settings: StoreSettings, failed: (error: unknown) => void): Promise<Store> {
  const { dataFolder, databaseUrl, databaseConnections } = settings;
  if (databaseUrl === null) return openSqliteStore(dataFolder);
  // Loaded only where it is used.
  const { openPostgresStore } = await import("./postgres.ts");
  return await openPostgresStore({ url: databaseUrl, connections: databaseConnections, failed });
}

import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { oneLine, UserError } from "../src/errors.ts";
import { DATABASE_FILE } from "../src/store/sqlite.ts";

/**
 * `npm run backup -- FILE` copies the database while the server runs. `npm run restore -- FILE` puts a copy back while it is
 * stopped; what was there is kept beside it. DATA_DIR says where the database is (./data unless set).
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { restore: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [copy] = positionals;
  if (copy === undefined) throw new UserError("bad-input", "name the file of the backup: npm run backup -- /backups/unknot.db");
  const file = join(process.env["DATA_DIR"] ?? "./data", DATABASE_FILE);
  if (values.restore) restore(copy, file);
  else await save(file, copy);
}

async function save(file: string, copy: string): Promise<void> {
  if (!existsSync(file)) throw new UserError("bad-input", `there is no database at ${file}. Set DATA_DIR to its folder.`);
  if (existsSync(copy)) throw new UserError("bad-input", `${copy} is there already: name a new file.`);
  mkdirSync(dirname(copy), { recursive: true });
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  const source = new DatabaseSync(file, { readOnly: true });
  await backup(source, partial);
  source.close();
  oneFile(partial);
  check(partial);
  renameSync(partial, copy);
  process.stdout.write(`${copy}: ${statSync(copy).size} bytes, checked\n`);
}

function restore(copy: string, file: string): void {
  if (!existsSync(copy)) throw new UserError("bad-input", `there is no backup at ${copy}.`);
  check(copy);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.restored`;
  rmSync(draft, { force: true });
  try {
    const source = new DatabaseSync(copy, { readOnly: true });
    source.prepare("vacuum into ?").run(draft);
    source.close();
    check(draft);
    // Only now: with too little room for both, what was there stays where it is.
    if (existsSync(file)) setAside(file);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  process.stdout.write(`${file} is what it was in ${copy}\n`);
}

/** Moves the present database away; that of an earlier restore is never written over. */
function setAside(file: string): void {
  refuseInUse(file);
  const first = `${file}.before-restore`;
  renameSync(file, existsSync(first) ? `${first}-${Date.now()}` : first);
  for (const left of ["-wal", "-shm"]) rmSync(file + left, { force: true });
}

/** A copy without a write-ahead log beside it can be looked at where nothing may be written. */
function oneFile(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = delete");
  database.close();
}

/** @throws UserError store-unreadable */
function check(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const { integrity_check: found } = database.prepare("pragma integrity_check(1)").get() as { integrity_check: string };
    if (found !== "ok") throw new Error(found);
  } catch (error) {
    throw new UserError("store-unreadable", `${file} is damaged: ${(error as Error).message}`);
  } finally {
    database.close();
  }
}

/** A server that runs would go on writing into the file that was moved away. */
function refuseInUse(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec("pragma locking_mode = exclusive; pragma journal_mode = delete");
  } catch {
    throw new UserError("bad-input", `${file} is in use: stop the server first.`);
  } finally {
    database.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}

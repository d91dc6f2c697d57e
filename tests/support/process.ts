import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The server as `npm start` runs it, in a process of its own. */
export interface Server {
  /** Empty when it ended before it listened. */
  readonly url: string;
  /** Everything that it wrote, log and errors. */
  output(): string;
  ready(): Promise<boolean>;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const root = join(import.meta.dirname, "..", "..");

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "unknot-process-"));
}

/**
 * Resolves when the server is ready or has ended. A LOG_LEVEL above info keeps it from saying that it is ready.
 * @param env its whole environment besides PATH; without PORT any that is free
 */
export async function startProcess(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const child = spawn(process.execPath, [join(root, "scripts", "start.js")], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", DATA_DIR: temporaryFolder(), ...env },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let output = "";
  const ended = once(child, "close").then(([code]) => {
    process.off("exit", kill);
    return code as number | null;
  });
  const ready = new Promise<void>((resolve) => {
    const note = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"event":"ready"')) resolve();
    };
    child.stdout.on("data", note);
    child.stderr.on("data", note);
  });
  await Promise.race([ready, ended]);
  const url = /"address":"([^"]+)"/.exec(output)?.[1] ?? "";
  return {
    url,
    output: () => output,
    ready: async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200,
    ended,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return await ended;
    },
  };
}

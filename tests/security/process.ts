import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The server as it is started for real, in a process of its own. */
export interface Started {
  readonly url: string;
  output(): string;
  readonly ended: Promise<number | null>;
  stop(): void;
}

const root = join(import.meta.dirname, "..", "..");

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "unknot-attack-"));
}

/** Resolves when the server is ready or has ended. */
export async function startProcess(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, [join(root, "src", "main.ts")], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", DATA_DIR: temporaryFolder(), ...env },
  });
  let output = "";
  const ended = once(child, "close").then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    const note = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"event":"ready"')) resolve();
    };
    child.stdout?.on("data", note);
    child.stderr?.on("data", note);
  });
  await Promise.race([ready, ended]);
  return {
    url: /"address":"([^"]+)"/.exec(output)?.[1] ?? "",
    output: () => output,
    ended,
    stop: () => {
      if (child.exitCode === null) child.kill("SIGKILL");
    },
  };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKnowledge } from "../src/load.ts";
import type { Knowledge } from "../src/understanding/knowledge.ts";
import { freePort } from "../tests/support/free-port.ts";

export const ROOT = join(import.meta.dirname, "..");

export async function bestKnowledge(): Promise<Knowledge> {
  return await loadKnowledge(join(ROOT, "content", "en"), join(ROOT, ".cache"), (what) => process.stderr.write(`${what}\n`));
}

export interface Running {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the first answered request. */
  readonly millisecondsToListen: number;
  /** Bytes of resident memory. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a program, with the options of Node before it, that listens on PORT, and waits until `path` answers. */
export async function run(program: string, env: Record<string, string>, path = "/healthz"): Promise<Running> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, program.split(" "), {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", PORT: String(port), LOG_LEVEL: "silent", DATA_DIR: temporaryFolder(), ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(url + path).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`${program} ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const pid = child.pid as number;
  return {
    url,
    pid,
    millisecondsToListen: performance.now() - started,
    memory: () => residentMemory(pid),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "unknot-bench-"));
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

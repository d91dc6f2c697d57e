import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Not among the dependencies: it is pre-release software under terms of its own, and npx fetches it when it is wanted. */
const PLAYGROUND = "@microsoft/m365agentsplayground@0.2.28";
const root = join(import.meta.dirname, "..", "..");

export interface Trial {
  /** Where the Playground is to be opened. */
  readonly address: string;
  /** Resolves when one of the two has ended by itself. */
  readonly ended: Promise<unknown>;
  stop(): void;
}

/**
 * Starts the bot in local mode, with data of its own, and the Playground beside it; both serve this machine alone.
 * @param ports of the bot and the Playground
 * @throws Error when one of them does not come up
 */
export async function startTrial(ports: { readonly bot: number; readonly playground: number }): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), "unknot-try-teams-"));
  const bot = run(process.execPath, [join(root, "src", "main.ts")], {
    HOST: "127.0.0.1",
    PORT: String(ports.bot),
    DATA_DIR: folder,
    DATABASE_URL: "",
    BOT_FRAMEWORK: "on",
    MicrosoftAppId: "",
    MicrosoftAppPassword: "",
    LOG_LEVEL: "warn",
  });
  try {
    await answers(`http://127.0.0.1:${ports.bot}/readyz`, bot);
  } catch (error) {
    end(bot);
    throw error;
  }
  const endpoint = `http://127.0.0.1:${ports.bot}/api/messages`;
  const options = [
    "--app-endpoint",
    endpoint,
    "--channel-id",
    "msteams",
    "--port",
    String(ports.playground),
    "--disable-telemetry",
  ];
  const playground = run("npx", ["--yes", PLAYGROUND, "start", ...options], {
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "loopback.ts"))}`,
    TEAMSAPPTESTER_BROWSER: "none",
    M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, "playground.log"),
  });
  const stop = (): void => {
    for (const child of [bot, playground]) end(child);
  };
  const address = `http://127.0.0.1:${ports.playground}`;
  try {
    await answers(address, playground);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    address,
    stop,
    ended: Promise.race([bot, playground].map((child) => new Promise((resolve) => child.once("exit", resolve)))),
  };
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const detached = process.platform !== "win32";
  return spawn(command, args, { cwd: root, stdio: "ignore", env: { ...process.env, ...env }, detached });
}

/** npx does not end what it has started: the whole group is ended. */
function end(child: ChildProcess): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

const PATIENCE = 120_000;

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} ended with ${child.exitCode}`);
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`nothing answers at ${url}`);
}

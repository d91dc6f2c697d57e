import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BotFramework, createBotFramework } from "./channels/bot-framework/bot-framework.ts";
import type { Clinic } from "./channels/bot-framework/clinic-channel.ts";
import { REAL_PACE } from "./channels/bot-framework/delivery.ts";
import { createDirectLine, type DirectLine } from "./channels/direct-line/direct-line.ts";
import { createTokens } from "./channels/direct-line/tokens.ts";
import { createHandOff } from "./channels/hand-off/hand-off.ts";
import { createWebhook } from "./channels/hand-off/webhook.ts";
import type { Route } from "./channels/http/http.ts";
import type { Config } from "./config.ts";
import { UserError } from "./errors.ts";
import type { Observation } from "./observe.ts";
import type { Store } from "./store/store.ts";
import type { Turns } from "./turns/port.ts";

export interface ChannelsParts {
  readonly config: Config;
  readonly observation: Observation;
  readonly store: Store;
  readonly turns: Turns;
  readonly now: () => number;
}

/** All the ways in which people and clinics reach the bot. */
export interface Channels {
  readonly routes: readonly Route[];
  readonly upgrade: DirectLine["upgrade"];
  /** Loads what the first message would have to wait for. */
  warmUp(): void;
  /** Sends everybody at the web chat elsewhere. */
  close(): void;
  /** Resolves when nobody is being passed on any more. */
  settled(): Promise<void>;
}

/**
 * The channels that the settings name.
 * @throws UserError data-dir-unwritable, config-invalid
 */
export function openChannels({ config, observation, store, turns, now }: ChannelsParts): Channels {
  const key = tokenKey(config);
  const undelivered = (error: unknown) => observation.failure("deliver", error);
  const directLine = createDirectLine({
    turns,
    store,
    tokens: createTokens(key),
    secret: config.directLine.secret,
    now,
    report: observation.sockets,
    limits: config.directLine.limits,
  });
  const botFramework =
    config.botFramework === null
      ? null
      : createBotFramework({
          turns,
          config: config.botFramework,
          hub: config.handOff?.to.kind === "hub",
          clinic: clinicOf(config, key),
          publicUrl: config.publicUrl,
          now,
          failed: undelivered,
        });
  const handOff = handOffOf(turns, config, botFramework, now, undelivered);
  return {
    routes: [...directLine.routes, ...(botFramework?.routes ?? []), ...handOff.routes],
    upgrade: directLine.upgrade,
    warmUp: () => {
      // The SDK takes 50 MB and half a second: ready ahead of Azure's first message, left alone where only the web chat is used.
      if (config.botFramework?.app) void botFramework?.load().catch((error: unknown) => observation.failure("turn", error));
    },
    close: directLine.close,
    settled: handOff.settled,
  };
}

/** The channel of clinicians in Teams, where one is set. */
function clinicOf({ handOff }: Config, key: Buffer): Clinic | null {
  return handOff?.to.kind === "teams" ? { ...handOff.to, secret: `hand-off:${key.toString("base64")}` } : null;
}

/** Passes people on to a clinic's webhook or channel, where one is set. */
function handOffOf(
  turns: Turns,
  { handOff, publicUrl }: Config,
  botFramework: BotFramework | null,
  now: () => number,
  failed: (error: unknown) => void,
): { routes: readonly Route[]; settled: () => Promise<void> } {
  if (handOff === null) return { routes: [], settled: async () => {} };
  const { to, waitSeconds } = handOff;
  const webhook = to.kind === "webhook" ? createWebhook({ turns, ...to, publicUrl, pace: { ...REAL_PACE, now } }) : null;
  const tell = webhook?.tell ?? botFramework?.tellClinic ?? null;
  if (tell === null) return { routes: [], settled: async () => {} };
  const { settled } = createHandOff({ turns, tell, wait: waitSeconds * 1000, now, failed });
  return { routes: webhook?.routes ?? [], settled };
}

/** Tokens stay good over a restart: the key comes from the deployment's secret, or from a file of its own. */
function tokenKey({ directLine, dataFolder }: Config): Buffer {
  if (directLine.secret !== null) return Buffer.from(`token:${directLine.secret}`);
  const file = join(dataFolder, "token.key");
  try {
    mkdirSync(dataFolder, { recursive: true });
    if (!existsSync(file)) makeKey(file);
    return readFileSync(file);
  } catch (error) {
    const why = (error as Error).message;
    throw new UserError("data-dir-unwritable", `cannot keep ${file}: ${why}. Make DATA_DIR writable or set DIRECT_LINE_SECRET.`);
  }
}

/** Of two processes that start at once one makes it, and the other takes it. */
function makeKey(file: string): void {
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HandOffTerms } from "../dialogs/reply.ts";
import { createWorld } from "../dialogs/respond.ts";
import { isReviewed } from "./care/content.ts";
import { type BotFramework, createBotFramework } from "./channels/bot-framework/bot-framework.ts";
import type { Clinic } from "./channels/bot-framework/clinic-channel.ts";
import { REAL_PACE } from "./channels/bot-framework/delivery.ts";
import { createDirectLine } from "./channels/direct-line/direct-line.ts";
import { createTokens } from "./channels/direct-line/tokens.ts";
import { createHandOff } from "./channels/hand-off/hand-off.ts";
import { createWebhook } from "./channels/hand-off/webhook.ts";
import type { Route } from "./channels/http/http.ts";
import { pictureRoutes } from "./channels/http/pictures.ts";
import { type Config, readConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { oneLine, UserError } from "./errors.ts";
import { loadKnowledge } from "./load.ts";
import { isLoopback } from "./loopback.ts";
import { createObservation, type Observation } from "./observe.ts";
import { startServer } from "./server.ts";
import { openStore } from "./store/open.ts";
import type { Metric } from "./telemetry/otlp.ts";
import { steadyClock } from "./turns/clock.ts";
import type { Turns } from "./turns/port.ts";
import { createRetention, type Lifetimes } from "./turns/retention.ts";
import { createTimers } from "./turns/timers.ts";
import { createTurns, type Mind } from "./turns/turns.ts";
import type { Knowledge } from "./understanding/knowledge.ts";

/** How long open turns may take after SIGTERM. */
const DRAIN_SECONDS = 25;

/** Composition root: settings in, server up, signals handled. */
async function main(): Promise<void> {
  const config = readConfig(environment());
  const observation = createObservation(config.logLevel);
  const { log } = observation;
  const now = steadyClock(Date.now, performance.now.bind(performance));
  const telemetry = await telemetryOf(config, observation, now);
  const knowledge = loadKnowledge(config.contentFolder, config.cacheFolder, (what) => log.info(what));
  const mind = mindOf(knowledge, config);
  mind.catch(fail);
  const storeFailed = (error: unknown) => observation.failure("store", error);
  const store = await openStore(config, storeFailed);
  const turns = createTurns({ store, mind, observer: observation });
  const timers = createTimers({ store, turns, now, failed: storeFailed });
  const retention = createRetention({ store, lifetimes: lifetimesOf(config), now, failed: storeFailed });
  const directLine = createDirectLine({
    turns,
    store,
    tokens: createTokens(tokenKey(config)),
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
          clinic: clinicOf(config),
          publicUrl: config.publicUrl,
          now,
          failed: (error) => observation.failure("deliver", error),
        });
  const handOff = handOffOf(turns, config, botFramework, now, (error) => observation.failure("deliver", error));
  let isReady = false;
  const server = await startServer({
    host: config.host,
    port: config.port,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    origins: config.directLine.origins,
    routes: [
      ...directLine.routes,
      ...(botFramework?.routes ?? []),
      ...handOff.routes,
      ...pictureRoutes(join(config.contentFolder, "..", "pictures")),
    ],
    upgrade: directLine.upgrade,
    webFolder: join(import.meta.dirname, "..", "web", "dist"),
    ready: async () => {
      if (!isReady) return false;
      return await store.check().then(
        () => true,
        () => false,
      );
    },
    metrics: () => observation.metrics.metrics(),
    failed: (error) => observation.failure("turn", error),
  });
  log.info({ event: "listening", address: `http://${config.host}:${server.port}` });
  await mind;
  isReady = true;
  timers.start();
  retention.start();
  log.info({ event: "ready" });
  // The SDK takes 50 MB and half a second: ready ahead of Azure's first message, left alone where only the web chat is used.
  if (config.botFramework?.app) void botFramework?.load().catch((error: unknown) => observation.failure("turn", error));

  const stop = async (signal: string): Promise<void> => {
    log.info({ event: "stopping", signal });
    isReady = false;
    // Whatever hangs does not keep the process: Azure and Kubernetes kill it 30 s after the signal, without a word.
    setTimeout(() => {
      log.error({ event: "drain-timeout", seconds: DRAIN_SECONDS });
      process.exit(1);
    }, DRAIN_SECONDS * 1000).unref();
    directLine.close();
    await Promise.all([server.close(), timers.stop(), retention.stop()]);
    await handOff.settled();
    await store.close();
    await telemetry?.stop();
    log.info({ event: "stopped" });
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal).catch(fail));
}

async function mindOf(knowledge: Knowledge | Promise<Knowledge>, config: Config): Promise<Mind> {
  const { content, understand } = await knowledge;
  if (!isLoopback(config.host) && !isReviewed(content) && !config.allowUnreviewed) {
    throw new UserError(
      "content-unreviewed",
      `no clinician has signed content version ${content.version} (content/en/sign-off.yaml). Have it reviewed, or set ALLOW_UNREVIEWED_CONTENT=true and tell your users.`,
    );
  }
  return { world: createWorld(content, config.defaultCountry, termsOf(config)), understand };
}

function termsOf({ handOff }: Config): HandOffTerms | null {
  if (handOff === null) return null;
  const { to, waitSeconds } = handOff;
  return { wait: waitSeconds * 1000, hubOnly: to.kind !== "webhook", named: to.kind === "teams" };
}

/** The channel of clinicians in Teams, where one is set. */
function clinicOf(config: Config): Clinic | null {
  const { handOff } = config;
  return handOff?.to.kind === "teams" ? { ...handOff.to, secret: `hand-off:${tokenKey(config).toString("base64")}` } : null;
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

/** Loaded only where a collector is named. */
async function telemetryOf({ telemetry: config }: Config, observation: Observation, now: () => number) {
  if (config === null) return null;
  const { createTelemetry } = await import("./telemetry/telemetry.ts");
  const unsent = (status: number) => observation.log.warn({ event: "telemetry-unsent", status });
  // prom-client's types leave the names of a histogram's values out; they are there.
  const metrics = async () => (await observation.metrics.getMetricsAsJSON()) as Metric[];
  const telemetry = createTelemetry({ config, metrics, now, unsent });
  observation.traceWith(telemetry);
  telemetry.start();
  return telemetry;
}

function lifetimesOf({ keep }: Config): Lifetimes {
  const day = 24 * 3_600_000;
  return { transcripts: keep.transcriptHours * 3_600_000, conversations: keep.days * day, audit: keep.auditDays * day };
}

/** Tokens stay good over a restart: the key comes from the deployment's secret, or from a file of its own. */
function tokenKey({ directLine, dataFolder }: Config): Buffer {
  if (directLine.secret !== null) return Buffer.from(`token:${directLine.secret}`);
  const file = join(dataFolder, "token.key");
  try {
    mkdirSync(dataFolder, { recursive: true });
    if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
    return readFileSync(file);
  } catch (error) {
    const why = (error as Error).message;
    throw new UserError("data-dir-unwritable", `cannot keep ${file}: ${why}. Make DATA_DIR writable or set DIRECT_LINE_SECRET.`);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exit(1);
}

await main().catch(fail);

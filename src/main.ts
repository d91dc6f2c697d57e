import { join } from "node:path";
import type { HandOffTerms } from "../dialogs/reply.ts";
import { createWorld } from "../dialogs/respond.ts";
import { isReviewed } from "./care/content.ts";
import { pictureRoutes } from "./channels/http/pictures.ts";
import { type Config, readConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { oneLine, UserError } from "./errors.ts";
import { loadKnowledge } from "./load.ts";
import { isLoopback } from "./loopback.ts";
import { createObservation, type Observation } from "./observe.ts";
import { type Channels, openChannels } from "./open-channels.ts";
import { type ServerParts, startServer } from "./server.ts";
import { openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";
import type { Metric } from "./telemetry/otlp.ts";
import { steadyClock } from "./turns/clock.ts";
import { createRetention, type Lifetimes } from "./turns/retention.ts";
import { createTimers } from "./turns/timers.ts";
import { createTurns, type Mind } from "./turns/turns.ts";
import type { Knowledge } from "./understanding/knowledge.ts";
import { rememberShortTexts } from "./understanding/short-texts.ts";

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
  const channels = openChannels({ config, observation, store, turns, now });
  let isReady = false;
  const ready = async () => isReady && (await works(store));
  const server = await startServer(serverPartsOf(config, observation, channels, ready));
  log.info({ event: "listening", address: `http://${config.host}:${server.port}` });
  await mind;
  isReady = true;
  timers.start();
  retention.start();
  log.info({ event: "ready" });
  channels.warmUp();

  onSignal(log, async () => {
    isReady = false;
    channels.close();
    await Promise.all([server.close(), timers.stop(), retention.stop()]);
    await channels.settled();
    await store.close();
    await telemetry?.stop();
  });
}

/** What the server serves. */
function serverPartsOf(
  config: Config,
  { metrics, failure }: Observation,
  { routes, upgrade }: Channels,
  ready: () => Promise<boolean>,
): ServerParts {
  const { host, port, publicUrl, trustProxy, directLine, contentFolder } = config;
  return {
    host,
    port,
    publicUrl,
    trustProxy,
    origins: directLine.origins,
    routes: [...routes, ...pictureRoutes(join(contentFolder, "..", "pictures"))],
    upgrade,
    webFolder: join(import.meta.dirname, "..", "web", "dist"),
    ready,
    metrics: () => metrics.metrics(),
    failed: (error) => failure("turn", error),
  };
}

async function works(store: Store): Promise<boolean> {
  return await store.check().then(
    () => true,
    () => false,
  );
}

/** @param stop ends everything in good order */
function onSignal(log: Observation["log"], stop: () => Promise<void>): void {
  const heard = async (signal: string): Promise<void> => {
    log.info({ event: "stopping", signal });
    // Whatever hangs does not keep the process: Azure and Kubernetes kill it 30 s after the signal, without a word.
    setTimeout(() => {
      log.error({ event: "drain-timeout", seconds: DRAIN_SECONDS });
      process.exit(1);
    }, DRAIN_SECONDS * 1000).unref();
    await stop();
    log.info({ event: "stopped" });
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void heard(signal).catch(fail));
}

async function mindOf(knowledge: Knowledge | Promise<Knowledge>, config: Config): Promise<Mind> {
  const { content, understand, lexicon } = await knowledge;
  if (!isLoopback(config.host) && !isReviewed(content) && !config.allowUnreviewed) {
    throw new UserError(
      "content-unreviewed",
      `no clinician has signed content version ${content.version} (content/en/sign-off.yaml). Have it reviewed, or set ALLOW_UNREVIEWED_CONTENT=true and tell your users.`,
    );
  }
  return {
    world: createWorld(content, config.defaultCountry, termsOf(config)),
    understand: rememberShortTexts(understand, lexicon),
  };
}

function termsOf({ handOff }: Config): HandOffTerms | null {
  if (handOff === null) return null;
  const { to, waitSeconds } = handOff;
  return { wait: waitSeconds * 1000, hubOnly: to.kind !== "webhook", named: to.kind === "teams" };
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

function fail(error: unknown): void {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exit(1);
}

await main().catch(fail);

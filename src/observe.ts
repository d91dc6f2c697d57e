import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { currentRequest } from "./request-id.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";
import type { Observer } from "./turns/port.ts";

/** Logs as JSON lines, and numbers for Prometheus. Neither holds words of a person or names of one. */
export interface Observation extends Observer {
  readonly log: Logger;
  readonly metrics: Registry;
  sockets(count: number): void;
  /** Tells a collector of OpenTelemetry too. */
  traceWith(telemetry: Telemetry): void;
}

/** Nothing of this is ever logged on purpose; should it come along inside something, it is taken out all the same. */
const PRIVATE = [
  "text",
  "spoken",
  "body",
  "summary",
  "message",
  "stack",
  "authorization",
  "cookie",
  "token",
  "secret",
  "password",
  "resume",
  "reference",
  "connectionString",
];

/** @param logLevel pino's, or "silent" */
export function createObservation(logLevel: string, destination: DestinationStream = pino.destination(1)): Observation {
  const paths = PRIVATE.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options: LoggerOptions = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const request = currentRequest();
      if (request === undefined) return {};
      return request.trace === null ? { request: request.id } : { request: request.id, trace: request.trace };
    },
    redact: { paths, censor: "[removed]" },
    // Under its usual name pino would say an error's message once more as the line's own.
    errorKey: "thrown",
  };
  const log = pino(options, destination);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics, prefix: "unknot_" });
  const registers = [metrics];
  const turns = new Counter({
    name: "unknot_turns_total",
    help: "Turns",
    labelNames: ["channel", "kind", "repeated"],
    registers,
  });
  const intents = new Counter({ name: "unknot_intents_total", help: "Messages by intent", labelNames: ["intent"], registers });
  const dispositions = new Counter({
    name: "unknot_dispositions_total",
    help: "Turns by disposition",
    labelNames: ["disposition"],
    registers,
  });
  const escalations = new Counter({
    name: "unknot_escalations_total",
    help: "Turns that sent to help",
    labelNames: ["disposition"],
    registers,
  });
  const timers = new Counter({ name: "unknot_timers_fired_total", help: "Timers that fired", registers });
  const failures = new Counter({ name: "unknot_failures_total", help: "Failures by place", labelNames: ["where"], registers });
  const seconds = new Histogram({
    name: "unknot_turn_seconds",
    help: "Time a turn takes, without the network",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    registers,
  });
  let telemetry: Telemetry | null = null;
  const sockets = new Gauge({ name: "unknot_sockets", help: "Open web chat streams", registers });
  return {
    log,
    metrics,
    turn: (seen) => {
      turns.inc({ channel: seen.channel, kind: seen.kind, repeated: String(seen.repeated) });
      if (seen.intent !== null) intents.inc({ intent: seen.intent });
      if (seen.disposition !== null) dispositions.inc({ disposition: seen.disposition });
      if (seen.escalated && seen.disposition !== null) escalations.inc({ disposition: seen.disposition });
      if (seen.kind === "timer") timers.inc();
      seconds.observe(seen.milliseconds / 1000);
      telemetry?.turn(seen);
      log.info({ event: "turn", ...seen, milliseconds: Math.round(seen.milliseconds * 1000) / 1000 });
    },
    failure: (where, error) => {
      failures.inc({ where });
      const named = nameOf(error);
      telemetry?.failure(where, named.name);
      log.error({ event: "failure", where, error: named });
    },
    sockets: (count) => sockets.set(count),
    traceWith: (to) => {
      telemetry = to;
    },
  };
}

/** What went wrong, by type and place in the code: messages of errors may hold what a person wrote. */
function nameOf(error: unknown): { name: string; code?: unknown; sqlite?: unknown; at?: string | undefined } {
  if (!(error instanceof Error)) return { name: typeof error };
  const at = error.stack
    ?.split("\n")
    .find((line) => /^\s+at /.test(line))
    ?.trim();
  return {
    name: error.name,
    ...("code" in error ? { code: error.code } : {}),
    ...("errstr" in error ? { sqlite: error.errstr } : {}),
    at,
  };
}

import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { currentRequest } from "./request-id.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";
import type { Observer, SeenTurn } from "./turns/port.ts";

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
  const log = createLog(logLevel, destination);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics, prefix: "unknot_" });
  const numbers = numbersIn(metrics);
  let telemetry: Telemetry | null = null;
  return {
    log,
    metrics,
    turn: (seen) => {
      countTurn(numbers, seen);
      telemetry?.turn(seen);
      log.info({ event: "turn", ...seen, milliseconds: Math.round(seen.milliseconds * 1000) / 1000 });
    },
    failure: (where, error) => {
      numbers.failures.inc({ where });
      const named = nameOf(error);
      telemetry?.failure(where, named.name);
      log.error({ event: "failure", where, error: named });
    },
    sockets: (count) => numbers.sockets.set(count),
    traceWith: (to) => {
      telemetry = to;
    },
  };
}

function createLog(level: string, destination: DestinationStream): Logger {
  const paths = PRIVATE.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options: LoggerOptions = {
    level,
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
  return pino(options, destination);
}

type Numbers = ReturnType<typeof numbersIn>;

/** The bot's own metrics, by the names that docs/operations.md explains. */
function numbersIn(metrics: Registry) {
  const registers = [metrics];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    turns: counter("unknot_turns_total", "Turns", "channel", "kind", "repeated"),
    intents: counter("unknot_intents_total", "Messages by intent", "intent"),
    dispositions: counter("unknot_dispositions_total", "Turns by disposition", "disposition"),
    escalations: counter("unknot_escalations_total", "Turns that sent to help", "disposition"),
    timers: counter("unknot_timers_fired_total", "Timers that fired"),
    failures: counter("unknot_failures_total", "Failures by place", "where"),
    seconds: new Histogram({
      name: "unknot_turn_seconds",
      help: "Time a turn takes, without the network",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    sockets: new Gauge({ name: "unknot_sockets", help: "Open web chat streams", registers }),
  };
}

function countTurn({ turns, intents, dispositions, escalations, timers, seconds }: Numbers, seen: SeenTurn): void {
  const { channel, kind, repeated, intent, disposition, escalated, milliseconds } = seen;
  turns.inc({ channel, kind, repeated: String(repeated) });
  if (intent !== null) intents.inc({ intent });
  if (disposition !== null) dispositions.inc({ disposition });
  if (escalated && disposition !== null) escalations.inc({ disposition });
  if (kind === "timer") timers.inc();
  seconds.observe(milliseconds / 1000);
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

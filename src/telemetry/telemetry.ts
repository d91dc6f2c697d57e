import type { TelemetryConfig } from "../config.ts";
import type { SeenTurn } from "../turns/port.ts";
import { type Metric, metricsOf } from "./otlp.ts";
import { createSender } from "./sender.ts";
import { createSpans, type Ended } from "./spans.ts";

export interface TelemetryParts {
  readonly config: TelemetryConfig;
  readonly metrics: () => Promise<readonly Metric[]>;
  readonly now: () => number;
  /** Something could not be sent: the status, or 0 when nothing came back. Told at most once in ten minutes. */
  readonly unsent: (status: number) => void;
}

/** Tells a collector of OpenTelemetry what the logs and /metrics tell: no words, no persons. */
export interface Telemetry {
  turn(seen: SeenTurn): void;
  failure(where: string, name: string): void;
  /** Sends now what there is. It never rejects. */
  flush(): Promise<void>;
  /** Sends now and then until stopped. */
  start(): void;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Milliseconds, as the specification has it for batches of spans. */
const SPANS_EVERY = 5_000;

export function createTelemetry({ config, metrics, now, unsent }: TelemetryParts): Telemetry {
  const since = now();
  const send = createSender(config.headers, now, unsent);
  const spans = createSpans(config, send, now);
  let sending = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];

  const sendMetrics = async (): Promise<void> => {
    if (config.metrics !== null) await send(config.metrics, metricsOf(await metrics(), config.resource, since, now()));
  };
  /** One after the other: nothing is sent twice. */
  const inTurn = async (...jobs: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const job of jobs) sending = sending.then(job);
    await sending;
  };
  const flush = () => inTurn(spans.send, sendMetrics);

  return {
    turn: (seen) => spans.add(endedTurn(seen)),
    failure: (where, name) => {
      const attributes = { "unknot.where": where, "error.type": name };
      spans.add({ name: `failure ${where}`, kind: "internal", milliseconds: 0, failed: true, attributes });
    },
    flush,
    start: () => {
      timers.push(setInterval(() => void inTurn(spans.send), SPANS_EVERY).unref());
      timers.push(setInterval(() => void inTurn(sendMetrics), config.metricsEvery).unref());
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await flush();
    },
  };
}

function endedTurn(seen: SeenTurn): Ended {
  const { kind, milliseconds, channel, intent, steps, disposition, escalated, repeated } = seen;
  return {
    name: `turn ${kind}`,
    kind: kind === "timer" ? "internal" : "server",
    milliseconds,
    failed: false,
    attributes: {
      "unknot.channel": channel,
      ...(intent === null ? {} : { "unknot.intent": intent }),
      ...(disposition === null ? {} : { "unknot.disposition": disposition }),
      "unknot.steps": steps.join(" "),
      "unknot.escalated": escalated,
      "unknot.repeated": repeated,
    },
  };
}

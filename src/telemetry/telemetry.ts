import { randomBytes } from "node:crypto";
import { postJson } from "../channels/http/post-json.ts";
import type { TelemetryConfig } from "../config.ts";
import { currentRequest } from "../request-id.ts";
import type { SeenTurn } from "../turns/port.ts";
import { type Attributes, type Metric, metricsOf, type Span, tracesOf } from "./otlp.ts";

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

/** As the specification has it for batches of spans. */
const SPANS_EVERY = 5_000;
const MOST_SPANS = 2_048;
const BATCH = 512;
/** Two of them still fit into the time that a stop may take. */
const ANSWER_WITHIN = 5_000;
const TELL_EVERY = 600_000;
/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes; 0 is silence. */
const RETRYABLE = new Set([0, 429, 502, 503, 504]);

export function createTelemetry({ config, metrics, now, unsent }: TelemetryParts): Telemetry {
  const since = now();
  let spans: Span[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;
  let sending = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];

  const add = (name: string, kind: Span["kind"], milliseconds: number, failed: boolean, attributes: Attributes): void => {
    // A collector that stays away costs spans, not memory.
    if (config.traces === null || spans.length >= MOST_SPANS) return;
    const request = currentRequest();
    const [trace, parent] = [request?.trace ?? hex(16), request?.parent ?? null];
    const own: Attributes = request === undefined ? attributes : { ...attributes, "unknot.request": request.id };
    spans.push({ trace, id: hex(8), parent, name, kind, from: now() - milliseconds, to: now(), failed, attributes: own });
  };

  /** @returns whether it is done with: taken, or refused for good */
  const send = async (url: string, body: object): Promise<boolean> => {
    const status = await postJson(url, JSON.stringify(body), config.headers, ANSWER_WITHIN);
    if (status >= 200 && status < 300) return true;
    if (now() - toldAt >= TELL_EVERY) {
      toldAt = now();
      unsent(status);
    }
    return !RETRYABLE.has(status);
  };

  const sendSpans = async (): Promise<void> => {
    while (config.traces !== null && spans.length > 0) {
      const batch = spans.slice(0, BATCH);
      if (!(await send(config.traces, tracesOf(batch, config.resource)))) return;
      spans = spans.slice(batch.length);
    }
  };

  const sendMetrics = async (): Promise<void> => {
    if (config.metrics !== null) await send(config.metrics, metricsOf(await metrics(), config.resource, since, now()));
  };

  /** One after the other: nothing is sent twice. */
  const inTurn = async (...jobs: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const job of jobs) sending = sending.then(job);
    await sending;
  };

  return {
    turn: (seen) => add(`turn ${seen.kind}`, seen.kind === "timer" ? "internal" : "server", seen.milliseconds, false, told(seen)),
    failure: (where, name) => add(`failure ${where}`, "internal", 0, true, { "unknot.where": where, "error.type": name }),
    flush: () => inTurn(sendSpans, sendMetrics),
    start: () => {
      timers.push(setInterval(() => void inTurn(sendSpans), SPANS_EVERY).unref());
      timers.push(setInterval(() => void inTurn(sendMetrics), config.metricsEvery).unref());
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await inTurn(sendSpans, sendMetrics);
    },
  };
}

function told({ channel, intent, steps, disposition, escalated, repeated }: SeenTurn): Attributes {
  return {
    "unknot.channel": channel,
    ...(intent === null ? {} : { "unknot.intent": intent }),
    ...(disposition === null ? {} : { "unknot.disposition": disposition }),
    "unknot.steps": steps.join(" "),
    "unknot.escalated": escalated,
    "unknot.repeated": repeated,
  };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

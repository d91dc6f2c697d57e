import { randomBytes } from "node:crypto";
import type { TelemetryConfig } from "../config.ts";
import { currentRequest } from "../request-id.ts";
import { type Attributes, type Span, tracesOf } from "./otlp.ts";
import type { Send } from "./sender.ts";

/** What has just ended: it becomes a span of the request that is being handled. */
export interface Ended extends Pick<Span, "name" | "kind" | "failed" | "attributes"> {
  /** How long it took. */
  readonly milliseconds: number;
}

/** Spans that wait to be sent. */
export interface Spans {
  add(ended: Ended): void;
  /** Sends all that wait; those that the collector does not take now go on waiting. */
  send(): Promise<void>;
}

/** As the specification has it for batches of spans. */
const MOST_SPANS = 2_048;
const BATCH = 512;

export function createSpans({ traces, resource }: TelemetryConfig, send: Send, now: () => number): Spans {
  let waiting: Span[] = [];
  return {
    add: (ended) => {
      // A collector that stays away costs spans, not memory.
      if (traces !== null && waiting.length < MOST_SPANS) waiting.push(spanOf(ended, now()));
    },
    send: async () => {
      while (traces !== null && waiting.length > 0) {
        const batch = waiting.slice(0, BATCH);
        if (!(await send(traces, tracesOf(batch, resource)))) return;
        waiting = waiting.slice(batch.length);
      }
    },
  };
}

function spanOf({ name, kind, failed, attributes, milliseconds }: Ended, to: number): Span {
  const request = currentRequest();
  const [trace, parent] = [request?.trace ?? hex(16), request?.parent ?? null];
  const own: Attributes = request === undefined ? attributes : { ...attributes, "unknot.request": request.id };
  return { trace, id: hex(8), parent, name, kind, from: to - milliseconds, to, failed, attributes: own };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

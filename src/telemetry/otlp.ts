import type { MetricObjectWithValues, MetricValueWithName } from "prom-client";

/**
 * The bodies of OTLP/HTTP in its JSON encoding: ids in hex, times in nanoseconds as text, enums as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Something that took time. It holds no words of a person. */
export interface Span {
  /** 32 and 16 hex digits. */
  readonly trace: string;
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

/** A metric as prom-client gives it. */
export type Metric = MetricObjectWithValues<MetricValueWithName<string>>;

const KINDS = { internal: 1, server: 2 } as const;
const STATUS_ERROR = 2;
const CUMULATIVE = 2;
const SCOPE = { name: "unknot" };

/** @param resource what sends them, such as `service.name` */
export function tracesOf(spans: readonly Span[], resource: Attributes): object {
  const told = spans.map(({ trace, id, parent, name, kind, from, to, failed, attributes }) => ({
    traceId: trace,
    spanId: id,
    ...(parent === null ? {} : { parentSpanId: parent }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(from),
    endTimeUnixNano: nanoseconds(to),
    attributes: attributesOf(attributes),
    status: failed ? { code: STATUS_ERROR } : {},
  }));
  return { resourceSpans: [{ resource: resourceOf(resource), scopeSpans: [{ scope: SCOPE, spans: told }] }] };
}

/**
 * @param since when counting began, milliseconds since 1970
 * @param now when the metrics were read
 */
export function metricsOf(metrics: readonly Metric[], resource: Attributes, since: number, now: number): object {
  const times = { startTimeUnixNano: nanoseconds(since), timeUnixNano: nanoseconds(now) };
  const told = metrics.flatMap((metric) => {
    const data = dataOf(metric, times);
    return data === null ? [] : [{ name: metric.name, description: metric.help, unit: unitOf(metric.name), ...data }];
  });
  return { resourceMetrics: [{ resource: resourceOf(resource), scopeMetrics: [{ scope: SCOPE, metrics: told }] }] };
}

interface Times {
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
}

/** Null for a type that the program does not use. */
function dataOf(metric: Metric, times: Times): object | null {
  const points = () =>
    metric.values
      .filter(({ value }) => Number.isFinite(value))
      .map(({ labels, value }) => ({ attributes: attributesOf(labels), ...times, asDouble: value }));
  // prom-client says the type as a text, though its types name an enum.
  switch (String(metric.type)) {
    case "counter":
      return { sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints: points() } };
    case "gauge":
      return { gauge: { dataPoints: points() } };
    case "histogram":
      return { histogram: { aggregationTemporality: CUMULATIVE, dataPoints: histogramsOf(metric, times) } };
    default:
      return null;
  }
}

/** Prometheus counts what is at most a bound; OTLP what is between two. */
function histogramsOf({ name, values }: Metric, times: Times): object[] {
  const bySet = new Map<string, { labels: Attributes; upTo: [number, number][]; sum: number; count: number }>();
  for (const { labels, value, metricName } of values) {
    const { le, ...rest } = labels as Readonly<Record<string, string | number>>;
    const key = JSON.stringify(rest);
    const set = bySet.get(key) ?? { labels: rest, upTo: [], sum: 0, count: 0 };
    bySet.set(key, set);
    if (metricName === `${name}_sum`) set.sum = value;
    else if (metricName === `${name}_count`) set.count = value;
    else if (le !== undefined && le !== "+Inf") set.upTo.push([Number(le), value]);
  }
  return [...bySet.values()].map(({ labels, upTo, sum, count }) => {
    const sorted = upTo.toSorted(([a], [b]) => a - b);
    const totals = [...sorted.map(([, total]) => total), count];
    return {
      attributes: attributesOf(labels),
      ...times,
      count: String(count),
      sum,
      explicitBounds: sorted.map(([bound]) => bound),
      bucketCounts: totals.map((total, at) => String(total - (totals[at - 1] ?? 0))),
    };
  });
}

function unitOf(name: string): string {
  if (/_seconds(_total)?$/.test(name)) return "s";
  return /_bytes$/.test(name) ? "By" : "1";
}

function resourceOf(attributes: Attributes): object {
  return { attributes: attributesOf(attributes) };
}

function attributesOf(attributes: Readonly<Record<string, string | number | boolean | undefined>>): object[] {
  return Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValueOf(value) }]));
}

function anyValueOf(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** A double has not the digits for it: whole microseconds, then three zeros. */
function nanoseconds(milliseconds: number): string {
  return `${BigInt(Math.round(milliseconds * 1000)) * 1000n}`;
}

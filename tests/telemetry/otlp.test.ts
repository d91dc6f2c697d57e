import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { type Metric, metricsOf, type Span, tracesOf } from "../../src/telemetry/otlp.ts";

const AT = Date.parse("2026-01-01T10:00:00.123Z");
const span: Span = {
  trace: "0af7651916cd43dd8448eb211c80319c",
  id: "b7ad6b7169203331",
  parent: null,
  name: "turn message",
  kind: "server",
  from: AT,
  to: AT + 1.5,
  failed: false,
  attributes: { "unknot.channel": "web", "unknot.repeated": false, "unknot.count": 3, "unknot.share": 0.5 },
};

describe("spans", () => {
  const only = (one: Span) =>
    (tracesOf([one], { "service.name": "unknot" }) as { resourceSpans: { scopeSpans: { spans: object[] }[] }[] }).resourceSpans[0]
      ?.scopeSpans[0]?.spans[0];

  it("have ids in hex, times in nanoseconds as text and enums as numbers", () => {
    expect(only(span)).toEqual({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
      name: "turn message",
      kind: 2,
      startTimeUnixNano: "1767261600123000000",
      endTimeUnixNano: "1767261600124500000",
      attributes: [
        { key: "unknot.channel", value: { stringValue: "web" } },
        { key: "unknot.repeated", value: { boolValue: false } },
        { key: "unknot.count", value: { intValue: "3" } },
        { key: "unknot.share", value: { doubleValue: 0.5 } },
      ],
      status: {},
    });
  });

  it("name their parent, and say that they failed", () => {
    const failed = only({ ...span, kind: "internal", parent: "00f067aa0ba902b7", failed: true });
    expect(failed).toMatchObject({ parentSpanId: "00f067aa0ba902b7", kind: 1, status: { code: 2 } });
  });

  it("come with what sends them", () => {
    expect(tracesOf([span], { "service.name": "unknot", "deployment.environment": "test" })).toMatchObject({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: "service.name", value: { stringValue: "unknot" } },
              { key: "deployment.environment", value: { stringValue: "test" } },
            ],
          },
        },
      ],
    });
  });
});

describe("metrics", () => {
  const told = async (fill: (registers: Registry[]) => void) => {
    const registry = new Registry();
    fill([registry]);
    const body = metricsOf((await registry.getMetricsAsJSON()) as Metric[], {}, AT, AT + 1_000) as {
      resourceMetrics: { scopeMetrics: { metrics: object[] }[] }[];
    };
    return body.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
  };
  const times = { startTimeUnixNano: "1767261600123000000", timeUnixNano: "1767261601123000000" };

  it("tell a counter as a growing sum, a point for each set of labels", async () => {
    const metrics = await told((registers) => {
      const turns = new Counter({ name: "unknot_turns_total", help: "Turns", labelNames: ["kind"], registers });
      turns.inc({ kind: "message" }, 3);
      turns.inc({ kind: "timer" });
    });
    expect(metrics).toEqual([
      {
        name: "unknot_turns_total",
        description: "Turns",
        unit: "1",
        sum: {
          aggregationTemporality: 2,
          isMonotonic: true,
          dataPoints: [
            { attributes: [{ key: "kind", value: { stringValue: "message" } }], ...times, asDouble: 3 },
            { attributes: [{ key: "kind", value: { stringValue: "timer" } }], ...times, asDouble: 1 },
          ],
        },
      },
    ]);
  });

  it("tell a gauge as it is, without what is no number", async () => {
    const metrics = await told((registers) => {
      new Gauge({ name: "unknot_sockets", help: "Sockets", registers }).set(7);
      new Gauge({ name: "unknot_lag_seconds", help: "Lag", registers }).set(Number.NaN);
    });
    expect(metrics).toMatchObject([
      { name: "unknot_sockets", gauge: { dataPoints: [{ asDouble: 7 }] } },
      { name: "unknot_lag_seconds", unit: "s", gauge: { dataPoints: [] } },
    ]);
  });

  it("tell a histogram by what lies between its bounds, where Prometheus counts what lies below", async () => {
    const metrics = await told((registers) => {
      const name = "unknot_turn_seconds";
      const seconds = new Histogram({ name, help: "Time", buckets: [0.001, 0.01, 0.1], labelNames: ["kind"], registers });
      for (const value of [0.0005, 0.0005, 0.005, 0.05, 0.05, 0.05, 7]) seconds.observe({ kind: "a" }, value);
      seconds.observe({ kind: "b" }, 0.05);
    });
    expect(metrics).toMatchObject([
      {
        unit: "s",
        histogram: {
          aggregationTemporality: 2,
          dataPoints: [
            {
              attributes: [{ key: "kind", value: { stringValue: "a" } }],
              ...times,
              count: "7",
              explicitBounds: [0.001, 0.01, 0.1],
              bucketCounts: ["2", "1", "3", "1"],
            },
            { count: "1", bucketCounts: ["0", "0", "1", "0"] },
          ],
        },
      },
    ]);
  });
});

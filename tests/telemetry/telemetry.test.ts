import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Environment, readConfig, type TelemetryConfig } from "../../src/config.ts";
import { createObservation } from "../../src/observe.ts";
import { withRequestId } from "../../src/request-id.ts";
import type { Metric } from "../../src/telemetry/otlp.ts";
import { createTelemetry, type Telemetry } from "../../src/telemetry/telemetry.ts";
import type { SeenTurn } from "../../src/turns/port.ts";
import { type Collector, startCollector } from "../support/collector.ts";

const SEEN: SeenTurn = {
  channel: "web",
  kind: "message",
  intent: "report-spasm",
  steps: ["safety-check", "stretch"],
  disposition: "self-care",
  escalated: false,
  repeated: false,
  milliseconds: 2,
};

let collector: Collector;
let telemetry: Telemetry;
let unsent: number[];
let time: number;

const configOf = (env: Readonly<Record<string, string>> = {}): TelemetryConfig => {
  const { telemetry: config } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  if (config === null) throw new Error("nothing is exported");
  return config;
};
const open = (env: Readonly<Record<string, string>> = {}) => {
  const observation = createObservation("silent");
  const metrics = async () => (await observation.metrics.getMetricsAsJSON()) as Metric[];
  telemetry = createTelemetry({ config: configOf(env), metrics, now: () => time, unsent: (status) => unsent.push(status) });
  observation.traceWith(telemetry);
  return observation;
};

beforeEach(async () => {
  time = Date.parse("2026-01-01T10:00:00Z");
  unsent = [];
  collector = await startCollector();
});
afterEach(async () => {
  await telemetry.stop();
  await collector.close();
});

describe("what a collector gets", () => {
  it("is a span for each turn, with ids and levels", async () => {
    const observation = open();
    observation.turn(SEEN);
    observation.turn({ ...SEEN, kind: "timer", intent: null, disposition: null });
    await telemetry.flush();
    expect(collector.spans()).toMatchObject([
      { name: "turn message", kind: 2, startTimeUnixNano: "1767261599998000000", endTimeUnixNano: "1767261600000000000" },
      { name: "turn timer", kind: 1 },
    ]);
    const [first, second] = collector.spans();
    expect(first?.["attributes"]).toContainEqual({ key: "unknot.steps", value: { stringValue: "safety-check stretch" } });
    expect(first?.["attributes"]).toContainEqual({ key: "unknot.disposition", value: { stringValue: "self-care" } });
    expect(first?.["traceId"]).toMatch(/^[\da-f]{32}$/);
    expect(first?.["spanId"]).toMatch(/^[\da-f]{16}$/);
    expect(second?.["traceId"]).not.toBe(first?.["traceId"]);
  });

  it("goes on with the trace of the caller, and names the request of the logs", async () => {
    const observation = open();
    let request = "";
    withRequestId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", (id) => {
      request = id;
      observation.turn(SEEN);
    });
    await telemetry.flush();
    const [span] = collector.spans();
    expect(span).toMatchObject({ traceId: "0af7651916cd43dd8448eb211c80319c", parentSpanId: "b7ad6b7169203331" });
    expect(span?.["attributes"]).toContainEqual({ key: "unknot.request", value: { stringValue: request } });
  });

  it.each([
    "garbage",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    undefined,
  ])("begins a trace of its own after %s", async (traceparent) => {
    const observation = open();
    withRequestId(traceparent, () => observation.turn(SEEN));
    await telemetry.flush();
    expect(collector.spans()[0]?.["traceId"]).toMatch(/^(?!0af76)[\da-f]{32}$/);
    expect(collector.spans()[0]?.["parentSpanId"]).toBeUndefined();
  });

  it("is a failed span for a failure, by its type and never by its words", async () => {
    const observation = open();
    observation.failure("store", new TypeError("my calf hurts zebra"));
    await telemetry.flush();
    expect(collector.spans()).toMatchObject([{ name: "failure store", status: { code: 2 } }]);
    expect(collector.got.map(({ text }) => text).join()).toContain("TypeError");
    expect(collector.got.map(({ text }) => text).join()).not.toContain("zebra");
  });

  it("is every number of /metrics", async () => {
    const observation = open();
    observation.turn(SEEN);
    observation.sockets(4);
    await telemetry.flush();
    const metrics = new Map(collector.metrics().map((metric) => [String(metric["name"]), metric]));
    const served = (await observation.metrics.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
    for (const [, name, type] of served) {
      if (type !== "summary") expect([...metrics.keys()], name).toContain(name);
    }
    expect(metrics.get("unknot_turn_seconds")).toMatchObject({ histogram: { dataPoints: [{ count: "1", sum: 0.002 }] } });
    expect(metrics.get("unknot_sockets")).toMatchObject({ gauge: { dataPoints: [{ asDouble: 4 }] } });
  });

  it("comes with the service's name, more about it, and the headers that were set", async () => {
    open({
      OTEL_SERVICE_NAME: "unknot-test",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=ward%203",
      OTEL_EXPORTER_OTLP_HEADERS: "api-key=abc%3D%3D, x-team=7",
    });
    telemetry.turn(SEEN);
    await telemetry.flush();
    expect(collector.got[0]?.headers).toMatchObject({ "api-key": "abc==", "x-team": "7", "content-type": "application/json" });
    expect(collector.got[0]?.text).toContain('{"key":"service.name","value":{"stringValue":"unknot-test"}}');
    expect(collector.got[0]?.text).toContain('{"key":"deployment.environment","value":{"stringValue":"ward 3"}}');
  });

  it("is what is left, at a stop", async () => {
    open();
    telemetry.start();
    telemetry.turn(SEEN);
    await telemetry.stop();
    expect(collector.spans()).toHaveLength(1);
    expect(collector.metrics().length).toBeGreaterThan(10);
  });

  it("is only what was asked for", async () => {
    open({ OTEL_METRICS_EXPORTER: "none", OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path` });
    telemetry.turn(SEEN);
    await telemetry.flush();
    expect(collector.got.map(({ path }) => path)).toEqual(["/own/path"]);
  });
});

describe("a collector in trouble", () => {
  it.each([429, 502, 503, 504])("gets the spans again after %d, and is told of once", async (status) => {
    open({ OTEL_METRICS_EXPORTER: "none" });
    collector.answers.push(status, status);
    telemetry.turn(SEEN);
    await telemetry.flush();
    await telemetry.flush();
    await telemetry.flush();
    await telemetry.flush();
    expect(new Set(collector.spans().map(({ spanId }) => spanId)).size).toBe(1);
    expect(collector.got).toHaveLength(3);
    expect(unsent).toEqual([status]);
  });

  it.each([400, 401, 404, 500])("is not asked again after %d", async (status) => {
    open({ OTEL_METRICS_EXPORTER: "none" });
    collector.answers.push(status);
    telemetry.turn(SEEN);
    await telemetry.flush();
    await telemetry.flush();
    expect(collector.got).toHaveLength(1);
    expect(unsent).toEqual([status]);
  });

  it("that is not there costs no more than some spans", async () => {
    open({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    for (let at = 0; at < 5_000; at++) telemetry.turn(SEEN);
    await telemetry.flush();
    expect(unsent).toEqual([0]);
    time += 700_000;
    await telemetry.flush();
    expect(unsent).toEqual([0, 0]);
  });

  it("gets many spans in batches, each once", async () => {
    open({ OTEL_METRICS_EXPORTER: "none" });
    for (let at = 0; at < 5_000; at++) telemetry.turn(SEEN);
    await telemetry.flush();
    expect(collector.got).toHaveLength(4);
    expect(new Set(collector.spans().map(({ spanId }) => spanId)).size).toBe(2_048);
  });
});

describe("the settings", () => {
  beforeEach(() => void open());
  const of = (env: Environment) => readConfig(env).telemetry;

  it.each([
    {},
    { OTEL_SERVICE_NAME: "x", OTEL_EXPORTER_OTLP_HEADERS: "a=b" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318", OTEL_SDK_DISABLED: "true" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318", OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" },
  ])("export nothing by %j", (env) => {
    expect(of(env)).toBeNull();
  });

  it("take the paths of the base address, with what stands before them", () => {
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example/tenant/" })).toMatchObject({
      traces: "https://otlp.example/tenant/v1/traces",
      metrics: "https://otlp.example/tenant/v1/metrics",
      metricsEvery: 60_000,
      resource: { "service.name": "unknot" },
    });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /http\/json/],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf" }, /http\/json/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: "secret-without-a-name" }, /OTEL_EXPORTER_OTLP_HEADERS must be pairs/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: "a=%0d%0ab" }, /OTEL_EXPORTER_OTLP_HEADERS must be pairs/],
    [{ OTEL_METRIC_EXPORT_INTERVAL: "5" }, /OTEL_METRIC_EXPORT_INTERVAL/],
  ])("refuse %j", (env, words) => {
    const all = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318", ...env };
    expect(() => of(all)).toThrow(words);
    expect(() => of(all)).not.toThrow(/secret-without-a-name/);
  });
});

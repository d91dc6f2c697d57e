import { once } from "node:events";
import { request } from "node:http";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "../scripts/build-web.ts";
import { teamsMessage } from "./support/azure-bot.ts";
import { startCollector } from "./support/collector.ts";
import { type Server, startProcess } from "./support/process.ts";

/** The server as it is started for real, in a process of its own. */

const servers: Server[] = [];

async function start(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const server = await startProcess(env);
  servers.push(server);
  return server;
}

beforeAll(buildWeb);
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop("SIGKILL")));
});

describe("the start", () => {
  it("is refused with every wrong setting in one line", async () => {
    const { ended, output } = await start({ HOST: "0.0.0.0", LOG_LEVEL: "loud", HANDOFF: "webhook" });
    expect(await ended).toBe(1);
    expect(output()).toMatch(/^unknot: config-invalid: /);
    for (const name of ["HOST", "LOG_LEVEL", "HANDOFF_WEBHOOK_URL"]) expect(output()).toContain(name);
    expect(output()).not.toMatch(/\n\s+at /);
  });

  it("is refused in public while no clinician has signed the content", async () => {
    const env = {
      HOST: "0.0.0.0",
      BOT_FRAMEWORK: "off",
      DIRECT_LINE_SECRET: "d".repeat(32),
      WEB_ORIGINS: "https://clinic.example",
    };
    const { ended, output } = await start(env);
    expect(await ended).toBe(1);
    expect(output()).toContain("content-unreviewed");
    expect(output()).toContain("ALLOW_UNREVIEWED_CONTENT");
  });
});

describe("SIGTERM", () => {
  it("lets the open turn finish, takes no new one, and ends with 0", async () => {
    const { url, stop, output } = await start();
    const body = JSON.stringify(teamsMessage("my calf is cramping", { deliveryMode: "expectReplies", serviceUrl: undefined }));
    const open = request(`${url}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) },
    });
    const answered = once(open, "response");
    open.write(body.slice(0, 20));
    await expect.poll(async () => (await fetch(`${url}/healthz`)).status).toBe(200);
    const ended = stop("SIGTERM");
    await expect.poll(output).toContain('"event":"stopping"');
    await expect
      .poll(() =>
        fetch(`${url}/healthz`, { headers: { Connection: "close" } }).then(
          () => "taken",
          () => "refused",
        ),
      )
      .toBe("refused");
    open.end(body.slice(20));
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    response.resume();
    expect(await ended).toBe(0);
    expect(output()).toContain('"event":"stopped"');
  });
});

describe("logs and metrics", () => {
  it("count turns and hold no word and no name of a person", async () => {
    const { url, output, stop } = await start({ LOG_LEVEL: "debug" });
    const post = (text: string) =>
      fetch(`${url}/api/messages`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(teamsMessage(text, { deliveryMode: "expectReplies" })),
      });
    const first = await post("my left calf is cramping zebra");
    await expect.poll(output).toContain(`"request":"${first.headers.get("x-request-id")}","event":"turn"`);
    await post("crushing chest pain zebra and I cannot breathe");
    await post("<at>nonsense");
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/unknot_turns_total\{channel="bot-framework",kind="message",repeated="false"\} 3/);
    expect(metrics).toMatch(/unknot_escalations_total\{disposition="emergency-now"\} [12]/);
    expect(metrics).toMatch(/unknot_turn_seconds_count 3/);
    for (const name of [
      "unknot_intents_total",
      "unknot_dispositions_total",
      "unknot_timers_fired_total",
      "unknot_failures_total",
      "unknot_sockets",
    ])
      expect(metrics).toContain(`# TYPE ${name} `);
    await stop();
    for (const secret of ["zebra", "A Person", "29:person", "a:personal", "99999999-8888"])
      expect(metrics + output()).not.toContain(secret);
  });
});

describe("the export to a collector", () => {
  it("has a span for each turn and the metrics, and no word and no name of a person", async () => {
    const collector = await startCollector();
    const { url, stop } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const trace = "0af7651916cd43dd8448eb211c80319c";
    await fetch(`${url}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", traceparent: `00-${trace}-b7ad6b7169203331-01` },
      body: JSON.stringify(teamsMessage("my left calf is cramping zebra", { deliveryMode: "expectReplies" })),
    });
    expect(await stop()).toBe(0);
    expect(collector.spans()).toMatchObject([{ name: "turn message", traceId: trace }]);
    expect(collector.metrics().map(({ name }) => name)).toContain("unknot_turns_total");
    const sent = collector.got.map(({ text }) => text).join("\n");
    for (const secret of ["zebra", "A Person", "29:person", "a:personal", "99999999-8888"]) expect(sent).not.toContain(secret);
    await collector.close();
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "../scripts/build-web.ts";
import { teamsMessage } from "./support/azure-bot.ts";
import { startCollector } from "./support/collector.ts";

/** The server as it is started for real, in a process of its own. */

const root = join(import.meta.dirname, "..");
const children: ChildProcess[] = [];

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, [join(root, "src", "main.ts")], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", DATA_DIR: mkdtempSync(join(tmpdir(), "unknot-main-")), ...env },
  });
  children.push(child);
  let output = "";
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    const note = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"event":"ready"')) resolve();
    };
    child.stdout?.on("data", note);
    child.stderr?.on("data", note);
  });
  await Promise.race([ready, ended]);
  const url = /"address":"([^"]+)"/.exec(output)?.[1] ?? "";
  return { child, url, output: () => output, ended };
}

beforeAll(buildWeb);
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
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
    const { child, url, ended, output } = await start();
    const body = JSON.stringify(teamsMessage("my calf is cramping", { deliveryMode: "expectReplies", serviceUrl: undefined }));
    const open = request(`${url}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) },
    });
    const answered = once(open, "response");
    open.write(body.slice(0, 20));
    await expect.poll(async () => (await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill("SIGTERM");
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
    const { url, output, child, ended } = await start({ LOG_LEVEL: "debug" });
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
    child.kill("SIGTERM");
    await ended;
    for (const secret of ["zebra", "A Person", "29:person", "a:personal", "99999999-8888"])
      expect(metrics + output()).not.toContain(secret);
  });
});

describe("the export to a collector", () => {
  it("has a span for each turn and the metrics, and no word and no name of a person", async () => {
    const collector = await startCollector();
    const { url, child, ended } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const trace = "0af7651916cd43dd8448eb211c80319c";
    await fetch(`${url}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", traceparent: `00-${trace}-b7ad6b7169203331-01` },
      body: JSON.stringify(teamsMessage("my left calf is cramping zebra", { deliveryMode: "expectReplies" })),
    });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(collector.spans()).toMatchObject([{ name: "turn message", traceId: trace }]);
    expect(collector.metrics().map(({ name }) => name)).toContain("unknot_turns_total");
    const sent = collector.got.map(({ text }) => text).join("\n");
    for (const secret of ["zebra", "A Person", "29:person", "a:personal", "99999999-8888"]) expect(sent).not.toContain(secret);
    await collector.close();
  });
});

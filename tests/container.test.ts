import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

const root = join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const example = text(".env.example");
const scripts = (JSON.parse(text("package.json")) as { scripts: Record<string, string> }).scripts;

describe("the Dockerfile", () => {
  const lines = text("Dockerfile").replaceAll("\\\n", " ").split("\n");
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));

  it("builds in stages on Node 24, and the last has neither development packages nor root", () => {
    const stages = lines.filter((line) => line.startsWith("FROM "));
    expect(stages.length).toBe(3);
    for (const stage of stages) expect(stage).toMatch(/^FROM node:24-bookworm-slim( AS \w+)?$/);
    expect(lines.some((line) => /^RUN npm ci --omit=dev/.test(line))).toBe(true);
    expect(last.findLast((line) => line.startsWith("USER "))).toBe("USER node");
    expect(last.some((line) => line.startsWith("RUN npm"))).toBe(false);
  });

  it("copies what is there, and .dockerignore lets it in", () => {
    const allowed = text(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    for (const line of lines.filter((one) => /^COPY (?!--from)/.test(one))) {
      for (const source of line.split(" ").slice(1, -1)) {
        expect(existsSync(join(root, source)), source).toBe(true);
        expect(allowed, source).toContain(source.split("/")[0]);
      }
    }
    expect(allowed).not.toContain(".env");
  });

  it("asks for health, and starts node itself so that signals reach it", () => {
    expect(last.some((line) => /^HEALTHCHECK .*\/healthz/.test(line))).toBe(true);
    expect(last).toContain(`CMD ${JSON.stringify(scripts["start"]?.split(" ")).replaceAll(",", ", ")}`);
  });

  it("has the programs that its operator runs", () => {
    const copied = last.flatMap((line) => (/^COPY (?!--from)/.test(line) ? line.split(" ").slice(1, -1) : []));
    for (const name of ["start", "backup", "restore"]) {
      const program = /scripts\/[\w.-]+/.exec(scripts[name] ?? "")?.[0];
      expect(copied, name).toContain(program);
    }
  });

  it("sets only what .env.example explains", () => {
    const env = last.find((line) => line.startsWith("ENV ")) ?? "";
    const names = [...env.matchAll(/([A-Z_]+)=/g)].map(([, name]) => String(name));
    expect(names).toContain("DATA_DIR");
    for (const name of names.filter((one) => one !== "NODE_ENV")) expect(example).toContain(`\n# ${name}=`);
  });
});

describe("compose.yaml", () => {
  interface Service {
    readonly environment: Readonly<Record<string, string>>;
    readonly [name: string]: unknown;
  }
  const { services } = load(text("compose.yaml")) as { services: Readonly<Record<"bot" | "postgres", Service>> };
  /** As compose fills `${NAME:-standard}` in. */
  const filled = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(services.bot.environment).map(([name, value]) => [
        name,
        value.replace(
          /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
          (_, of: string, how: string, standard: string) => given[of] ?? (how === "-" ? standard : "?"),
        ),
      ]),
    );

  it("runs the bot without rights, its own files read-only", () => {
    expect(services.bot).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      ports: ["127.0.0.1:3978:3978"],
      depends_on: { postgres: { condition: "service_healthy" } },
    });
  });

  it("holds no secret, and asks for those it needs", () => {
    for (const name of ["POSTGRES_PASSWORD", "DIRECT_LINE_SECRET"]) expect(text("compose.yaml")).toContain(`\${${name}:?`);
  });

  it("gives the bot settings that it starts with, for the web chat and for Teams", () => {
    const secrets = { POSTGRES_PASSWORD: "p".repeat(48), DIRECT_LINE_SECRET: "d".repeat(64) };
    const web = readConfig({ HOST: "0.0.0.0", ...filled(secrets) });
    expect(web.botFramework).toBeNull();
    expect(web.databaseUrl).toBe(`postgres://unknot:${"p".repeat(48)}@postgres/unknot`);
    const teams = {
      BOT_FRAMEWORK: "on",
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: "a",
      MicrosoftAppTenantId: "t",
      MicrosoftAppPassword: "p",
    };
    expect(readConfig({ HOST: "0.0.0.0", ...filled({ ...secrets, ...teams }) }).botFramework?.app?.id).toBe("a");
    for (const name of Object.keys(services.bot.environment)) expect(example).toContain(`\n# ${name}=`);
  });
});

describe("the workflows", () => {
  const folder = join(root, ".github", "workflows");
  interface Workflow {
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: Readonly<
      Record<string, { readonly steps: readonly { uses?: string; run?: string }[]; "timeout-minutes": number }>
    >;
  }
  const workflows = readdirSync(folder).map(
    (file) => [file, load(text(join(".github", "workflows", file))) as Workflow] as const,
  );

  it.each(workflows)("%s pins its actions, may only read, and ends by itself", (file, { permissions, jobs }) => {
    expect(permissions).toEqual({ contents: "read" });
    for (const { steps, "timeout-minutes": minutes } of Object.values(jobs)) {
      expect(minutes).toBeLessThanOrEqual(60);
      for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    }
    expect(text(join(".github", "workflows", file))).not.toMatch(/secrets\.|pull_request_target|\$\{\{\s*github\.event\./);
  });

  it("run the commands of the README", () => {
    const runs = workflows.flatMap(([, { jobs }]) => Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run)));
    expect(runs).toEqual(expect.arrayContaining(["npm ci", "npm test"]));
    for (const run of runs) {
      const script = /^npm (?:run )?(?!ci)([\w:]+)$/.exec(run ?? "")?.[1];
      if (script !== undefined) expect(scripts[script]).toBeDefined();
    }
  });
});

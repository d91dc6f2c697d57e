import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Environment, readConfig } from "../src/config.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const example = readFileSync(join(import.meta.dirname, "..", ".env.example"), "utf8");
/** Settings of .env.example with the values shown there. */
const shown = new Map([...example.matchAll(/^# ([A-Za-z_]+)=(.*)$/gm)].map(([, name, value]) => [String(name), String(value)]));

/** The names of all settings that the code asks for. */
function asked(): Set<string> {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    { HANDOFF: "webhook", MicrosoftAppId: "x", MicrosoftAppType: "SingleTenant" },
    {
      get: (given, name) => {
        names.add(String(name));
        return given[String(name)];
      },
    },
  );
  expect(() => readConfig(env)).toThrow();
  return names;
}

const mistakesOf = (env: Environment): string => {
  try {
    readConfig(env);
  } catch (error) {
    return String(error);
  }
  return "";
};

describe(".env.example", () => {
  it("has every setting that the code reads, and no other", () => {
    expect([...shown.keys()].toSorted()).toEqual([...asked()].toSorted());
  });

  it("explains each one in the line above it", () => {
    const lines = example.split("\n");
    for (const name of shown.keys()) {
      const at = lines.findIndex((line) => line.startsWith(`# ${name}=`));
      expect(lines[at - 1], name).toMatch(/^# .{15,}/);
    }
  });

  it("shows the defaults: set as shown, nothing changes", () => {
    expect(readConfig(Object.fromEntries(shown))).toEqual(readConfig({}));
  });
});

describe("the settings", () => {
  it("name every wrong one at once", () => {
    const words = mistakesOf({
      PORT: "x",
      TRUST_PROXY: "-1",
      PUBLIC_URL: "bot.example",
      LOG_LEVEL: "loud",
      DATABASE_URL: "mysql://",
      DEFAULT_COUNTRY: "Ireland",
      ALLOW_UNREVIEWED_CONTENT: "yes",
      DIRECT_LINE_SECRET: "short",
      WEB_ORIGINS: "https://clinic.example/path",
      BOT_FRAMEWORK: "maybe",
      HANDOFF: "webhook",
      HANDOFF_WAIT_SECONDS: "5",
    });
    for (const name of [
      "PORT",
      "TRUST_PROXY",
      "PUBLIC_URL",
      "LOG_LEVEL",
      "DATABASE_URL",
      "DEFAULT_COUNTRY",
      "ALLOW_UNREVIEWED_CONTENT",
      "DIRECT_LINE_SECRET",
      "WEB_ORIGINS",
      "BOT_FRAMEWORK",
      "HANDOFF_WEBHOOK_URL",
      "HANDOFF_WAIT_SECONDS",
    ])
      expect(words).toContain(name);
    expect(words).toMatch(/^UserError: /);
  });

  it("never repeat a secret", () => {
    const words = mistakesOf({
      DIRECT_LINE_SECRET: "tiny-secret",
      HANDOFF_WEBHOOK_SECRET: "small-secret",
      MicrosoftAppPassword: "pass-word",
    });
    expect(words).toContain("DIRECT_LINE_SECRET");
    expect(words).not.toMatch(/tiny-secret|small-secret|pass-word/);
  });

  it.each<[string, Environment, RegExp]>([
    ["no app type", { MicrosoftAppId: "x" }, /MicrosoftAppType must be/],
    [
      "a single tenant without its tenant",
      { MicrosoftAppId: "x", MicrosoftAppType: "SingleTenant", MicrosoftAppPassword: "p" },
      /MicrosoftAppTenantId/,
    ],
    [
      "a single tenant without a password",
      { MicrosoftAppId: "x", MicrosoftAppType: "SingleTenant", MicrosoftAppTenantId: "t" },
      /MicrosoftAppPassword/,
    ],
    [
      "an identity with a password",
      { MicrosoftAppId: "x", MicrosoftAppType: "UserAssignedMSI", MicrosoftAppTenantId: "t", MicrosoftAppPassword: "p" },
      /takes no MicrosoftAppPassword/,
    ],
    ["a password without an id", { MicrosoftAppPassword: "p" }, /MicrosoftAppId is not/],
    ["a public host without anybody's sign-in", { HOST: "0.0.0.0" }, /MicrosoftAppId/],
    ["a public web chat without a secret", { HOST: "0.0.0.0", BOT_FRAMEWORK: "off" }, /DIRECT_LINE_SECRET[\s\S]*WEB_ORIGINS/],
    [
      "a hand-off over http",
      { HANDOFF: "webhook", HANDOFF_WEBHOOK_URL: "http://clinic.example/x", HANDOFF_WEBHOOK_SECRET: SECRET },
      /https:\/\//,
    ],
    ["a channel of clinicians without its id", { HANDOFF: "teams", HANDOFF_TEAMS_TENANT: "t" }, /HANDOFF_TEAMS_CHANNEL/],
    ["a channel of clinicians without its tenant", { HANDOFF: "teams", HANDOFF_TEAMS_CHANNEL: "19:a" }, /HANDOFF_TEAMS_TENANT/],
    [
      "a channel of clinicians that is none, over http",
      {
        HANDOFF: "teams",
        HANDOFF_TEAMS_CHANNEL: "https://teams",
        HANDOFF_TEAMS_TENANT: "t",
        HANDOFF_TEAMS_SERVICE_URL: "http://x.example",
      },
      /19:abc@thread\.tacv2[\s\S]*https:\/\//,
    ],
    [
      "a channel of clinicians without Teams",
      { HANDOFF: "teams", HANDOFF_TEAMS_CHANNEL: "19:a", HANDOFF_TEAMS_TENANT: "t", BOT_FRAMEWORK: "off" },
      /BOT_FRAMEWORK/,
    ],
  ])("refuse %s", (_, env, words) => {
    expect(mistakesOf(env)).toMatch(words);
  });

  it.each(["http://127.0.0.1:4711/x", "http://localhost:4711/x", "http://[::1]:4711/x", "https://clinic.example/x"])(
    "take a hand-off to %s, where nobody on the way reads along",
    (url) => {
      const env = { HANDOFF: "webhook", HANDOFF_WEBHOOK_URL: url, HANDOFF_WEBHOOK_SECRET: SECRET };
      expect(readConfig(env).handOff?.to).toEqual({ kind: "webhook", url, secret: SECRET });
    },
  );

  it.each(["127.0.0.1", "::1", "localhost"])("let HOST be %s without a sign-in: only this machine reaches it", (host) => {
    expect(readConfig({ HOST: host })).toMatchObject({ host, botFramework: { app: null } });
  });

  it("take a channel of clinicians, in the bot's own tenant unless another is named", () => {
    const env = { HANDOFF: "teams", HANDOFF_TEAMS_CHANNEL: "19:abc@thread.tacv2", MicrosoftAppTenantId: "mine" };
    const to = { kind: "teams", channel: "19:abc@thread.tacv2", serviceUrl: "https://smba.trafficmanager.net/teams/" };
    expect(readConfig(env).handOff?.to).toEqual({ ...to, tenant: "mine" });
    expect(readConfig({ ...env, HANDOFF_TEAMS_TENANT: "theirs" }).handOff?.to).toEqual({ ...to, tenant: "theirs" });
  });

  it("take a deployment in Azure", () => {
    const config = readConfig({
      HOST: "0.0.0.0",
      MicrosoftAppId: "11111111-2222-4333-8444-555555555555",
      MicrosoftAppType: "userassignedmsi",
      MicrosoftAppTenantId: "t",
      HANDOFF: "webhook",
      HANDOFF_WEBHOOK_URL: "https://clinic.example/hand-off",
      HANDOFF_WEBHOOK_SECRET: SECRET,
    });
    expect(config.botFramework?.app).toEqual({ id: "11111111-2222-4333-8444-555555555555", type: "UserAssignedMSI" });
    expect(config.handOff).toEqual({
      to: { kind: "webhook", url: "https://clinic.example/hand-off", secret: SECRET },
      waitSeconds: 120,
    });
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nest } from "../../scripts/nest-template.ts";
import { readConfig } from "../../src/config.ts";
import { type Deployment, deploy, type Json, type Resource, type Template } from "../support/arm.ts";
import { NAMES, VERSIONS } from "./azure-types.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "deploymentTemplates");
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), "utf8")) as T;
type Fields = Readonly<Record<string, Json>>;
type Given = Readonly<Record<string, { value?: Json; reference?: unknown }>>;

const existing = read<Template>("deployUseExistResourceGroup", "template-BotApp-with-rg.json");
const fresh = read<Template>("deployWithNewResourceGroup", "template-BotApp-new-rg.json");
const existingGiven = read<{ parameters: Given }>(
  "deployUseExistResourceGroup",
  "parameters-for-template-BotApp-with-rg.json",
).parameters;
const freshGiven = read<{ parameters: Given }>(
  "deployWithNewResourceGroup",
  "parameters-for-template-BotApp-new-rg.json",
).parameters;

const SECRETS = { postgresPassword: "p@ss/w:rd?12345678901234567890", directLineSecret: "d".repeat(32) };
const SINGLE_TENANT = { appType: "SingleTenant", appId: "44444444-2222-4333-8444-555555555555", appPassword: "app-password" };
const WEBHOOK = { handOff: "webhook", handOffWebhookUrl: "https://clinic.example/x", handOffWebhookSecret: "h".repeat(32) };
/** Values as the parameter file has them, its references to a Key Vault looked up. */
const valuesOf = (given: Given): Fields =>
  Object.fromEntries(
    Object.entries(given).map(([name, { value }]) => [name, value ?? SECRETS[name as keyof typeof SECRETS] ?? "?"]),
  );

const ways: readonly (readonly [string, Fields])[] = [
  ["with an identity of Azure", valuesOf(existingGiven)],
  ["with an app registration", { ...valuesOf(existingGiven), ...SINGLE_TENANT }],
  ["with a webhook and its own domain", { ...valuesOf(existingGiven), ...WEBHOOK, customDomain: "bot.example.org" }],
  ["with the longest name", { ...valuesOf(existingGiven), baseName: "a".repeat(20) }],
];
const one = (deployment: Deployment, type: string): Resource => {
  const found = deployment.resources.filter((resource) => resource.type === type);
  expect(found, type).toHaveLength(1);
  return found[0] as Resource;
};
const plain = deploy(existing, valuesOf(existingGiven));

/** Settings of App Service itself. */
const OF_THE_PLATFORM = /^(WEBSITE_|SCM_|APPLICATIONINSIGHTS_|ApplicationInsightsAgent_)/;

describe.each(ways)("the template %s", (_, given) => {
  const deployment = deploy(existing, given);
  const ids = new Set(deployment.resources.map(({ id }) => id));

  it("resolves every expression, and depends on what it makes", () => {
    for (const { id, dependsOn } of deployment.resources)
      for (const other of dependsOn) expect(ids, `${id} depends`).toContain(other);
    for (const id of deployment.referenced) expect(ids).toContain(id);
  });

  it("names nothing twice, and as Azure allows", () => {
    expect(ids.size).toBe(deployment.resources.length);
    for (const { type, name } of deployment.resources) expect(name, type).toMatch(NAMES[type] ?? /^[\w./(),-]{1,260}$/);
  });

  it("waits for whatever it asks the state of", () => {
    for (const resource of deployment.resources) {
      const source = existing.resources[deployment.resources.indexOf(resource)];
      const asks = [...JSON.stringify(source).matchAll(/reference\(resourceId\('([^']+)'/g)].map(([, type]) => type);
      for (const type of asks)
        expect(
          resource.dependsOn.some((id) => id.includes(String(type))),
          `${resource.type} asks ${type}`,
        ).toBe(true);
    }
  });

  it("gives the server settings that it starts with", () => {
    const settings = appSettings(deployment);
    const config = readConfig(settings);
    expect(config.host).toBe("0.0.0.0");
    expect(config.databaseUrl).toMatch(
      /^postgres:\/\/unknot:p%40ss%2Fw%3Ard%3F\d+@[a-z0-9-]+\.postgres\.database\.azure\.com\/unknot\?sslmode=verify-full$/,
    );
    expect(config.botFramework?.app?.id).toBe(one(deployment, "Microsoft.BotService/botServices").properties["msaAppId"]);
    expect(config.botFramework?.app?.type).toBe(one(deployment, "Microsoft.BotService/botServices").properties["msaAppType"]);
    expect(`${config.publicUrl}/api/messages`).toBe(one(deployment, "Microsoft.BotService/botServices").properties["endpoint"]);
    expect(deployment.outputs["endpoint"]).toBe(`${config.publicUrl}/api/messages`);
  });
});

/** The app settings, references to the Key Vault looked up as App Service does. */
function appSettings(deployment: Deployment): Record<string, string> {
  const config = one(deployment, "Microsoft.Web/sites").properties["siteConfig"] as Fields;
  const vault = one(deployment, "Microsoft.KeyVault/vaults").name;
  return Object.fromEntries(
    (config["appSettings"] as { name: string; value: string }[]).map(({ name, value }) => {
      const reference = /^@Microsoft\.KeyVault\(VaultName=(.+);SecretName=(.+)\)$/.exec(value);
      if (reference === null) return [name, value];
      expect(reference[1]).toBe(vault);
      const secret = deployment.resources.find((resource) => resource.name === `${vault}/${reference[2]}`);
      expect(secret?.condition, `secret of ${name}`).toBe(true);
      return [name, String(secret?.properties["value"])];
    }),
  );
}

describe("the template for an existing resource group", () => {
  it("uses every parameter and variable", () => {
    const names = [
      ...Object.keys(existing.parameters).map((name) => `parameter ${name}`),
      ...Object.keys(existing.variables ?? {}).map((name) => `variable ${name}`),
    ];
    expect([...plain.used].toSorted()).toEqual(names.toSorted());
  });

  it("describes every parameter, and has no plain secret", () => {
    for (const [name, parameter] of Object.entries(existing.parameters)) {
      expect((parameter["metadata"] as Fields | undefined)?.["description"], name).toMatch(/^[A-Z].{10,}\.|https/);
      if (!/password|secret/i.test(name)) continue;
      expect(parameter["type"], name).toBe("securestring");
      expect(["", undefined], name).toContain(parameter["defaultValue"]);
    }
  });

  it("lets no secret out", () => {
    const secure = Object.keys(existing.parameters).filter((name) => existing.parameters[name]?.["type"] === "securestring");
    const outside = existing.resources.filter(
      ({ type }) => type !== "Microsoft.KeyVault/vaults/secrets" && type !== "Microsoft.DBforPostgreSQL/flexibleServers",
    );
    for (const name of secure) expect(JSON.stringify([outside, existing.outputs])).not.toContain(`parameters('${name}')`);
  });

  it("has API versions that Azure has", () => {
    for (const { type, apiVersion } of plain.resources) expect(apiVersion, type).toBe(VERSIONS[type]);
  });

  it("has an app service over https alone, with a health check and web sockets, always on", () => {
    const { properties, all } = one(plain, "Microsoft.Web/sites");
    expect(all["kind"]).toBe("app,linux");
    expect(properties).toMatchObject({
      httpsOnly: true,
      keyVaultReferenceIdentity: one(plain, "Microsoft.ManagedIdentity/userAssignedIdentities").id,
      siteConfig: {
        linuxFxVersion: "NODE|24-lts",
        minTlsVersion: "1.2",
        scmMinTlsVersion: "1.2",
        ftpsState: "Disabled",
        alwaysOn: true,
        webSocketsEnabled: true,
        healthCheckPath: "/healthz",
      },
    });
    expect(all["identity"]).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [one(plain, "Microsoft.ManagedIdentity/userAssignedIdentities").id]: {} },
    });
  });

  it("has a bot with Teams and Direct Line, signed in by an identity without a password", () => {
    const bot = one(plain, "Microsoft.BotService/botServices");
    expect(bot.properties).toMatchObject({
      msaAppType: "UserAssignedMSI",
      msaAppMSIResourceId: expect.stringContaining("userAssignedIdentities"),
    });
    const channels = plain.resources.filter(({ type }) => type === "Microsoft.BotService/botServices/channels");
    expect(channels.map(({ properties }) => properties["channelName"])).toEqual(["MsTeamsChannel", "DirectLineChannel"]);
    for (const channel of channels) expect(channel.name).toBe(`${bot.name}/${channel.properties["channelName"]}`);
    expect(JSON.stringify(existing)).not.toContain("MultiTenant");
    expect(appSettings(plain)["MicrosoftAppPassword"]).toBe("");
  });

  it("has a database that only the app's network reaches", () => {
    const { properties } = one(plain, "Microsoft.DBforPostgreSQL/flexibleServers");
    const network = one(plain, "Microsoft.Network/virtualNetworks");
    expect(properties["network"]).toEqual({
      delegatedSubnetResourceId: `${network.id}/subnets/database`,
      privateDnsZoneArmResourceId: one(plain, "Microsoft.Network/privateDnsZones").id,
      publicNetworkAccess: "Disabled",
    });
    const subnets = network.properties["subnets"] as { name: string }[];
    expect(subnets.map(({ name }) => name)).toEqual(["app", "database"]);
    expect(one(plain, "Microsoft.Web/sites").properties["virtualNetworkSubnetId"]).toBe(`${network.id}/subnets/app`);
  });

  it("lets the identity read secrets and write telemetry by roles, with keys switched off", () => {
    const roles = plain.resources.filter(({ type }) => type === "Microsoft.Authorization/roleAssignments");
    expect(
      roles.map(({ properties, all }) => [
        String(properties["roleDefinitionId"]).split("/").at(-1),
        String(all["scope"]).split("/").at(-2),
      ]),
    ).toEqual([
      ["4633458b-17de-408a-890e-0445b86b69e6", "vaults"],
      ["3913510d-42f4-4e42-8a64-420c390055eb", "components"],
    ]);
    expect(one(plain, "Microsoft.KeyVault/vaults").properties).toMatchObject({
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
    });
    expect(one(plain, "Microsoft.Insights/components").properties).toMatchObject({ DisableLocalAuth: true });
    expect(JSON.stringify(existing)).not.toMatch(/listKeys|AccountKey|accessPolicies/);
  });

  it("sends logs to one workspace, but not those of requests, whose addresses hold tokens of the web chat", () => {
    const settings = plain.resources.filter(({ type }) => type === "Microsoft.Insights/diagnosticSettings");
    const workspace = one(plain, "Microsoft.OperationalInsights/workspaces").id;
    expect(settings.map(({ all }) => String(all["scope"]).split("/").at(-2))).toEqual([
      "sites",
      "vaults",
      "flexibleServers",
      "botServices",
    ]);
    for (const { properties } of settings) expect(properties["workspaceId"]).toBe(workspace);
    expect(JSON.stringify(settings)).not.toContain("AppServiceHTTPLogs");
  });

  it("has only app settings that .env.example explains", () => {
    const example = readFileSync(join(root, ".env.example"), "utf8");
    for (const name of Object.keys(appSettings(plain))) {
      if (!OF_THE_PLATFORM.test(name)) expect(example).toContain(`\n# ${name}=`);
    }
  });

  it("runs a command that is there", () => {
    const config = one(plain, "Microsoft.Web/sites").properties["siteConfig"] as Fields;
    const [node, file] = String(config["appCommandLine"]).split(" ");
    expect(node).toBe("node");
    expect(existsSync(join(root, String(file)))).toBe(true);
  });
});

describe("the template that makes its own resource group", () => {
  it("is the other one, nested; npm run deploy:nest writes it", () => {
    expect(fresh).toEqual(JSON.parse(JSON.stringify(nest(existing as unknown as Parameters<typeof nest>[0]))));
  });

  it("resolves, and hands every parameter on", () => {
    const deployment = deploy(fresh, valuesOf(freshGiven));
    const nested = one(deployment, "Microsoft.Resources/deployments").properties;
    expect(Object.keys(nested["parameters"] as Fields).toSorted()).toEqual(Object.keys(existing.parameters).toSorted());
    expect(Object.keys(deployment.outputs).toSorted()).toEqual(Object.keys(existing.outputs).toSorted());
    expect([...deployment.used].toSorted()).toEqual(
      Object.keys(fresh.parameters)
        .map((name) => `parameter ${name}`)
        .toSorted(),
    );
    for (const { type, apiVersion } of deployment.resources) expect(apiVersion).toBe(VERSIONS[type]);
    for (const [name, parameter] of Object.entries(existing.parameters))
      expect(fresh.parameters[name]?.["type"]).toBe(parameter["type"]);
    expect(nested["expressionEvaluationOptions"]).toEqual({ scope: "inner" });
  });
});

describe.each([
  ["deployUseExistResourceGroup", existing, existingGiven],
  ["deployWithNewResourceGroup", fresh, freshGiven],
] as const)("the parameter file of %s", (name, template, given) => {
  it("gives only what the template knows, of its type, and all that has no default", () => {
    for (const [parameter, { value }] of Object.entries(given)) {
      const known = template.parameters[parameter];
      expect(known, parameter).toBeDefined();
      const types: Readonly<Record<string, string>> = { string: "string", int: "number", bool: "boolean" };
      if (value !== undefined) expect(typeof value, parameter).toBe(types[String(known?.["type"])]);
      const allowed = known?.["allowedValues"] as Json[] | undefined;
      if (allowed !== undefined) expect(allowed).toContain(value);
    }
    const needed = Object.keys(template.parameters).filter(
      (parameter) => template.parameters[parameter]?.["defaultValue"] === undefined,
    );
    expect(Object.keys(given)).toEqual(expect.arrayContaining(needed));
  });

  it("takes secrets from a Key Vault", () => {
    for (const [parameter, { value, reference }] of Object.entries(given)) {
      if (template.parameters[parameter]?.["type"] !== "securestring") continue;
      expect(value, parameter).toBeUndefined();
      expect(reference, parameter).toMatchObject({
        keyVault: { id: expect.stringMatching(/^\/subscriptions\//) },
        secretName: expect.any(String),
      });
    }
  });

  it("lies beside a readme that names both files", () => {
    const files = readdirSync(join(folder, name));
    const readme = readFileSync(join(folder, name, "readme.md"), "utf8");
    for (const file of files.filter((file) => file.endsWith(".json"))) expect(readme).toContain(file);
    expect(files).toHaveLength(3);
  });
});

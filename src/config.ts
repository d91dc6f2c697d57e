import { type HandOffConfig, handOffOf } from "./hand-off-settings.ts";
import { isLoopback } from "./loopback.ts";
import { type Environment, SettingReader } from "./setting-reader.ts";

export type { Environment } from "./setting-reader.ts";

/** Everything that can be set, typed and checked. Names and meanings: .env.example. */
export interface Config extends ContentConfig {
  readonly host: string;
  readonly port: number;
  /** Where clients reach the server, without a slash at the end; null: as they say themselves. */
  readonly publicUrl: string | null;
  /** How many proxies stand in front; their X-Forwarded-For is believed. */
  readonly trustProxy: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  /** Connections to PostgreSQL at once. */
  readonly databaseConnections: number;
  /** How long things are kept. */
  readonly keep: { readonly transcriptHours: number; readonly days: number; readonly auditDays: number };
  readonly allowUnreviewed: boolean;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  readonly directLine: {
    readonly secret: string | null;
    /** Sites that may embed the chat. */
    readonly origins: readonly string[];
    readonly limits: WebLimits;
  };
  readonly botFramework: BotFrameworkConfig | null;
  readonly handOff: HandOffConfig | null;
  readonly telemetry: TelemetryConfig | null;
}

/** Export to a collector of OpenTelemetry. Null: none. */
export interface TelemetryConfig {
  /** Where spans and metrics go; null: nowhere. */
  readonly traces: string | null;
  readonly metrics: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** What sends them: `service.name` and more. */
  readonly resource: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly metricsEvery: number;
}

/** What the bot knows and where it keeps it; all that a program without a server needs. */
export interface ContentConfig {
  readonly cacheFolder: string;
  readonly contentFolder: string;
  readonly defaultCountry: string | null;
}

/** What one address and one chat may ask of the web chat, a minute; sockets at once. 0: no limit. */
export interface WebLimits {
  readonly callsPerAddress: number;
  readonly chatsPerAddress: number;
  readonly callsPerChat: number;
  readonly messagesPerChat: number;
  readonly socketsPerAddress: number;
}

export const NO_LIMITS: WebLimits = {
  callsPerAddress: 0,
  chatsPerAddress: 0,
  callsPerChat: 0,
  messagesPerChat: 0,
  socketsPerAddress: 0,
};

export interface BotFrameworkConfig {
  /** Null is local mode: nobody is authenticated, so only this machine is served. */
  readonly app: BotApp | null;
  /** The settings as Microsoft's factory reads them, by their own names. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface BotApp {
  readonly id: string;
  readonly type: "UserAssignedMSI" | "SingleTenant" | "MultiTenant";
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
const APP_TYPES = ["UserAssignedMSI", "SingleTenant", "MultiTenant"] as const;
/** Read by ConfigurationBotFrameworkAuthentication and the credentials factory of botbuilder. */
const MICROSOFT_SETTINGS = [
  "MicrosoftAppType",
  "MicrosoftAppId",
  "MicrosoftAppPassword",
  "MicrosoftAppTenantId",
  "ChannelService",
  "ValidateAuthority",
  "OAuthUrl",
  "ToChannelFromBotLoginUrl",
  "ToChannelFromBotOAuthScope",
  "ToBotFromChannelTokenIssuer",
  "ToBotFromChannelOpenIdMetadataUrl",
  "ToBotFromEmulatorOpenIdMetadataUrl",
  "CallerId",
] as const;

/**
 * Reads the settings.
 * @throws UserError config-invalid that names every wrong setting at once and what to do about each
 */
export function readConfig(env: Environment): Config {
  const reader = new SettingReader(env);
  const host = reader.text("HOST") ?? "127.0.0.1";
  const config: Config = {
    host,
    port: reader.whole("PORT", 3978, 0, 65535),
    publicUrl: reader.url("PUBLIC_URL"),
    trustProxy: reader.whole("TRUST_PROXY", 0, 0, 10),
    dataFolder: reader.text("DATA_DIR") ?? "./data",
    databaseUrl: reader.databaseUrl("DATABASE_URL"),
    databaseConnections: reader.whole("DATABASE_CONNECTIONS", 10, 1, 200),
    keep: {
      transcriptHours: reader.whole("TRANSCRIPT_HOURS", 24, 1, 24 * 365),
      days: reader.whole("RETENTION_DAYS", 30, 2, 3650),
      auditDays: reader.whole("AUDIT_DAYS", 365, 1, 36_500),
    },
    ...contentOf(reader),
    allowUnreviewed: reader.flag("ALLOW_UNREVIEWED_CONTENT"),
    logLevel: reader.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    directLine: {
      secret: reader.secret("DIRECT_LINE_SECRET"),
      origins: reader.origins("WEB_ORIGINS"),
      limits: limitsOf(reader),
    },
    botFramework: reader.oneOf("BOT_FRAMEWORK", ["on", "off"], "on") === "on" ? botFrameworkOf(reader) : null,
    handOff: handOffOf(reader),
    telemetry: telemetryOf(reader),
  };
  checkExposure(config, reader);
  reader.finish();
  return config;
}

/**
 * Reads the settings of the content alone.
 * @throws UserError config-invalid
 */
export function readContentConfig(env: Environment): ContentConfig {
  const reader = new SettingReader(env);
  const config = contentOf(reader);
  reader.finish();
  return config;
}

function contentOf(reader: SettingReader): ContentConfig {
  return {
    cacheFolder: reader.text("CACHE_DIR") ?? "./.cache",
    contentFolder: reader.text("CONTENT_DIR") ?? "./content/en",
    defaultCountry: reader.country("DEFAULT_COUNTRY"),
  };
}

/** A server that others reach must know who calls it. */
function checkExposure(config: Config, reader: SettingReader): void {
  if (isLoopback(config.host)) return;
  if (config.botFramework !== null && config.botFramework.app === null) {
    reader.wrong(
      `HOST is ${config.host}, but without MicrosoftAppId nobody is authenticated. Set MicrosoftAppId, or BOT_FRAMEWORK=off for a web chat alone, or leave HOST at 127.0.0.1.`,
    );
  }
  if (config.botFramework === null) {
    if (config.directLine.secret === null)
      reader.wrong("BOT_FRAMEWORK=off with a public HOST needs DIRECT_LINE_SECRET (32 characters or more, random).");
    if (config.directLine.origins.length === 0)
      reader.wrong(
        "BOT_FRAMEWORK=off with a public HOST needs WEB_ORIGINS, the sites that may embed the chat, such as https://clinic.example.",
      );
  }
}

function limitsOf(reader: SettingReader): WebLimits {
  const most = 1_000_000;
  return {
    callsPerAddress: reader.whole("LIMIT_CALLS_PER_ADDRESS", 3000, 0, most),
    chatsPerAddress: reader.whole("LIMIT_CHATS_PER_ADDRESS", 60, 0, most),
    callsPerChat: reader.whole("LIMIT_CALLS_PER_CHAT", 600, 0, most),
    messagesPerChat: reader.whole("LIMIT_MESSAGES_PER_CHAT", 60, 0, most),
    socketsPerAddress: reader.whole("LIMIT_SOCKETS_PER_ADDRESS", 200, 0, most),
  };
}

/** By the names that OpenTelemetry gives them: https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
function telemetryOf(reader: SettingReader): TelemetryConfig | null {
  const base = reader.url("OTEL_EXPORTER_OTLP_ENDPOINT");
  const own = {
    traces: reader.url("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
    metrics: reader.url("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"),
  };
  const on = {
    traces: reader.oneOf("OTEL_TRACES_EXPORTER", ["otlp", "none"], "otlp") === "otlp",
    metrics: reader.oneOf("OTEL_METRICS_EXPORTER", ["otlp", "none"], "otlp") === "otlp",
  };
  const protocol = reader.text("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/json";
  const headers = reader.pairs("OTEL_EXPORTER_OTLP_HEADERS");
  const resource = reader.pairs("OTEL_RESOURCE_ATTRIBUTES");
  const name = reader.text("OTEL_SERVICE_NAME") ?? resource["service.name"] ?? "unknot";
  const metricsEvery = reader.whole("OTEL_METRIC_EXPORT_INTERVAL", 60_000, 1_000, 3_600_000);
  const to = (signal: "traces" | "metrics") =>
    on[signal] ? (own[signal] ?? (base === null ? null : `${base}/v1/${signal}`)) : null;
  const [traces, metrics] = [to("traces"), to("metrics")];
  if (reader.flag("OTEL_SDK_DISABLED") || (traces === null && metrics === null)) return null;
  if (protocol !== "http/json")
    reader.wrong(`OTEL_EXPORTER_OTLP_PROTOCOL must be http/json, which collectors take at port 4318, not "${protocol}".`);
  return { traces, metrics, headers, resource: { ...resource, "service.name": name }, metricsEvery };
}

function botFrameworkOf(reader: SettingReader): BotFrameworkConfig {
  const settings: Record<string, string> = {};
  for (const name of MICROSOFT_SETTINGS) {
    const value = reader.text(name);
    if (value !== null) settings[name] = value;
  }
  const id = settings["MicrosoftAppId"];
  if (id === undefined) {
    if (settings["MicrosoftAppPassword"] !== undefined) reader.wrong("MicrosoftAppPassword is set, but MicrosoftAppId is not.");
    return { app: null, settings };
  }
  const type = APP_TYPES.find((one) => one.toLowerCase() === (settings["MicrosoftAppType"] ?? "").toLowerCase());
  if (type === undefined) reader.wrong("MicrosoftAppType must be UserAssignedMSI, SingleTenant or MultiTenant.");
  else checkCredentials(type, settings, reader);
  return { app: { id, type: type ?? "SingleTenant" }, settings };
}

function checkCredentials(type: BotApp["type"], settings: Readonly<Record<string, string>>, reader: SettingReader): void {
  const password = settings["MicrosoftAppPassword"];
  if (type !== "MultiTenant" && settings["MicrosoftAppTenantId"] === undefined)
    reader.wrong(`MicrosoftAppType ${type} needs MicrosoftAppTenantId.`);
  if (type === "UserAssignedMSI" && password !== undefined)
    reader.wrong("MicrosoftAppType UserAssignedMSI takes no MicrosoftAppPassword: remove it.");
  if (type !== "UserAssignedMSI" && password === undefined) reader.wrong(`MicrosoftAppType ${type} needs MicrosoftAppPassword.`);
}

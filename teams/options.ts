import { parseArgs } from "node:util";
import { UserError } from "../src/errors.ts";

const SCOPES = ["personal", "team", "groupChat"] as const;
export type Scope = (typeof SCOPES)[number];

/** What the app package is made for. */
export interface PackageOptions {
  /** The bot's MicrosoftAppId, in lower case. */
  readonly appId: string;
  /** The app's own id in the catalogue; often the same. */
  readonly catalogId: string;
  /** Where the bot runs, such as "bot.example.org". */
  readonly domain: string;
  readonly developer: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
  /** "1.2.3" */
  readonly version: string;
  readonly scopes: readonly Scope[];
  /** File to write. */
  readonly out: string;
}

const USAGE = `npm run teams:package -- --app-id <GUID> --domain <host name> [more]

  --app-id      MicrosoftAppId of the bot (the client id of its identity)
  --domain      where the bot runs, such as bot.example.org
  --catalog-id  the app's own GUID in the catalogue        (the app id)
  --developer   who offers the bot, 32 characters at most  (Unknot)
  --website     page about the bot                         (https://<domain>/)
  --privacy     your privacy notice                        (https://<domain>/)
  --terms       your terms of use                          (https://<domain>/)
  --version     such as 1.0.1; raise it for each upload    (of package.json)
  --scopes      personal,team,groupChat                    (personal)
  --out         file to write                              (unknot-teams.zip)`;

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;
const LONGEST_DEVELOPER = 32;

/**
 * Reads the command line.
 * @param standardVersion version when none is given
 * @throws UserError bad-input that names everything wrong at once
 */
export function readOptions(args: readonly string[], standardVersion: string): PackageOptions {
  const given = parse(args);
  const wrong: string[] = [];
  const take = (name: keyof typeof RULES, standard?: string): string => {
    const value = given[name] ?? standard;
    const { isRight, complaint } = RULES[name];
    if (value === undefined || !isRight(value)) wrong.push(complaint(value));
    return value ?? "";
  };
  // In this order the complaints are told.
  const domain = take("domain");
  const appId = take("app-id");
  const home = `https://${domain}/`;
  const options = {
    appId: appId.toLowerCase(),
    // A wrong app id is told of once.
    catalogId: (given["catalog-id"] ?? appId) === appId ? appId.toLowerCase() : take("catalog-id").toLowerCase(),
    domain: domain.toLowerCase(),
    developer: take("developer", "Unknot"),
    website: take("website", home),
    privacy: take("privacy", home),
    terms: take("terms", home),
    version: take("version", standardVersion),
    scopes: scopesOf(take("scopes", "personal")),
    out: take("out", "unknot-teams.zip"),
  };
  if (wrong.length > 0) throw new UserError("bad-input", `${wrong.join("\n")}\n\n${USAGE}`);
  return options;
}

interface Rule {
  isRight(value: string): boolean;
  /** What to tell of a value that is not right, or of none where there must be one. */
  complaint(value: string | undefined): string;
}

const RULES = {
  "app-id": {
    isRight: isGuid,
    complaint: (value) =>
      value === undefined
        ? "--app-id is missing: the MicrosoftAppId of the bot."
        : `--app-id must be a GUID such as 12345678-1234-4123-8123-123456789abc, not "${value}".`,
  },
  domain: {
    isRight: isHostName,
    complaint: (value) =>
      value === undefined
        ? "--domain is missing: the host name the bot runs at, such as bot.example.org."
        : `--domain must be a public host name without https:// and path, such as bot.example.org, not "${value}".`,
  },
  "catalog-id": { isRight: isGuid, complaint: (value) => `--catalog-id must be a GUID, not "${value}".` },
  developer: {
    isRight: (value) => value.trim() !== "" && value.length <= LONGEST_DEVELOPER,
    complaint: () => `--developer must have 1 to ${LONGEST_DEVELOPER} characters.`,
  },
  website: pageRule("website"),
  privacy: pageRule("privacy"),
  terms: pageRule("terms"),
  version: {
    isRight: (value) => VERSION.test(value),
    complaint: (value) => `--version must be three numbers such as 1.0.1, not "${value}".`,
  },
  scopes: {
    isRight: (value) => namesIn(value).every((name) => SCOPES.some((scope) => scope === name)),
    complaint: (value) => `--scopes takes ${SCOPES.join(", ")}, parted by commas, not "${value}".`,
  },
  out: { isRight: (value) => value.endsWith(".zip"), complaint: (value) => `--out must end in .zip, not "${value}".` },
} satisfies Record<string, Rule>;

function pageRule(name: string): Rule {
  return { isRight: isHttps, complaint: (value) => `--${name} must be an https:// address, not "${value}".` };
}

function parse(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const options = Object.fromEntries(Object.keys(RULES).map((name) => [name, { type: "string" as const }]));
    return parseArgs({ args: [...args], options, strict: true }).values as Record<string, string | undefined>;
  } catch (error) {
    throw new UserError("bad-input", `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function isGuid(value: string): boolean {
  return GUID.test(value) && !/^[0-]+$/.test(value);
}

function isHostName(value: string): boolean {
  return HOST_NAME.test(value) && !/\.(local|localhost|internal|test|invalid)$/i.test(value);
}

function isHttps(value: string): boolean {
  return URL.parse(value)?.protocol === "https:" && value.length <= 2048;
}

function namesIn(list: string): readonly string[] {
  return list.split(",").map((one) => one.trim());
}

function scopesOf(list: string): readonly Scope[] {
  const names = namesIn(list);
  return SCOPES.filter((scope) => names.includes(scope));
}

import { createHash } from "node:crypto";

/** Works out ARM templates as Azure does before it deploys them, as far as these templates go; anything unknown is an error. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Fields = { readonly [name: string]: Json };

export interface Template {
  readonly $schema: string;
  readonly parameters: Readonly<Record<string, Fields>>;
  readonly variables?: Fields;
  readonly resources: readonly Fields[];
  readonly outputs: Readonly<Record<string, Fields>>;
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly condition: boolean;
  readonly dependsOn: readonly string[];
  readonly properties: Fields;
  readonly all: Fields;
}

export interface Deployment {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, Json>>;
  /** Names of the parameters and variables that something used. */
  readonly used: ReadonlySet<string>;
  /** Ids of resources whose state was asked for. */
  readonly referenced: ReadonlySet<string>;
}

const SUBSCRIPTION = "/subscriptions/s";
const GROUP = `${SUBSCRIPTION}/resourceGroups/g`;
/** What Azure tells of a resource that exists. */
const STATE: Readonly<Record<string, Fields>> = {
  "Microsoft.ManagedIdentity/userAssignedIdentities": {
    clientId: "11111111-2222-4333-8444-555555555555",
    principalId: "22222222-2222-4333-8444-555555555555",
  },
  "Microsoft.Insights/components": { ConnectionString: "InstrumentationKey=x;IngestionEndpoint=https://x" },
};

/** @param given parameter values; the others take their defaults */
export function deploy(template: Template, given: Fields): Deployment {
  const used = new Set<string>();
  const referenced = new Set<string>();
  const scope: Scope = { template, given, used, referenced };
  const resources = template.resources.map((resource) => resourceOf(resource, scope));
  const outputs = Object.fromEntries(
    Object.entries(template.outputs).map(([name, { value }]) => [name, resolve(value ?? null, scope)]),
  );
  return { resources, outputs, used, referenced };
}

function resourceOf(resource: Fields, scope: Scope): Resource {
  // What lies in a nested template is worked out there.
  const all = resolve(resource, scope) as Fields;
  const type = String(all["type"]);
  const name = String(all["name"]);
  const own = idOf(type, name.split("/"), GROUP);
  const id = all["scope"] === undefined ? own : `${String(all["scope"])}/providers/${type}/${name}`;
  return {
    id,
    type,
    apiVersion: String(all["apiVersion"]),
    name,
    condition: all["condition"] !== false,
    dependsOn: (all["dependsOn"] ?? []) as string[],
    properties: (all["properties"] ?? {}) as Fields,
    all,
  };
}

interface Scope {
  readonly template: Template;
  readonly given: Fields;
  readonly used: Set<string>;
  readonly referenced: Set<string>;
}

function resolve(value: Json, scope: Scope): Json {
  if (typeof value === "string") {
    if (value.startsWith("[[")) return value.slice(1);
    return value.startsWith("[") && value.endsWith("]") ? new Expression(value.slice(1, -1), scope).whole() : value;
  }
  if (Array.isArray(value)) return value.map((one: Json) => resolve(one, scope));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value as Fields).map(([name, part]) => [
    String(resolve(name, scope)),
    name === "template" ? part : resolve(part, scope),
  ]);
  return Object.fromEntries(fields) as Fields;
}

function idOf(type: string, names: readonly string[], scope: string): string {
  const [provider, ...types] = type.split("/");
  if (types.length !== names.length) throw new Error(`${type} needs ${types.length} names, not ${names.length}: ${names.join()}`);
  return `${scope}/providers/${provider}/${types.map((one, at) => `${one}/${names[at]}`).join("/")}`;
}

function typeOfId(id: string): string {
  const [provider = "", ...parts] = id.slice(id.lastIndexOf("/providers/") + "/providers/".length).split("/");
  return [provider, ...parts.filter((_, at) => at % 2 === 0)].join("/");
}

/** One expression such as `format('{0}-bot', parameters('baseName'))`. */
class Expression {
  private readonly tokens: readonly string[];
  private readonly scope: Scope;
  private at = 0;

  constructor(text: string, scope: Scope) {
    this.tokens = text.match(/'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|[(),.]|\S/g) ?? [];
    this.scope = scope;
  }

  whole(): Json {
    const value = this.part();
    if (this.at !== this.tokens.length) throw new Error(`unexpected "${this.tokens[this.at]}" in ${this.tokens.join("")}`);
    return value;
  }

  private part(): Json {
    const token = this.tokens[this.at++] ?? "";
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(token)) return Number(token);
    if (!/^\w+$/.test(token)) throw new Error(`unexpected "${token}" in ${this.tokens.join("")}`);
    let value = this.call(token, this.given());
    while (this.tokens[this.at] === ".") {
      const name = this.tokens[this.at + 1] ?? "";
      this.at += 2;
      const next = typeof value === "object" && value !== null ? (value as Fields)[name] : undefined;
      if (next === undefined) throw new Error(`nothing is called "${name}" in ${this.tokens.join("")}`);
      value = next;
    }
    return value;
  }

  private given(): Json[] {
    const given: Json[] = [];
    if (this.tokens[this.at++] !== "(") throw new Error(`"(" is missing in ${this.tokens.join("")}`);
    while (this.tokens[this.at] !== ")") {
      given.push(this.part());
      if (this.tokens[this.at] === ",") this.at++;
      else if (this.tokens[this.at] !== ")") throw new Error(`")" is missing in ${this.tokens.join("")}`);
    }
    this.at++;
    return given;
  }

  private call(name: string, given: readonly Json[]): Json {
    const does = FUNCTIONS[name];
    if (does === undefined) throw new Error(`unknown function ${name}`);
    return does(given, this.scope);
  }
}

const texts = (given: readonly Json[]): string[] => given.map(String);

const FUNCTIONS: Readonly<Record<string, (given: readonly Json[], scope: Scope) => Json>> = {
  parameters: ([name], scope) => {
    const parameter = scope.template.parameters[String(name)];
    if (parameter === undefined) throw new Error(`no parameter "${name}"`);
    scope.used.add(`parameter ${name}`);
    const value = scope.given[String(name)] ?? parameter["defaultValue"];
    if (value === undefined) throw new Error(`parameter "${name}" has no value`);
    return resolve(value, scope);
  },
  variables: ([name], scope) => {
    const variable = scope.template.variables?.[String(name)];
    if (variable === undefined) throw new Error(`no variable "${name}"`);
    scope.used.add(`variable ${name}`);
    return resolve(variable, scope);
  },
  resourceId: (given) => {
    const [first = "", ...rest] = texts(given);
    return first.includes("/")
      ? idOf(first, rest, GROUP)
      : idOf(rest[0] ?? "", rest.slice(1), `${SUBSCRIPTION}/resourceGroups/${first}`);
  },
  subscriptionResourceId: (given) => idOf(String(given[0]), texts(given.slice(1)), SUBSCRIPTION),
  extensionResourceId: (given) => idOf(String(given[1]), texts(given.slice(2)), String(given[0])),
  reference: ([id, version], scope) => {
    if (!/^\d{4}-\d{2}-\d{2}/.test(String(version))) throw new Error(`reference to ${id} without an API version`);
    scope.referenced.add(String(id));
    const type = typeOfId(String(id));
    if (type === "Microsoft.Resources/deployments") return { outputs: outputsOf(scope.template) };
    const state = STATE[type];
    if (state === undefined) throw new Error(`nothing is known about the state of ${type}`);
    return state;
  },
  subscription: () => ({ tenantId: "33333333-2222-4333-8444-555555555555", id: SUBSCRIPTION }),
  resourceGroup: () => ({ location: "northeurope", id: GROUP }),
  format: ([pattern, ...given]) =>
    String(pattern).replace(/\{(\d+)\}/g, (_, at) => {
      const value = given[Number(at)];
      if (value === undefined) throw new Error(`format has no {${at}}`);
      return String(value);
    }),
  uniqueString: (given) =>
    [...String(given.join())]
      .reduce((hash, one) => (hash * 31 + one.charCodeAt(0)) % 36 ** 10, 7)
      .toString(36)
      .padStart(13, "a"),
  guid: (given) => {
    const hex = createHash("sha256").update(given.join()).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  },
  take: ([text, count]) => String(text).slice(0, Number(count)),
  toLower: ([text]) => String(text).toLowerCase(),
  uriComponent: ([text]) => encodeURIComponent(String(text)),
  empty: ([value]) => value === "" || value === null,
  equals: ([one, other]) => one === other,
  not: ([value]) => value !== true,
  if: ([condition, yes = null, no = null]) => (condition === true ? yes : no),
  null: () => null,
};

/** What the nested template gives out. */
function outputsOf(template: Template): Fields {
  const nested = template.resources.map(
    ({ properties }) => (properties as Fields | undefined)?.["template"] as Template | undefined,
  );
  const outputs = nested.find((one) => one !== undefined)?.outputs ?? {};
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, { value: `output ${name}` }]));
}

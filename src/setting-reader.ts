import { UserError } from "./errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and gathers what is wrong with them. An empty setting counts as not set. */
export class SettingReader {
  private readonly env: Environment;
  private readonly mistakes: string[] = [];

  constructor(env: Environment) {
    this.env = env;
  }

  text(name: string): string | null {
    const value = this.env[name]?.trim();
    return value === undefined || value === "" ? null : value;
  }

  whole(name: string, standard: number, least: number, most: number): number {
    const value = this.text(name);
    if (value === null) return standard;
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    this.wrong(`${name} must be a whole number from ${least} to ${most}, not "${value}".`);
    return standard;
  }

  flag(name: string): boolean {
    return this.oneOf(name, ["true", "false"], "false") === "true";
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], standard: T): T {
    const value = this.text(name);
    if (value === null) return standard;
    const found = allowed.find((one) => one === value);
    if (found === undefined) this.wrong(`${name} must be ${allowed.join(", ")}, not "${value}".`);
    return found ?? standard;
  }

  url(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const url = URL.parse(value);
    if (url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "" && url.username === "") {
      return value.replace(/\/+$/, "");
    }
    this.wrong(`${name} must be an address such as https://bot.example, not "${value}".`);
    return null;
  }

  databaseUrl(name: string): string | null {
    const value = this.text(name);
    if (value === null || /^postgres(ql)?:\/\//.test(value)) return value;
    this.wrong(`${name} must begin with postgres://. Leave it empty for SQLite in DATA_DIR.`);
    return null;
  }

  country(name: string): string | null {
    const value = this.text(name)?.toUpperCase() ?? null;
    if (value === null || /^[A-Z]{2}$/.test(value)) return value;
    this.wrong(`${name} must be a country of two letters such as IE, not "${value}".`);
    return null;
  }

  secret(name: string): string | null {
    const value = this.text(name);
    if (value === null || value.length >= 32) return value;
    this.wrong(`${name} must have 32 characters or more.`);
    return null;
  }

  origins(name: string): readonly string[] {
    const values = (this.text(name) ?? "").split(/[\s,]+/).filter((one) => one !== "");
    for (const value of values) {
      if (URL.parse(value)?.origin !== value)
        this.wrong(`${name}: "${value}" must be an origin such as https://clinic.example, without a path.`);
    }
    return values;
  }

  wrong(what: string): void {
    this.mistakes.push(what);
  }

  /** @throws UserError when anything was wrong */
  finish(): void {
    if (this.mistakes.length > 0) throw new UserError("config-invalid", this.mistakes.join(" "));
  }
}

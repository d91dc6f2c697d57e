import { existsSync } from "node:fs";
import type { Environment } from "./config.ts";

/** The settings of this process; what is not set is taken from `.env`, where there is one. */
export function environment(): Environment {
  if (existsSync(".env")) process.loadEnvFile();
  return process.env;
}

/**
 * Every error that a person can meet at start or on the command line, listed once: a stable code and words that say what
 * to do. Inside, code throws these or plain Errors; src/main.ts turns them into one line.
 */
export class UserError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "UserError";
    this.code = code;
  }
}

export type ErrorCode =
  | "content-invalid"
  | "config-invalid"
  | "data-dir-unwritable"
  | "store-unreadable"
  | "port-in-use"
  | "listen-failed"
  | "content-unreviewed"
  | "web-not-built"
  | "bad-input";

/** "unknot: config-invalid: HOST is …" */
export function oneLine(error: unknown): string {
  if (error instanceof UserError) return `unknot: ${error.code}: ${error.message}`;
  return `unknot: unexpected: ${error instanceof Error ? error.message : String(error)}`;
}

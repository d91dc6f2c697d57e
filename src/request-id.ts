import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";

const current = new AsyncLocalStorage<string>();

/**
 * Runs the handling of a request under an id of its own. Every log line written meanwhile has it, and the client gets it in
 * X-Request-Id, so that somebody who reports an error can say which.
 */
export function withRequestId<T>(run: (id: string) => T): T {
  const id = randomUUID();
  return current.run(id, () => run(id));
}

/** The id of the request that is being handled; undefined outside of one. */
export function requestId(): string | undefined {
  return current.getStore();
}

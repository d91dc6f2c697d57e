import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";

/** A request that is being handled. */
export interface CurrentRequest {
  readonly id: string;
  /** The trace that the caller follows, and its span: hex, as W3C Trace Context has them. Null when it follows none. */
  readonly trace: string | null;
  readonly parent: string | null;
}

const current = new AsyncLocalStorage<CurrentRequest>();

/**
 * Runs the handling of a request under an id of its own. Every log line written meanwhile has it, and the client gets it in
 * X-Request-Id, so that somebody who reports an error can say which.
 * @param traceparent header of that name
 */
export function withRequestId<T>(traceparent: string | undefined, run: (id: string) => T): T {
  const id = randomUUID();
  return current.run({ id, ...traceOf(traceparent) }, () => run(id));
}

/** The request that is being handled; undefined outside of one. */
export function currentRequest(): CurrentRequest | undefined {
  return current.getStore();
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function traceOf(traceparent: string | undefined): Pick<CurrentRequest, "trace" | "parent"> {
  const [, trace, parent] =
    /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}/.exec(traceparent ?? "") ?? [];
  return { trace: trace ?? null, parent: parent ?? null };
}

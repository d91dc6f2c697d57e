import type { Activity } from "botbuilder";
import { HttpError } from "../http/http.ts";
import type { Adapter, Caller } from "./adapter.ts";

/** Microsoft's keys come in a moment or not at all; the caller is not kept waiting. */
const DEADLINE = 8_000;

/** @throws HttpError 401 for a caller that is not Microsoft's, 503 when its keys cannot be fetched; nothing of the inside */
export async function authenticate(adapter: Adapter, activity: Activity, header: string): Promise<Caller> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreachable()), DEADLINE);
  });
  try {
    return await Promise.race([adapter.authenticate(activity, header), late]);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (isUnreachable(error)) throw unreachable();
    throw new HttpError(401, "Unauthorized", "The request is not authorized.");
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(): HttpError {
  return new HttpError(503, "ServiceUnavailable", "The keys to check the token cannot be reached.", { "Retry-After": "5" });
}

/** The SDK fetches Microsoft's keys when a token names one it does not know yet; that may fail for reasons of its own. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "FetchError" || /^Failed to load (openID config|Keys)/i.test(error.message);
}

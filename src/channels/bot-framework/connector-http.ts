import type { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { isRecord } from "../http/is-record.ts";
import { ConnectorError } from "./connector-error.ts";

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
export type ConnectorHttp = NonNullable<ConnectorOptions["httpClient"]>;

/** Teams answers within a second or two; longer than this and the repeated delivery does better. */
const DEADLINE = 10_000;

/**
 * How the SDK's connector reaches the channels: every address is held against the allow-list, redirects are not followed,
 * nothing waits for ever. It replaces the SDK's own client, which follows redirects and repeats failed calls by itself.
 * @param isAllowed says whether the bot may call an address
 */
export function createConnectorHttp(isAllowed: (url: string) => boolean): ConnectorHttp {
  return {
    sendRequest: async (request) => {
      if (!isAllowed(request.url)) throw new ConnectorError(0, "HostRefused", null);
      const answer = await fetch(request.url, {
        method: request.method,
        headers: request.headers.toJson(),
        redirect: "manual",
        signal: AbortSignal.timeout(DEADLINE),
        ...(request.body === undefined || request.body === null ? {} : { body: String(request.body) }),
      }).catch((error: unknown) => {
        throw new ConnectorError(0, nameOf(error), null);
      });
      const text = await answer.text();
      if (answer.status >= 300)
        throw new ConnectorError(answer.status, codeOf(text), retryAfterOf(answer.headers.get("retry-after")));
      const headers = Object.fromEntries(answer.headers);
      return {
        request,
        status: answer.status,
        headers: { ...request.headers, toJson: () => headers } as typeof request.headers,
        bodyAsText: text,
      };
    },
  };
}

/** Why nothing came back at all: "TimeoutError", "ECONNREFUSED". */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "NetworkError";
  const code = isRecord(error.cause) ? error.cause["code"] : undefined;
  return typeof code === "string" ? code : error.name;
}

/** `{ "error": { "code": "BotDisabledByAdmin" } }`; Teams wraps a second one in for some. */
function codeOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
    const inner = isRecord(error["innerError"]) ? error["innerError"] : isRecord(error["innererror"]) ? error["innererror"] : {};
    const code = inner["code"] ?? error["subCode"] ?? error["code"];
    return typeof code === "string" && code.length <= 80 ? code : null;
  } catch {
    return null;
  }
}

/** Seconds or a date, as HTTP has it; milliseconds from now. */
function retryAfterOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

/**
 * The server said no, or something before it, such as a proxy. Anything else that goes wrong with a call means that it could
 * not be reached.
 */
export class Refused extends Error {
  readonly status: number;
  /** The server's own word for it; null where there is none, as when a proxy refused. */
  readonly code: string | null;

  constructor(status: number, code: string | null) {
    super(`refused with ${status}`);
    this.name = "Refused";
    this.status = status;
    this.code = code;
  }

  /** The token is not taken, or not any more. */
  get forToken(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Sending the same again would be refused again. */
  get forGood(): boolean {
    return this.status >= 400 && this.status < 500 && !this.forToken && this.status !== 408 && this.status !== 429;
  }
}

export interface CallOptions {
  readonly token?: string;
  /** Sent as JSON by POST. Without it the call is a GET. */
  readonly body?: object;
  /** Goes on when the page is closed meanwhile. */
  readonly outlive?: boolean;
}

const PATIENCE = 20_000;

/**
 * Calls a route of the server.
 * @throws Refused, or what fetch throws when the server cannot be reached
 */
export async function call(address: string, { token, body, outlive }: CallOptions): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(address, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      Accept: "application/json",
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
    keepalive: outlive === true,
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) throw new Refused(response.status, await codeOf(response));
  return (await response.json()) as Record<string, unknown>;
}

async function codeOf(response: Response): Promise<string | null> {
  const body: unknown = await response.json().catch(() => null);
  const code = (body as { error?: { code?: unknown } | null } | null)?.error?.code;
  return typeof code === "string" ? code : null;
}
